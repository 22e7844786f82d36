using BorderInfo.Server.Fleet.Public;
using BorderInfo.Server.Identity.Public;

namespace BorderInfo.Server.Scheduling.Public;

/// <summary>Pure island: one area inside another, as far as the register of clusters can tell.</summary>
public static class AreaReach
{
    /// <summary>True when <paramref name="inner"/> reaches nothing beyond <paramref name="outer"/>: no cluster there is, and no province named that a later cluster could stand in.</summary>
    public static bool Holds(AreaScope outer, AreaScope inner, IReadOnlyList<Cluster> all) =>
        outer.Everything || (!inner.Everything && inner.Provinces.All(outer.Provinces.Contains) && all.Where(c => c.Within(inner)).All(c => c.Within(outer)));

    /// <summary>Where a revision may be shown when somebody with <paramref name="publisher"/> publishes it: the narrower of both; null when neither holds the other.</summary>
    public static AreaScope? Narrower(AreaScope revision, AreaScope publisher, IReadOnlyList<Cluster> all) =>
        Holds(publisher, revision, all) ? revision : Holds(revision, publisher, all) ? publisher : null;
}
