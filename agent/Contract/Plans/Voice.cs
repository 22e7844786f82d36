namespace BorderInfo.Contract.Plans;

/// <summary>What a loudspeaker says of one item of an entry that is shown in step with it.</summary>
internal sealed class Voice
{
    private readonly SpeakerClock clock;
    private readonly PlanEntry entry;
    private readonly ItemId item;
    private readonly Slot[] slots;

    public Voice(SpeakerClock clock, PlanEntry entry, ItemId item)
    {
        (this.clock, this.entry, this.item) = (clock, entry, item);
        slots = [.. (clock.Plan.Entries.FirstOrDefault(d => ReferenceEquals(d.Entry, entry))?.Slots ?? []).Where(s => s.Item.Item.Id == item)];
        Ticks = slots.Where(s => s.Block == slots[0].Block).Sum(s => s.Ticks);
    }

    /// <summary>How long it takes to say it once; 0 = it has no words there.</summary>
    public long Ticks { get; }

    public ItemId Item => item;

    /// <summary>Adds when it is said, each time from its first word to its last or until it is interrupted: those that begin on the local day.</summary>
    public void Spoken(DateOnly date, List<Stretch> into)
    {
        if (Ticks == 0)
            return;
        var day = clock.DayAt(date);
        foreach (var said in day.Stretches)
        {
            if (said.Slot is { } slot && said.From >= day.Start && Begins(slot))
                into.Add(new(said.From, EndOf(said.From)));
        }
    }

    private bool Begins(Slot slot) => Array.IndexOf(slots, slot) is >= 0 and var at && (at == 0 || slots[at - 1].Block != slot.Block);

    private long EndOf(long from)
    {
        var (at, limit) = (from, from + Ticks);
        while (at < limit && clock.At(at) is { Entry: { } on, Item: { } said, Until: var until } && ReferenceEquals(on, entry) && said.Id == item)
            at = until.UtcTicks;
        return Math.Min(at, limit);
    }

    /// <summary>The parts of the screen made as long as the words: the last waits for them, what is too long is cut there.</summary>
    public IEnumerable<Slot> Fit(DueEntry due, DueItem shown, IReadOnlyList<PlanPart> parts)
    {
        var left = Ticks;
        for (var i = 0; i < parts.Count && left > 0; i++)
        {
            var ticks = i == parts.Count - 1 ? left : Math.Min(left, parts[i].DurationMs * TimeSpan.TicksPerMillisecond);
            yield return new(due, shown, parts[i], 0, ticks);
            left -= ticks;
        }
    }
}
