namespace BorderInfo.Contract.Plans;

/// <summary>A loudspeaker: the day of its <see cref="SpeakerQueue"/>, reckoned from the last midnight at which it was surely free, at the earliest from the Monday of the week before.</summary>
internal sealed class SpeakerClock(OutputPlan plan) : OutputClock(plan)
{
    /// <summary>A silence in which something waits is told in pieces of this many days, so that quiet hours without end do not reckon for ever.</summary>
    private const int LongestHush = 10;

    private readonly DayCache<SpeakerDay> days = new();
    private readonly Lock reckoning = new();

    public override OnAir At(long utc)
    {
        var day = DayAt(Plan.Local.DayOf(utc));
        var at = day.StretchAt(utc);
        var said = day.Stretches[at];
        var until = at + 1 < day.Stretches.Length ? said.Until : ChangeAfter(day, said);
        return said.Slot is { } slot ? Loud(Playing(slot, said.From, until), day, utc) : Nothing(said.Because, until) with { Quiet = said.Because == Because.QuietHours ? QuietAt(utc) : null };
    }

    /// <summary>Emergencies are as loud as the output allows.</summary>
    private OnAir Loud(OnAir air, SpeakerDay day, long utc)
    {
        if (air.Tier != Tier.Emergency)
        {
            foreach (var volume in day.Volumes)
            {
                if (utc < volume.Until)
                    return air with { VolumePercent = volume.Percent, VolumeUntil = Instant(volume.Until) };
            }
        }

        return air with { VolumePercent = Plan.Output.VolumePercent };
    }

    /// <summary>Name of the first rule that silences at the instant; null = the output's plain quiet hours.</summary>
    public string? QuietAt(long utc)
    {
        var today = Plan.Local.DayOf(utc);
        foreach (var rule in Plan.Output.QuietRules)
        {
            if (rule.VolumePercent is null && ((rule.StartsOn(today) && Plan.Local.Of(today, rule.Window).Holds(utc)) || (rule.StartsOn(today.AddDays(-1)) && Plan.Local.Of(today.AddDays(-1), rule.Window).Holds(utc))))
                return rule.Name;
        }

        return null;
    }

    public SpeakerDay DayAt(DateOnly date)
    {
        if (days.Of(date) is { } known)
            return known;
        lock (reckoning)
            return days.Of(date) ?? Reckon(date);
    }

    /// <summary>Who is called and waits, the next to speak first.</summary>
    public IReadOnlyList<DueEntry> WaitingAt(long utc)
    {
        lock (reckoning)
            return QueueInto(Plan.Local.DayOf(utc), out _).WaitingAt(Plan.Local.DayOf(utc), utc);
    }

    /// <summary>The next time the entry calls; null = never.</summary>
    public long? NextCall(DueEntry entry, long utc)
    {
        var date = Plan.Local.DayOf(utc);
        return new SpeakerQueue(Plan).CallAfter(entry, date, utc) ?? new SpeakerQueue(Plan).CallAfter(entry, date.AddDays(1), utc) ?? entry.NextOpening(utc);
    }

    /// <summary>When the quiet hours at the instant end; null = there are none.</summary>
    public long? QuietUntil(long utc) => new SpeakerQueue(Plan).QuietUntil(Plan.Local.DayOf(utc), utc);

    private SpeakerDay Reckon(DateOnly date)
    {
        var queue = QueueInto(date, out var first);
        var day = queue.Day(date) with { First = first, Volumes = Loudness.Near(Plan, date) };
        days.Keep(day);
        return day;
    }

    /// <summary>The queue as the day finds it, reckoned from <paramref name="first"/>.</summary>
    private SpeakerQueue QueueInto(DateOnly date, out DateOnly first)
    {
        var bound = EarliestFor(date);
        first = date;
        while (first > bound && SpeakerQueue.MayCarry(Plan, first))
            first = first.AddDays(-1);
        var known = date;
        while (known > first && (days.Of(known.AddDays(-1)) is not { } before || before.First != first))
            known = known.AddDays(-1);
        var queue = known > first ? days.Of(known.AddDays(-1))!.After.Copy() : new SpeakerQueue(Plan);
        // A day of the week before may have to be reckoned from further back when it is asked for itself: then it is not kept.
        var free = !SpeakerQueue.MayCarry(Plan, first);
        for (; known < date; known = known.AddDays(1))
        {
            var day = queue.Day(known) with { First = first, Volumes = Loudness.Near(Plan, known) };
            if (free || EarliestFor(known) == bound)
                days.Keep(day);
        }

        return queue;
    }

    /// <summary>The Monday of the week before.</summary>
    private static DateOnly EarliestFor(DateOnly date) => date.AddDays(-7 - (((int)date.DayOfWeek + 6) % 7));

    /// <summary>When the day's last stretch ends.</summary>
    private long ChangeAfter(SpeakerDay day, Said said)
    {
        if (day.Changes == 0)
            day.Changes = Look(day, said);
        return day.Changes;
    }

    private long Look(SpeakerDay day, Said said)
    {
        if (said.Until <= day.End && said.Slot is not null)
            return said.Until;
        for (var (next, hushed) = (day, 0); hushed < LongestHush; hushed += next.After.Idle ? 0 : 1)
        {
            var date = next.After.Idle ? NextDay(next.Date) : next.Date.AddDays(1);
            if (date is not { } then || then >= LatestDay)
                return long.MaxValue;
            next = DayAt(then);
            if (!next.Stretches[0].Continues(said))
                return next.Start;
            if (next.Stretches.Length > 1)
                return next.Stretches[0].Until;
            day = next;
        }

        return day.End;
    }
}
