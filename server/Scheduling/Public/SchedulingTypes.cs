using System.Globalization;
using BorderInfo.Contract.Calendars;
using BorderInfo.Contract.Plans;

namespace BorderInfo.Server.Scheduling.Public;

/// <summary>Which clusters a schedule is for; resolved on the server when a plan is compiled.</summary>
/// <param name="Key">Cluster id, <c>clusterId/outputId</c>, commune code, sector id, gate class, tag or province code.</param>
public sealed record Target(TargetWidth Width, string Key);

/// <summary>How often an item comes in one round of its schedule.</summary>
/// <param name="Weight">1–20.</param>
public sealed record ItemWeight(ItemId Item, int Weight);

/// <summary>A schedule (lịch phát) as it stands. On which days it plays says <see cref="ScheduleDays"/>, never the fields alone.</summary>
public sealed record ScheduleView(long Id, string Name, Tier Tier, int Number, IReadOnlyList<ItemId> Items, IReadOnlyList<Target> Targets, DateOnly From, DateOnly? To, Weekdays Weekdays, IReadOnlyList<TimeWindow> Windows, int? EveryMinutes, bool Published, DateTimeOffset ChangedAt)
{
    /// <summary>Id of its entries in plans: <c>L-12</c>. When it reaches one site in several widths, its entries there are <c>L-12</c>, <c>L-12.2</c> …</summary>
    public string EntryId => EntryIdOf(Id);

    /// <summary>Narrows the days between <see cref="From"/> and <see cref="To"/> further: every second month, lunar days, market days, holidays … Null = no further.</summary>
    /// <remarks>Its additions play whatever <see cref="From"/>, <see cref="To"/> and <see cref="Weekdays"/> say.</remarks>
    public DayRule? Days { get; init; }

    /// <summary>Default: as listed.</summary>
    public PlayOrder Order { get; init; }

    /// <summary>Of <see cref="PlayOrder.Shuffled"/>: another seed gives another order. Default: 0.</summary>
    public int Seed { get; init; }

    /// <summary>Items that come more than once in a round; the others come once.</summary>
    public IReadOnlyList<ItemWeight> Weights { get; init; } = [];

    /// <summary>Shares, caps, gaps, slots and step of its screens.</summary>
    public SchedulePace Pace { get; init; } = SchedulePace.None;

    /// <summary>One single day, as far as can be said without looking for days.</summary>
    public bool OneOff => ScheduleDays.IsOneOff(this);

    public static string EntryIdOf(long id) => $"L-{id.ToString(CultureInfo.InvariantCulture)}";

    /// <summary>The schedule behind an entry of a plan; null for an entry that no schedule made.</summary>
    public static long? IdOfEntry(string entryId) =>
        entryId.StartsWith("L-", StringComparison.Ordinal) && long.TryParse(entryId.AsSpan(2).ToString().Split('.')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;
}

/// <summary>Something an editor should know before publishing; does not stop it.</summary>
public sealed record PlanWarning(string Code, params string[] With);

/// <summary>A plan without number and seal, with what was left out and why.</summary>
/// <param name="Draft">Number, epoch, counter and instants are blanks that Publishing fills in.</param>
public sealed record CompiledPlan(PlayPlan Draft, IReadOnlyList<PlanWarning> Warnings);

/// <summary>Which schedules a compilation takes beside (or without) those that are published.</summary>
/// <param name="With">Not yet published: their newest revision counts.</param>
/// <param name="Without">Published, but to be left out.</param>
public sealed record PlanWish(IReadOnlyCollection<long> With, IReadOnlyCollection<long> Without)
{
    public static readonly PlanWish AsPublished = new([], []);
}

public interface IPlanCompiler
{
    /// <summary>From everything published (and, when asked, the not yet published schedule <paramref name="with"/>). Refuses with <c>plan.…</c>.</summary>
    Task<Outcome<CompiledPlan>> Compile(SiteId site, long? with, CancellationToken stop);

    /// <summary>The same for several sites, reading schedules and items once; in the order of <paramref name="sites"/>. The first refusal ends it.</summary>
    Task<Outcome<IReadOnlyList<CompiledPlan>>> CompileMany(IReadOnlyCollection<SiteId> sites, PlanWish wish, CancellationToken stop);

    /// <summary>Sites that a schedule touches.</summary>
    Task<IReadOnlyList<SiteId>> SitesOf(long scheduleId, CancellationToken stop);
}
