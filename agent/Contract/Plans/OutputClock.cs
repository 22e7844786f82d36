namespace BorderInfo.Contract.Plans;

/// <summary>The clock of one output. <see cref="ScreenClock"/> rotates without a gap, <see cref="SpeakerClock"/> speaks and falls silent.</summary>
internal abstract class OutputClock(PlanOutput output)
{
    protected PlanOutput Output { get; } = output;

    public static OutputClock For(PlayPlan plan, PlanOutput output, TimeZoneInfo zone)
    {
        var items = plan.Items.ToDictionary(i => i.Id);
        var due = plan.Entries
            .Where(e => e.Outputs.Contains(output.Id))
            .Select(e => DueEntry.For(e, output, items, zone))
            .Where(d => d.Slots.Count > 0)
            .OrderBy(d => d.Rank)
            .ThenByDescending(d => d.Entry.Since)
            .ThenBy(d => d.Entry.Id, StringComparer.Ordinal)
            .ToArray();
        return output.Kind == OutputKind.Speaker ? new SpeakerClock(output, due, zone) : new ScreenClock(output, due);
    }

    /// <param name="utc">Offset zero.</param>
    public abstract OnAir At(DateTimeOffset utc);

    protected OnAir Nothing(Because because, DateTimeOffset from, DateTimeOffset until) =>
        new() { Output = Output.Id, Because = because, Tier = Tier.SafeScreen, From = from, Until = until };

    protected OnAir Playing(DueEntry due, Slot slot, DateTimeOffset from, DateTimeOffset until) =>
        new() { Output = Output.Id, Because = Because.Scheduled, Tier = due.Entry.Tier, Entry = due.Entry, Item = slot.Item, Part = slot.Part, From = from, Until = until };
}

/// <summary>One part of one item in the order it is shown.</summary>
internal readonly record struct Slot(PlanItem Item, PlanPart Part);

/// <summary>Tier, number, target, one-off packed so that the smaller wins.</summary>
internal readonly record struct Rank(long Value) : IComparable<Rank>
{
    public static Rank Of(PlanEntry e) => new(((long)e.Tier * 10_000 + e.Number) * 100 + (int)e.Target * 2 + (e.OneOff ? 0 : 1));

    public int CompareTo(Rank other) => Value.CompareTo(other.Value);
}

/// <summary>An entry with its slots at one output, and the arithmetic of its windows.</summary>
internal sealed class DueEntry(PlanEntry entry, IReadOnlyList<Slot> slots, TimeZoneInfo zone)
{
    public PlanEntry Entry { get; } = entry;

    public IReadOnlyList<Slot> Slots { get; } = slots;

    public Rank Rank { get; } = Rank.Of(entry);

    /// <summary>Slots: items in the entry's order, languages in the output's order, then pages. An item without a part here has no slot.</summary>
    public static DueEntry For(PlanEntry entry, PlanOutput output, Dictionary<ItemId, PlanItem> items, TimeZoneInfo zone)
    {
        var slots = new List<Slot>();
        foreach (var id in entry.Items)
        {
            if (!items.TryGetValue(id, out var item))
                continue;
            var here = item.Parts.Where(p => p.Output == output.Id && p.DurationMs > 0).ToArray();
            foreach (var language in output.Languages.Append("zxx").Distinct(StringComparer.Ordinal))
                slots.AddRange(here.Where(p => p.Language == language).OrderBy(p => p.Page).Select(p => new Slot(item, p)));
        }

        return new(entry, slots, zone);
    }

    /// <summary>The window that holds the instant, as UTC start and end; the latest start when several do.</summary>
    public (DateTimeOffset From, DateTimeOffset To)? WindowAt(DateTimeOffset utc)
    {
        (DateTimeOffset From, DateTimeOffset To)? best = null;
        foreach (var w in WindowsAround(utc))
        {
            if (w.From <= utc && utc < w.To && (best is null || w.From > best.Value.From))
                best = w;
        }

        return best;
    }

    /// <summary>The first instant after <paramref name="utc"/> at which a window opens or closes, looking ten days ahead of it or of the entry's first day; <see cref="DateTimeOffset.MaxValue"/> = none.</summary>
    public DateTimeOffset NextEdge(DateTimeOffset utc)
    {
        var day = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(utc, zone).DateTime);
        var first = Entry.From > day ? Entry.From.AddDays(-1) : day.AddDays(-1);
        if (Entry.To is { } last && last < first)
            return DateTimeOffset.MaxValue;
        var next = DateTimeOffset.MaxValue;
        var beyond = 10;
        for (var i = 0; i <= beyond; i++)
        {
            foreach (var (from, to) in WindowsOf(first.AddDays(i)))
                next = Earlier(next, from > utc ? from : to > utc ? to : next);
            // A window over midnight ends on the day after it starts, so one more day may hold an earlier edge.
            beyond = next < DateTimeOffset.MaxValue && beyond == 10 ? i + 1 : beyond;
        }

        return next;

        static DateTimeOffset Earlier(DateTimeOffset a, DateTimeOffset b) => a < b ? a : b;
    }

    public IEnumerable<(DateTimeOffset From, DateTimeOffset To)> WindowsAround(DateTimeOffset utc)
    {
        var day = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(utc, zone).DateTime);
        return WindowsOf(day.AddDays(-1)).Concat(WindowsOf(day));
    }

    private IEnumerable<(DateTimeOffset From, DateTimeOffset To)> WindowsOf(DateOnly day)
    {
        if (day < Entry.From || day > Entry.To || (Entry.Weekdays & DayFlag(day)) == 0)
            yield break;
        foreach (var window in Entry.Windows)
        {
            var to = window.OverMidnight ? day.AddDays(1) : day;
            yield return (Utc(day, window.From), Utc(to, window.To));
        }
    }

    private DateTimeOffset Utc(DateOnly day, TimeOnly time)
    {
        var local = day.ToDateTime(time);
        if (zone.IsInvalidTime(local))
            local = local.AddHours(1);
        return new DateTimeOffset(local, zone.GetUtcOffset(local)).ToUniversalTime();
    }

    private static Weekdays DayFlag(DateOnly day) => day.DayOfWeek == DayOfWeek.Sunday ? Weekdays.Sunday : (Weekdays)(1 << ((int)day.DayOfWeek - 1));
}
