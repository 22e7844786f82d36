namespace BorderInfo.Contract.Plans;

/// <summary>
/// The one voice of a loudspeaker, stepped from event to event.
/// </summary>
/// <remarks>
/// An entry's turn comes at the first instant of its window at which an item is valid, and every so many minutes from there.
/// It then waits, at most once, until the voice is free and its window is open; the higher tier first, then who has waited longest, rank, id.
/// It is said from its beginning, the items in order, passing over what is not valid; begun, it may end after its window.
/// A higher tier interrupts; quiet hours interrupt all but emergencies. What was interrupted waits again while its window is open.
/// </remarks>
internal sealed class SpeakerQueue(IReadOnlyList<DueEntry> entries, IReadOnlyList<TimeWindow> quiet, LocalDays days)
{
    /// <summary>A silence in which something waits is told in pieces of about this length, so that quiet hours without end do not reckon for ever.</summary>
    private static readonly TimeSpan LongestHush = TimeSpan.FromDays(10);

    private readonly Dictionary<DueEntry, Place> waiting = [];
    private Turn? turn;

    /// <summary>What is said (<c>Slot</c>) or why not, from the local day's start on, without a gap and without end; the last one reaches <see cref="DateTimeOffset.MaxValue"/>.</summary>
    public IEnumerable<Said> From(DateOnly day)
    {
        var now = days.StartOf(day);
        var held = new Said(now, now, null, null, Because.NothingDue);
        while (now < PlanClock.Latest)
        {
            var calls = CallsOf(day, now);
            var quietToday = QuietNear(day);
            var end = days.StartOf(day = day.AddDays(1));
            for (var i = 0; now < end;)
            {
                for (; i < calls.Count && calls[i].At <= now; i++)
                    Wait(calls[i].Due, new(calls[i].At, calls[i].Until));
                var said = Step(now, quietToday);
                if (!said.Continues(held))
                {
                    if (held.From < now)
                        yield return held with { Until = now };
                    held = said;
                }

                now = NextEvent(now, i < calls.Count ? calls[i].At : end, quietToday);
            }

            if (turn is null && waiting.Count == 0)
            {
                (day, now) = Skip(day, now);
            }
            else if (held.Slot is null && now - held.From > LongestHush)
            {
                yield return held with { Until = now };
                held = held with { From = now };
            }
        }

        yield return held with { Until = DateTimeOffset.MaxValue };
    }

    /// <summary>True when at the start of the local day something from before may be under way.</summary>
    public static bool MayCarry(IReadOnlyList<DueEntry> entries, LocalDays days, DateOnly day)
    {
        var midnight = days.StartOf(day);
        return entries.Any(due => Enumerable.Range(1, 2 + (int)due.Length.TotalDays)
            .SelectMany(back => CallWindows(due, day.AddDays(-back)))
            .Any(w => w.From < midnight && w.To + due.Length > midnight));
    }

    /// <summary>Goes over the days on which nobody calls.</summary>
    private (DateOnly Day, DateTimeOffset Now) Skip(DateOnly day, DateTimeOffset now)
    {
        if (entries.Any(d => CallWindows(d, day.AddDays(-1)).Any(w => w.To > now)))
            return (day, now);
        var next = entries.SelectMany(d => d.Slots.Select(s => d.NextOpening(s, now.AddTicks(-1)))).Append(DateTimeOffset.MaxValue).Min();
        if (next >= PlanClock.Latest)
            return (day, PlanClock.Latest);
        var then = days.DayOf(next);
        return then > day ? (then, days.StartOf(then)) : (day, now);
    }

    private Said Step(DateTimeOffset now, IReadOnlyList<Stretch> quietToday)
    {
        var silent = quietToday.Any(q => q.From <= now && now < q.To);
        foreach (var gone in waiting.Where(w => w.Value.Until <= now).Select(w => w.Key).ToArray())
            waiting.Remove(gone);
        if (turn is { } over && over.Ends <= now)
            turn = Speak(over.Due, over.Place, over.Slot + 1, now);
        if (turn is { } hushed && silent && hushed.Due.Entry.Tier != Tier.Emergency)
            PutBack(hushed, now);

        var next = Called(now, silent);
        if (next is not null && (turn is null || next.Entry.Tier < turn.Due.Entry.Tier))
        {
            if (turn is { } cut)
                PutBack(cut, now);
            waiting.Remove(next, out var place);
            turn = Speak(next, place, 0, now);
        }

        if (turn is { } on)
            return new(on.From, on.Ends, on.Due, on.Due.Slots[on.Slot], Because.Scheduled);
        var hush = silent && waiting.Keys.Any(d => d.Slots.Any(s => s.ValidAt(now)));
        return new(now, now, null, null, hush ? Because.QuietHours : Because.NothingDue);
    }

    private DueEntry? Called(DateTimeOffset now, bool silent) =>
        waiting
            .Where(w => (!silent || w.Key.Entry.Tier == Tier.Emergency) && w.Key.Slots.Any(s => s.ValidAt(now)))
            .OrderBy(w => w.Key.Entry.Tier).ThenBy(w => w.Value.Since).ThenBy(w => w.Key.Rank).ThenBy(w => w.Key.Entry.Id, StringComparer.Ordinal)
            .Select(w => w.Key)
            .FirstOrDefault();

    /// <summary>The turn at the next slot that is valid; null = said to its end.</summary>
    private static Turn? Speak(DueEntry due, Place place, int slot, DateTimeOffset now)
    {
        while (slot < due.Slots.Count && !due.Slots[slot].ValidAt(now))
            slot++;
        if (slot == due.Slots.Count)
            return null;
        var (item, part) = due.Slots[slot];
        var ends = now.AddMilliseconds(part.DurationMs);
        return new(due, place, slot, now, ends < item.ValidUntil ? ends : item.ValidUntil);
    }

    private void PutBack(Turn cut, DateTimeOffset now)
    {
        turn = null;
        if (cut.Place.Until > now)
            Wait(cut.Due, cut.Place);
    }

    private void Wait(DueEntry due, Place place)
    {
        if (waiting.TryGetValue(due, out var had))
            place = new(had.Since < place.Since ? had.Since : place.Since, had.Until > place.Until ? had.Until : place.Until);
        waiting[due] = place;
    }

    /// <summary>The next instant after <paramref name="now"/>, at most <paramref name="limit"/>, at which a step may find something changed.</summary>
    private DateTimeOffset NextEvent(DateTimeOffset now, DateTimeOffset limit, IReadOnlyList<Stretch> quietToday)
    {
        var next = limit;
        if (turn is { } on)
            Try(on.Ends);
        foreach (var (due, place) in waiting)
        {
            Try(place.Until);
            foreach (var slot in due.Slots)
            {
                Try(slot.Item.ValidFrom);
                Try(slot.Item.ValidUntil);
            }
        }

        foreach (var (from, to) in quietToday)
        {
            Try(from);
            Try(to);
        }

        return next;

        void Try(DateTimeOffset at) => next = at > now && at < next ? at : next;
    }

    /// <summary>All calls from <paramref name="from"/> to the end of the local day, in order.</summary>
    private List<Call> CallsOf(DateOnly day, DateTimeOffset from)
    {
        var end = days.StartOf(day.AddDays(1));
        var calls = new List<Call>();
        foreach (var due in entries)
        {
            foreach (var window in CallWindows(due, day.AddDays(-1)).Concat(CallWindows(due, day)))
            {
                var step = due.Entry.EveryMinutes is { } minutes and > 0 ? TimeSpan.FromMinutes(minutes) : TimeSpan.FromDays(2);
                for (var at = window.From; at < window.To && at < end; at += step)
                {
                    if (at >= from)
                        calls.Add(new(at, window.To, due));
                }
            }
        }

        calls.Sort((a, b) => a.At.CompareTo(b.At));
        return calls;
    }

    /// <summary>The entry's windows that start on the day, each from the first instant at which an item is valid.</summary>
    private static IEnumerable<Stretch> CallWindows(DueEntry due, DateOnly day)
    {
        foreach (var window in due.WindowsOf(day))
        {
            var live = due.Slots.Select(s => window.Within(s.Item.ValidFrom, s.Item.ValidUntil)).Where(s => !s.IsEmpty).ToArray();
            if (live.Length > 0)
                yield return window with { From = live.Min(s => s.From) };
        }
    }

    private Stretch[] QuietNear(DateOnly day) =>
        [.. quiet.SelectMany(w => new[] { days.Of(day.AddDays(-1), w), days.Of(day, w) }).Where(s => !s.IsEmpty)];

    /// <summary>What is on the voice over a stretch; <c>Slot</c> null = silence.</summary>
    internal readonly record struct Said(DateTimeOffset From, DateTimeOffset Until, DueEntry? Due, Slot? Slot, Because Because)
    {
        public bool Continues(Said held) => Slot == held.Slot && Due == held.Due && Because == held.Because && (Slot is null || From == held.From);
    }

    private readonly record struct Place(DateTimeOffset Since, DateTimeOffset Until);

    private sealed record Turn(DueEntry Due, Place Place, int Slot, DateTimeOffset From, DateTimeOffset Ends);

    private readonly record struct Call(DateTimeOffset At, DateTimeOffset Until, DueEntry Due);
}
