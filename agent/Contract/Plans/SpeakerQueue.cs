namespace BorderInfo.Contract.Plans;

/// <summary>
/// The one voice of a loudspeaker, stepped from event to event, day after day.
/// </summary>
/// <remarks>
/// An entry's turn comes at the first instant of its window at which an item is valid, and every so many minutes from there.
/// It then waits, at most once, until the voice is free and its window is open; the higher tier first, then who has waited longest, rank, id.
/// It is said from its beginning, the items in order, passing over what is not valid; begun, it may end after its window.
/// A higher tier interrupts; quiet hours interrupt all but emergencies. What was interrupted waits again while its window is open.
/// </remarks>
internal sealed partial class SpeakerQueue
{
    private static readonly long Never = TimeSpan.FromDays(2).Ticks;

    private readonly OutputPlan plan;
    private readonly Place[] places;

    /// <summary>Who waits, the next to speak first: the higher tier, then who has waited longest, rank, id.</summary>
    private readonly List<int> waiting = [];
    private readonly List<Call> calls = [];
    private readonly List<Stretch> windows = [];
    private readonly List<Stretch> quiet = [];
    private Turn? turn;
    private Said held;

    public SpeakerQueue(OutputPlan plan)
    {
        this.plan = plan;
        places = new Place[plan.Entries.Length];
        held = new(long.MinValue, long.MinValue, null, Because.NothingDue);
    }

    private SpeakerQueue(SpeakerQueue from)
    {
        (plan, turn, held) = (from.plan, from.turn, from.held);
        places = [.. from.places];
        waiting.AddRange(from.waiting);
    }

    /// <summary>A second one in the same state.</summary>
    public SpeakerQueue Copy() => new(this);

    /// <summary>The next day; days are asked for in order, the first is taken to begin with a free voice. The answer keeps a copy of the state at the day's end.</summary>
    public SpeakerDay Day(DateOnly day)
    {
        var (start, end) = (plan.Local.StartOf(day), plan.Local.StartOf(day.AddDays(1)));
        var told = new List<Said>();
        Step(day, end, told);
        told.Add(turn is { } on ? held with { Until = on.Ends } : held with { Until = end });
        return new(day, start, end, [.. told], Copy());
    }

    /// <summary>From event to event of the day, up to an instant.</summary>
    private void Step(DateOnly day, long until, List<Said>? told)
    {
        var (start, end) = (plan.Local.StartOf(day), plan.Local.StartOf(day.AddDays(1)));
        CallsOf(plan.Entries, day, start, end);
        QuietNear(day);
        var next = 0;
        for (var now = start; now < until;)
        {
            for (; next < calls.Count && calls[next].At <= now; next++)
                Wait(calls[next].Entry, new(calls[next].At, calls[next].Until));
            var said = Step(now);
            if (!said.Continues(held))
            {
                if (held.From < now)
                    told?.Add(held with { Until = now });
                held = said;
            }

            now = NextEvent(now, next < calls.Count ? calls[next].At : end);
        }
    }

    /// <summary>True when nothing is being said and nothing waits.</summary>
    public bool Idle => turn is null && waiting.Count == 0;

    private Said Step(long now)
    {
        var silent = IsQuiet(now);
        for (var i = waiting.Count - 1; i >= 0; i--)
        {
            if (places[waiting[i]].Until <= now)
                waiting.RemoveAt(i);
        }

        if (turn is { } over && over.Ends <= now)
            turn = Speak(over.Due, over.Place, over.Slot + 1, now);
        if (turn is { } hushed && silent && hushed.Due.Entry.Tier != Tier.Emergency)
            PutBack(hushed, now);

        if (Called(now, silent) is { } next && (turn is not { } before || next.Entry.Tier < before.Due.Entry.Tier))
        {
            if (turn is { } cut)
                PutBack(cut, now);
            waiting.Remove(next.Index);
            turn = Speak(next, places[next.Index], 0, now);
        }

        if (turn is { } on)
            return new(on.From, on.Ends, on.Due.Slots[on.Slot], Because.Scheduled);
        return new(now, now, null, silent && AnyWaits(now) ? Because.QuietHours : Because.NothingDue);
    }

    private bool AnyWaits(long now)
    {
        foreach (var index in waiting)
        {
            if (plan.Entries[index].AnyAllowed(now))
                return true;
        }

        return false;
    }

    /// <summary>Who is to speak.</summary>
    private DueEntry? Called(long now, bool silent)
    {
        foreach (var index in waiting)
        {
            var due = plan.Entries[index];
            if (silent && due.Entry.Tier != Tier.Emergency)
                return null;
            if (due.AnyAllowed(now))
                return due;
        }

        return null;
    }

    private bool Before(DueEntry a, DueEntry b)
    {
        if (a.Entry.Tier != b.Entry.Tier)
            return a.Entry.Tier < b.Entry.Tier;
        var (one, other) = (places[a.Index].Since, places[b.Index].Since);
        if (one != other)
            return one < other;
        return a.RankIndex != b.RankIndex ? a.RankIndex < b.RankIndex : string.CompareOrdinal(a.Entry.Id, b.Entry.Id) < 0;
    }

    /// <summary>The turn at the next slot that is valid; null = said to its end.</summary>
    private static Turn? Speak(DueEntry due, Place place, int slot, long now)
    {
        for (; slot < due.Slots.Length; slot++)
        {
            var until = due.Slots[slot].Item.AllowedUntil(now);
            if (until > now)
                return new(due, place, slot, now, Math.Min(now + due.Slots[slot].Ticks, until));
        }

        return null;
    }

    private void PutBack(Turn cut, long now)
    {
        turn = null;
        if (cut.Place.Until > now)
            Wait(cut.Due.Index, cut.Place);
    }

    private void Wait(int entry, Place place)
    {
        if (waiting.Remove(entry))
            place = new(Math.Min(places[entry].Since, place.Since), Math.Max(places[entry].Until, place.Until));
        places[entry] = place;
        var at = waiting.Count;
        while (at > 0 && Before(plan.Entries[entry], plan.Entries[waiting[at - 1]]))
            at--;
        waiting.Insert(at, entry);
    }

    /// <summary>The next instant after <paramref name="now"/>, at most <paramref name="limit"/>, at which a step may find something changed.</summary>
    private long NextEvent(long now, long limit)
    {
        var next = limit;
        if (turn is { } on && on.Ends > now)
            next = Math.Min(next, on.Ends);
        if (turn is null && waiting.Count == 0)
            return next;
        foreach (var index in waiting)
            next = places[index].Until > now ? Math.Min(next, places[index].Until) : next;
        foreach (var (from, to) in quiet)
        {
            next = from > now ? Math.Min(next, from) : next;
            next = to > now ? Math.Min(next, to) : next;
        }

        return waiting.Count > 0 ? Math.Min(next, ItemEdgeAfter(now)) : next;
    }

    private long ItemEdgeAfter(long now)
    {
        var edges = plan.ItemEdges;
        var (low, high) = (0, edges.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = edges[middle].At > now ? (low, middle) : (middle + 1, high);
        }

        return low < edges.Length ? edges[low].At : long.MaxValue;
    }

    private readonly record struct Place(long Since, long Until);

    private readonly record struct Turn(DueEntry Due, Place Place, int Slot, long From, long Ends);

    private readonly record struct Call(long At, long Until, int Entry) : IComparable<Call>
    {
        public int CompareTo(Call other) => At.CompareTo(other.At);
    }
}
