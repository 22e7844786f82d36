using BorderInfo.Contract.Plans;
using BorderInfo.Server.Proof.Public;

namespace BorderInfo.Server.Proof.Air;

/// <summary>What a record says to the judge.</summary>
internal readonly record struct Shown(string Item, int Version, string Language, int Page, DateTimeOffset From, DateTimeOffset Until);

/// <summary>A stretch of time in which records are missing: they ended between these instants.</summary>
internal readonly record struct Blind(DateTimeOffset After, DateTimeOffset Before);

/// <summary>One planned part and what became of it, in milliseconds.</summary>
/// <param name="Begins">True when the part begins in the period asked for; a part that runs in from the day before is counted there.</param>
internal readonly record struct JudgedSlot(AirVerdict Verdict, DateTimeOffset From, DateTimeOffset Until, string? Item, long Played, long Missed, long Unknown, long Silenced, bool Begins);

/// <summary>
/// Pure: compares what the clock of the plan says with what the journal says, part by part.
/// </summary>
/// <remarks>
/// A part counts as played for the time that records of the same item, version, language and page cover; up to <see cref="Slack"/> may lack (a player needs a moment).
/// What is not covered is missed when the journal is known beyond the part's end, else unknown.
/// </remarks>
internal static class AirJudge
{
    public static readonly TimeSpan Slack = TimeSpan.FromSeconds(2);

    /// <summary>Records are written when a part ends; their instants may differ a little from the plan's.</summary>
    private static readonly TimeSpan EdgeOfBlind = TimeSpan.FromSeconds(5);

    /// <param name="shown">Of this output, by start.</param>
    /// <param name="knownUntil">Records that ended before this have come; null = none ever did.</param>
    public static IEnumerable<JudgedSlot> Judge(PlanClock clock, OutputId output, DateTimeOffset from, DateTimeOffset to, IReadOnlyList<Shown> shown, IReadOnlyList<Blind> blind, DateTimeOffset? knownUntil)
    {
        if (from >= to)
            yield break;
        var firstBegins = clock.At(output, from).From == from;
        var next = 0;
        foreach (var air in clock.Between(output, from, to))
        {
            if (air.Because == Because.QuietHours)
                yield return new(AirVerdict.Silenced, air.From, air.Until, null, 0, 0, 0, Ms(air.Until - air.From), false);
            if (air is not { Because: Because.Scheduled, Item: { } item, Part: { } part })
                continue;
            while (next < shown.Count && shown[next].Until <= air.From)
                next++;
            var played = Covered(shown, next, air, item, part);
            yield return Slot(air, item.Id.Value, played, IsKnown(air.Until, blind, knownUntil), air.From != from || firstBegins);
        }
    }

    private static JudgedSlot Slot(OnAir air, string item, long played, bool known, bool begins)
    {
        var length = Ms(air.Until - air.From);
        if (played > 0 && length - played <= Slack.TotalMilliseconds)
            played = length;
        var rest = length - played;
        var verdict = played * 2 >= length ? AirVerdict.Played : known ? AirVerdict.Missed : AirVerdict.Unknown;
        return new(verdict, air.From, air.Until, item, played, known ? rest : 0, known ? 0 : rest, 0, begins);
    }

    private static long Covered(IReadOnlyList<Shown> shown, int next, OnAir air, PlanItem item, PlanPart part)
    {
        var ticks = 0L;
        var at = air.From;
        for (var i = next; i < shown.Count && shown[i].From < air.Until; i++)
        {
            var s = shown[i];
            if (s.Item != item.Id.Value || s.Version != item.Version || s.Language != part.Language || s.Page != part.Page)
                continue;
            var start = s.From > at ? s.From : at;
            var end = s.Until < air.Until ? s.Until : air.Until;
            if (end <= start)
                continue;
            ticks += (end - start).Ticks;
            at = end;
        }

        return ticks / TimeSpan.TicksPerMillisecond;
    }

    private static bool IsKnown(DateTimeOffset until, IReadOnlyList<Blind> blind, DateTimeOffset? knownUntil)
    {
        if (knownUntil is null || until > knownUntil)
            return false;
        foreach (var b in blind)
        {
            if (until >= b.After - EdgeOfBlind && until <= b.Before + EdgeOfBlind)
                return false;
        }

        return true;
    }

    private static long Ms(TimeSpan time) => time.Ticks / TimeSpan.TicksPerMillisecond;
}
