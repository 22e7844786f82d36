namespace BorderInfo.Contract.Plans;

/// <summary>One part of one item in the order it is shown.</summary>
internal sealed record Slot(PlanItem Item, PlanPart Part)
{
    public bool ValidAt(DateTimeOffset utc) => Item.ValidFrom <= utc && utc < Item.ValidUntil;
}

/// <summary>An entry with its slots at one output, and the arithmetic of its windows.</summary>
internal sealed class DueEntry(PlanEntry entry, IReadOnlyList<Slot> slots, LocalDays days)
{
    /// <summary>Every set of weekdays comes round within seven days; the rest is for windows over midnight and zones.</summary>
    private const int DaysAhead = 10;

    private volatile Days? near;

    public PlanEntry Entry { get; } = entry;

    public IReadOnlyList<Slot> Slots { get; } = slots;

    public Rank Rank { get; } = Rank.Of(entry);

    public TimeSpan Length { get; } = TimeSpan.FromMilliseconds(slots.Sum(s => (long)s.Part.DurationMs));

    /// <summary>Slots: items in the entry's order, languages in the output's order, then pages. An item without a part here has no slot.</summary>
    public static DueEntry For(PlanEntry entry, PlanOutput output, Dictionary<ItemId, PlanItem> items, LocalDays days)
    {
        var slots = new List<Slot>();
        foreach (var id in entry.Items)
        {
            if (!items.TryGetValue(id, out var item))
                continue;
            var here = item.Parts.Where(p => p.Output == output.Id && p.DurationMs > 0).ToArray();
            foreach (var language in output.Languages.Append("zxx").Distinct(StringComparer.OrdinalIgnoreCase))
                slots.AddRange(here.Where(p => string.Equals(p.Language, language, StringComparison.OrdinalIgnoreCase)).OrderBy(p => p.Page).Select(p => new Slot(item, p)));
        }

        return new(entry, slots, days);
    }

    /// <summary>Windows that start on the local day, not before the entry was published; none on days it does not run.</summary>
    public IEnumerable<Stretch> WindowsOf(DateOnly day)
    {
        if (day < Entry.From || day > Entry.To || (Entry.Weekdays & DayFlag(day)) == 0)
            yield break;
        foreach (var window in Entry.Windows)
        {
            var stretch = days.Of(day, window).Within(Entry.Since, DateTimeOffset.MaxValue);
            if (!stretch.IsEmpty)
                yield return stretch;
        }
    }

    /// <summary>Windows that start from two days before the local day to one after it: all that can hold or have ended shortly before an instant of that day.</summary>
    public Stretch[] WindowsNear(DateOnly day)
    {
        if (near is { } known && known.Day == day)
            return known.Windows;
        var windows = Enumerable.Range(-2, 4).SelectMany(i => WindowsOf(day.AddDays(i))).ToArray();
        near = new(day, windows);
        return windows;
    }

    /// <summary>The first instant after <paramref name="utc"/> at which the slot comes on by its entry's windows; <see cref="DateTimeOffset.MaxValue"/> = never.</summary>
    public DateTimeOffset NextOpening(Slot slot, DateTimeOffset utc)
    {
        var best = DateTimeOffset.MaxValue;
        var earliest = Latest(utc, Entry.Since, slot.Item.ValidFrom);
        if (earliest >= PlanClock.Latest || slot.Item.ValidUntil <= utc)
            return best;
        var first = days.DayOf(earliest).AddDays(-1);
        first = Entry.From > first ? Entry.From : first;
        for (var i = 0; i <= DaysAhead && best == DateTimeOffset.MaxValue && first.DayNumber + i <= DateOnly.MaxValue.DayNumber - 2; i++)
        {
            foreach (var window in WindowsOf(first.AddDays(i)))
            {
                var live = window.Within(slot.Item.ValidFrom, slot.Item.ValidUntil);
                if (!live.IsEmpty && live.From > utc && live.From < best)
                    best = live.From;
            }
        }

        return best;
    }

    private static DateTimeOffset Latest(DateTimeOffset a, DateTimeOffset b, DateTimeOffset c) => a > b ? (a > c ? a : c) : (b > c ? b : c);

    private static Weekdays DayFlag(DateOnly day) => day.DayOfWeek == DayOfWeek.Sunday ? Weekdays.Sunday : (Weekdays)(1 << ((int)day.DayOfWeek - 1));

    private sealed record Days(DateOnly Day, Stretch[] Windows);
}
