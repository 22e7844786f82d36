using BorderInfo.Contract.Messages;

namespace BorderInfo.Server.Proof;

/// <summary>Pure: whether a batch may be what a site really played.</summary>
internal static class PlayBatchRules
{
    public const int MostRecords = 100;

    /// <summary>A part is at most 4 h on air; more is no part of ours.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromHours(5);

    /// <summary>How far a confirmed clock may stand before ours.</summary>
    private static readonly TimeSpan Ahead = TimeSpan.FromMinutes(10);

    private static readonly DateTimeOffset Earliest = new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Null = may be stored; else <c>empty</c>, <c>too-many</c>, <c>bad-record</c>, <c>foreign-plan</c> or <c>impossible-time</c>.</summary>
    public static string? Refuse(SiteId site, IReadOnlyList<PlayRecord>? records, DateTimeOffset now)
    {
        if (records is null or { Count: 0 })
            return "empty";
        if (records.Count > MostRecords)
            return "too-many";
        if (records.Any(r => !WellFormed(r)) || records.Select(r => r.Seq).Distinct().Count() != records.Count)
            return "bad-record";
        if (records.Any(r => r.Plan.Site != site))
            return "foreign-plan";
        return records.Any(r => Impossible(r, now)) ? "impossible-time" : null;
    }

    /// <summary>False = the site's clock was wrong without lying about it; the record counts on no day.</summary>
    public static bool Timed(PlayRecord r, DateTimeOffset now) => r.Clock != ClockTrust.False && InTime(r, now);

    private static bool InTime(PlayRecord r, DateTimeOffset now) => r.StartedAt >= Earliest && r.EndedAt >= r.StartedAt && r.EndedAt <= now + Ahead;

    /// <summary>A clock that a signed pulse confirmed has no excuse. One that is only plausible may have been wrong.</summary>
    private static bool Impossible(PlayRecord r, DateTimeOffset now) =>
        r.DurationMs < 0 || r.DurationMs > Longest.TotalMilliseconds || (r.Clock == ClockTrust.Confirmed && !InTime(r, now));

    private static bool WellFormed(PlayRecord? r) =>
        r is { Seq: > 0, Boot: >= 0, Version: > 0, Page: > 0, Entry: { Length: > 0 and <= 64 }, Language: { Length: > 0 and <= 35 } }
        && r.Plan.Value is not null && r.Item.Value is not null && r.Output.Value is not null
        && Enum.IsDefined(r.Tier) && Enum.IsDefined(r.End) && Enum.IsDefined(r.Grade) && Enum.IsDefined(r.Clock);
}
