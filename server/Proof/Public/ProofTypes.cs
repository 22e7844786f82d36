using BorderInfo.Contract.Messages;
using BorderInfo.Contract.Plans;

namespace BorderInfo.Server.Proof.Public;

/// <summary>Which plays are asked for. Days are local and inclusive.</summary>
/// <param name="Sites">Null = every site, also those that have left the register; empty = none.</param>
public sealed record PlayAsk(DateOnly From, DateOnly To, IReadOnlyCollection<string>? Sites, string? Language = null, string? Theme = null, BulletinClass? Class = null, string? Item = null, string? Output = null);

/// <summary>What the sums stand by.</summary>
public enum PlaysBy
{
    Site,
    Language,

    /// <summary>Key <c>T-1024/3</c>: item and version.</summary>
    ItemVersion,

    /// <summary>Key <c>20261123</c>.</summary>
    Day,

    /// <summary>Key <c>LS-0001 LED-1.A vi</c>: site, output, language.</summary>
    SiteOutputLanguage,
}

/// <param name="Ms">Milliseconds on air by the monotonic clock of the site.</param>
public sealed record PlaySum(string Key, long Plays, long Ms);

/// <summary>A version of an item as it stood when it was first reported.</summary>
public sealed record PlayedItem(string Item, int Version, string Title, string Theme, BulletinClass Class);

/// <summary>One record of the journal for people.</summary>
/// <param name="Timed">False = the site's clock was wrong; the instants are what it believed.</param>
public sealed record PlayView(
    long Id, string Site, int Run, long Seq, string Plan, string Entry, Tier Tier, string Output, string Item, int Version, string Title, string Language, int Page,
    DateTimeOffset StartedAt, DateTimeOffset EndedAt, long DurationMs, PlayEnd End, ProofGrade Grade, ClockTrust Clock, bool Timed);

/// <summary>A page of records, newest first.</summary>
/// <param name="Next">Gives the next page; null = this is the last.</param>
public sealed record PlayPage(IReadOnlyList<PlayView> Plays, string? Next);

/// <summary>Sums over local days, from the daily roll-up: a year of a province in about a second.</summary>
public interface IPlayFigures
{
    /// <summary>The first local day whose single records are kept by the limit in force; sums reach back to the beginning.</summary>
    DateOnly RecordsFrom { get; }

    Task<IReadOnlyList<PlaySum>> Sum(PlayAsk ask, PlaysBy by, CancellationToken stop);

    /// <summary>Every version ever reported.</summary>
    Task<IReadOnlyList<PlayedItem>> Items(CancellationToken stop);

    /// <summary>The records behind a sum.</summary>
    /// <param name="after">From <see cref="PlayPage.Next"/>; anything else is passed over.</param>
    /// <remarks>Records from before <see cref="RecordsFrom"/> are no longer kept; their sums are.</remarks>
    Task<PlayPage> Plays(PlayAsk ask, string? after, int size, CancellationToken stop);
}

/// <summary>Planned against played, in milliseconds. Scheduled = played + missed + unknown.</summary>
/// <param name="Silenced">How long something waited while quiet hours kept the speaker silent; not part of scheduled.</param>
public sealed record AirSum(string Key, long Scheduled, long Played, long Missed, long Unknown, long Silenced, long Slots, long SlotsPlayed, long SlotsMissed, long SlotsUnknown)
{
    /// <summary>Played as scheduled over scheduled, 0–1, of what is known: the unknown makes it neither better nor worse. Null = nothing known was scheduled.</summary>
    public double? Availability => Scheduled - Unknown <= 0 ? null : (double)Played / (Scheduled - Unknown);

    /// <summary>How much of what was scheduled is unknown, 0–1; null = nothing was scheduled.</summary>
    public double? UnknownShare => Scheduled == 0 ? null : (double)Unknown / Scheduled;

    public static AirSum Of(string key, IEnumerable<AirSum> all)
    {
        var sum = new AirSum(key, 0, 0, 0, 0, 0, 0, 0, 0, 0);
        return all.Aggregate(sum, (a, b) => new(key, a.Scheduled + b.Scheduled, a.Played + b.Played, a.Missed + b.Missed, a.Unknown + b.Unknown, a.Silenced + b.Silenced, a.Slots + b.Slots, a.SlotsPlayed + b.SlotsPlayed, a.SlotsMissed + b.SlotsMissed, a.SlotsUnknown + b.SlotsUnknown));
    }
}

public enum AirBy
{
    Site,
    Day,

    /// <summary>Key <c>LS-0001 LED-1.A</c>.</summary>
    Output,
}

/// <param name="Pending">Days of sites that are still being compared: their figures are missing or old.</param>
public sealed record AirAnswer(IReadOnlyList<AirSum> Sums, int Pending);

public enum AirVerdict
{
    Played,
    Missed,

    /// <summary>The records that would tell have not come, or are lost.</summary>
    Unknown,

    /// <summary>Quiet hours.</summary>
    Silenced,
}

/// <summary>A stretch of one output's day with one verdict.</summary>
/// <param name="Items">Ids of what was planned in it, in order, at most 5.</param>
/// <param name="Slots">How many parts were planned in it.</param>
public sealed record AirStretch(OutputId Output, AirVerdict Verdict, DateTimeOffset From, DateTimeOffset Until, int Slots, IReadOnlyList<string> Items);

/// <summary>Missing numbers in a site's journal.</summary>
public sealed record JournalGap(long FromSeq, long ToSeq, DateTimeOffset NoticedAt, DateTimeOffset? LostAt, DateTimeOffset? After, DateTimeOffset? Before);

/// <summary>What is known of a site's journal.</summary>
/// <param name="KnownUntil">Records up to here have come; null = none ever did.</param>
public sealed record JournalState(DateTimeOffset? KnownUntil, long UpTo, long MaxSeq, int Run, DateTimeOffset? LastHeardAt, long RefusedBatches, string? LastRefusal, DateTimeOffset? LastRefusedAt, IReadOnlyList<JournalGap> Gaps);

/// <summary>What should have been on air by the plans that were on air, and what was.</summary>
public interface IAirFigures
{
    /// <summary>Compares stale days first as far as half a second allows; the rest is told as pending and done in the background.</summary>
    Task<AirAnswer> Sum(IReadOnlyCollection<string> sites, DateOnly from, DateOnly to, AirBy by, CancellationToken stop);

    /// <summary>One day of one site, worked out now.</summary>
    Task<IReadOnlyList<AirStretch>> Day(SiteId site, DateOnly day, CancellationToken stop);

    Task<JournalState?> Journal(SiteId site, CancellationToken stop);
}
