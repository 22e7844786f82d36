namespace BorderInfo.Contract.Plans;

/// <summary>A loudspeaker: what is due is said from its beginning, one after the other within a rank; a higher rank interrupts; between, silence.</summary>
internal sealed class SpeakerClock(PlanOutput output, IReadOnlyList<DueEntry> entries, TimeZoneInfo zone) : OutputClock(output)
{
    public override OnAir At(DateTimeOffset utc)
    {
        var from = DateTimeOffset.MinValue;
        var horizon = DateTimeOffset.MaxValue;
        var silenced = false;
        foreach (var tier in entries.GroupBy(e => e.Entry.Tier))
        {
            var (air, last, next) = Turn([.. tier], utc);
            from = last > from ? last : from;
            horizon = next < horizon ? next : horizon;
            if (air is null)
                continue;
            if (air.Tier != Tier.Emergency && QuietAt(utc) is { } quiet)
            {
                silenced = true;
                horizon = quiet < horizon ? quiet : horizon;
                continue;
            }

            var start = NextQuiet(utc);
            var until = air.Until < horizon ? air.Until : horizon;
            return air with { Until = air.Tier != Tier.Emergency && start < until ? start : until };
        }

        return Nothing(silenced ? Because.QuietHours : Because.NothingDue, from, horizon);
    }

    /// <summary>What this tier says at the instant, the last change before it and the next one after it.</summary>
    private (OnAir? Air, DateTimeOffset Last, DateTimeOffset Next) Turn(IReadOnlyList<DueEntry> tier, DateTimeOffset utc)
    {
        var queue = tier
            .SelectMany(due => Occurrences(due, utc).Select(at => (At: at, Due: due)))
            .OrderBy(o => o.At).ThenBy(o => o.Due.Rank).ThenBy(o => o.Due.Entry.Id, StringComparer.Ordinal);
        var free = DateTimeOffset.MinValue;
        foreach (var (at, due) in queue)
        {
            var start = at > free ? at : free;
            if (start > utc)
                return (null, free, start);
            foreach (var slot in due.Slots)
            {
                if (start < slot.Item.ValidFrom || start >= slot.Item.ValidUntil)
                    continue;
                var end = start.AddMilliseconds(slot.Part.DurationMs);
                end = end < slot.Item.ValidUntil ? end : slot.Item.ValidUntil;
                if (utc < end)
                    return (Playing(due, slot, start, end), start, end);
                start = end;
            }

            free = start;
        }

        var next = tier.Select(d => d.NextEdge(utc)).Append(DateTimeOffset.MaxValue).Min();
        return (null, free, next);
    }

    private static IEnumerable<DateTimeOffset> Occurrences(DueEntry due, DateTimeOffset utc)
    {
        foreach (var (from, to) in due.WindowsAround(utc))
        {
            var first = due.Entry.Since > from ? due.Entry.Since : from;
            if (first >= to)
                continue;
            if (due.Entry.EveryMinutes is not { } minutes)
            {
                yield return first;
                continue;
            }

            for (var at = first; at < to; at = at.AddMinutes(minutes))
                yield return at;
        }
    }

    /// <summary>The end of the quiet hours that hold the instant.</summary>
    private DateTimeOffset? QuietAt(DateTimeOffset utc) =>
        Quiet(utc).Where(q => q.From <= utc && utc < q.To).Select(q => (DateTimeOffset?)q.To).Max();

    private DateTimeOffset NextQuiet(DateTimeOffset utc) =>
        Quiet(utc).Select(q => q.From).Where(f => f > utc).Append(DateTimeOffset.MaxValue).Min();

    private IEnumerable<(DateTimeOffset From, DateTimeOffset To)> Quiet(DateTimeOffset utc)
    {
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(utc, zone).DateTime);
        foreach (var window in Output.QuietHours)
        {
            for (var day = today.AddDays(-1); day <= today.AddDays(1); day = day.AddDays(1))
            {
                var from = day.ToDateTime(window.From);
                var start = new DateTimeOffset(from, zone.GetUtcOffset(from)).ToUniversalTime();
                yield return (start, start + window.Length);
            }
        }
    }
}
