using System.Globalization;
using BorderInfo.Contract.Plans;
using BorderInfo.Server.Content.Public;
using BorderInfo.Server.Fleet.Public;
using BorderInfo.Server.Identity.Public;
using BorderInfo.Server.Platform.Languages;
using BorderInfo.Server.Scheduling.Public;

namespace BorderInfo.Server.Scheduling.Stops;

/// <summary>What somebody wants to stop.</summary>
/// <param name="Areas">Codes of <see cref="StopAreas"/>.</param>
/// <param name="From">Null or past = at once.</param>
internal sealed record StopWish(string Name, IReadOnlyList<string> Themes, IReadOnlyList<string> Areas, DateTimeOffset? From, DateTimeOffset Until);

/// <summary>A wish that may be carried out.</summary>
internal sealed record StopOrder(string Name, IReadOnlyList<string> Themes, AreaScope Area, DateTimeOffset From, DateTimeOffset Until);

/// <summary>Pure island: who may stop what, where and how long.</summary>
internal static class StopRules
{
    public const int LongestName = 120;

    /// <summary>Of the stops that a plan holds, so many are kept for the whole country.</summary>
    public const int ForTheCountry = 10;

    /// <summary>Whoever needs longer orders it anew: a forgotten stop must not silence a theme for ever.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(60);

    /// <summary>How far ahead one may be ordered.</summary>
    public static readonly TimeSpan Furthest = TimeSpan.FromDays(365);

    /// <param name="unknown">The first place of an area that nobody knows (<see cref="StopAreas.Unknown"/>).</param>
    public static Outcome<StopOrder> Check(Actor actor, StopWish wish, IReadOnlyList<ThemeStop> counting, IReadOnlyList<Cluster> clusters, Func<AreaScope, string?> unknown, DateTimeOffset now)
    {
        if (!StopAreas.Read(wish.Areas).Is(out var area, out var why))
            return why;
        if ((May(actor, area, clusters) ?? (unknown(area) is { } code ? new Refusal("stop.unknown-area", code) { Field = "area" } : null) ?? Named(wish) ?? Themed(wish)) is { } no)
            return no;
        var from = wish.From > now ? wish.From.Value : now;
        if (Days(from, wish.Until, now) is { } never)
            return never;
        var most = area.Everything ? PlanLimits.Stops : PlanLimits.Stops - ForTheCountry;
        if (clusters.Where(c => c.Within(area)).Any(c => counting.Count(s => c.Within(s.Area)) >= most))
            return new Refusal("stop.too-many", most.ToString(CultureInfo.InvariantCulture));
        return new StopOrder(wish.Name.Typed(), [.. Themes.All.Where(wish.Themes.Contains)], area, from, wish.Until);
    }

    /// <summary>Approvers and administrators in their area; the whole country only by an administrator of the whole country.</summary>
    public static Refusal? May(Actor actor, AreaScope area, IReadOnlyList<Cluster> clusters)
    {
        if (!actor.Is(Roles.Approver) && !actor.Is(Roles.Administrator))
            return new("stop.not-allowed");
        if (area.Everything && !(actor.Is(Roles.Administrator) && actor.Scope.Everything))
            return new("stop.national-not-allowed") { Field = "area" };
        return AreaReach.Holds(actor.Scope, area, clusters) && (actor.Scope.Everything || Named(actor.Scope, area, clusters)) ? null : new("stop.out-of-scope") { Field = "area" };
    }

    /// <summary>Concerns a cluster of the reader.</summary>
    public static bool Concerns(ThemeStop s, AreaScope reader, IReadOnlyList<Cluster> clusters) =>
        reader.Everything || clusters.Any(c => c.Within(reader) && c.Within(s.Area));

    /// <summary>What holds no cluster yet could hold somebody else's later: it must be named in the own area.</summary>
    private static bool Named(AreaScope own, AreaScope area, IReadOnlyList<Cluster> clusters) =>
        area.Communes.All(code => own.Communes.Contains(code) || clusters.Any(c => c.CommuneCode == code))
        && area.Sectors.All(id => own.Sectors.Contains(id) || clusters.Any(c => c.SectorId == id));

    private static Refusal? Named(StopWish wish) =>
        string.IsNullOrWhiteSpace(wish.Name) ? new("stop.name-missing") { Field = "name" }
        : wish.Name.Trim().Length > LongestName ? new("stop.name-too-long", LongestName.ToString(CultureInfo.InvariantCulture)) { Field = "name" }
        : null;

    private static Refusal? Themed(StopWish wish) =>
        wish.Themes.Count == 0 ? new("stop.no-theme") { Field = "themes" }
        : wish.Themes.Any(t => !Themes.All.Contains(t)) ? new("stop.unknown-theme", wish.Themes.First(t => !Themes.All.Contains(t)) ?? "") { Field = "themes" }
        : null;

    private static Refusal? Days(DateTimeOffset from, DateTimeOffset until, DateTimeOffset now) =>
        until <= from ? new("stop.ends-first") { Field = "until" }
        : until - from > Longest ? new("stop.too-long", ((int)Longest.TotalDays).ToString(CultureInfo.InvariantCulture), Platform.Pages.LocalTime.Text(from + Longest)) { Field = "until" }
        : from - now > Furthest ? new("stop.too-far", ((int)Furthest.TotalDays).ToString(CultureInfo.InvariantCulture)) { Field = "from" }
        : null;
}
