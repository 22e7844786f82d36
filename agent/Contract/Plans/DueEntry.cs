namespace BorderInfo.Contract.Plans;

/// <summary>An entry with its slots at one output, and the arithmetic of its windows.</summary>
/// <param name="voice">Of an entry in step at a screen: the loudspeaker that says its one item; its windows are when it does.</param>
internal sealed class DueEntry(PlanEntry entry, EntryDays days, LocalDays local, Voice? voice = null)
{
    /// <summary>How many days a voice is listened to for its next word.</summary>
    private const int Patience = 8;

    private readonly System.Collections.Concurrent.ConcurrentDictionary<int, Piece> pieces = [];
    private readonly long since = Math.Max(entry.Since.UtcTicks, PlanClock.Earliest.UtcTicks);

    public PlanEntry Entry => entry;

    /// <summary>Not due before.</summary>
    public long Since => since;

    public EntryDays Days => days;

    public Voice? Voice => voice;

    public Rank Rank { get; } = Rank.Of(entry);

    /// <summary>Place in <see cref="OutputPlan.Entries"/>.</summary>
    public int Index { get; set; }

    /// <summary>Place of its rank in <see cref="OutputPlan.Ranks"/>.</summary>
    public int RankIndex { get; set; }

    public Slot[] Slots { get; private set; } = [];

    /// <summary>Each once.</summary>
    public DueItem[] Items { get; private set; } = [];

    /// <summary>All parts, one after the other.</summary>
    public long Length { get; private set; }

    /// <summary>What it may and must have of an hour.</summary>
    public Pace Pace { get; } = Pace.Of(entry);

    /// <summary>Where the accounts of its items begin in the <see cref="HourBook"/>.</summary>
    public int Account { get; set; }

    /// <summary>False when on a loudspeaker no window, and no text begun in one, can reach the next local day, however the clocks change.</summary>
    public bool MayReachTomorrow { get; private set; }

    public void Fill(List<Slot> slots)
    {
        Slots = [.. slots];
        Items = [.. slots.Select(s => s.Item).Distinct()];
        Length = slots.Sum(s => s.Ticks);
        MayReachTomorrow = days.HasStarts || entry.Windows.Any(w => w.OverMidnight || w.To.Ticks + Length > TimeSpan.FromHours(21).Ticks);
    }

    public Piece PieceOf(Slot slot) =>
        pieces.GetOrAdd(slot.Block, _ => new(this, slot.Item, Pace.IsAny ? Account + Array.IndexOf(Items, slot.Item) : -1, [.. Slots.Where(s => s.Block == slot.Block)]));

    /// <summary>Adds the windows that start on the local day, not before the entry was published; none on days it does not run.</summary>
    public void WindowsOf(DateOnly day, List<Stretch> into)
    {
        if (voice is not null)
            voice.Spoken(day, into);
        else if (days.Holds(day))
            Planned(day, into);
    }

    private void Planned(DateOnly day, List<Stretch> into)
    {
        if (!days.HasStarts)
        {
            foreach (var window in entry.Windows)
                Add(local.Of(day, window), into);
            return;
        }

        foreach (var start in days.StartsOn(day))
            Add(local.From(day, start, entry.Windows[0].Length), into);
    }

    /// <summary>When the window that is open at the instant closes, the last of several; the instant itself when none is.</summary>
    public long OpenUntil(long utc)
    {
        var until = utc;
        var windows = new List<Stretch>();
        var today = local.DayOf(utc);
        WindowsOf(today.AddDays(-1), windows);
        WindowsOf(today, windows);
        foreach (var window in windows)
            until = window.Holds(utc) ? Math.Max(until, window.To) : until;
        return until;
    }

    /// <summary>True when one of the windows, started on the day whether it counts or not, holds the instant.</summary>
    public bool WouldHold(DateOnly day, long utc) => !days.HasStarts && entry.Windows.Any(w => local.Of(day, w).Holds(utc));

    /// <summary>When it opens next with an item to show; null = never.</summary>
    public long? NextOpening(long utc)
    {
        var windows = new List<Stretch>();
        var last = voice is null ? DateOnly.MaxValue.AddDays(-2) : local.DayOf(utc).AddDays(Patience);
        for (var day = NextDay(local.DayOf(utc).AddDays(-1)); day is { } date && date < last; day = NextDay(date.AddDays(1)))
        {
            windows.Clear();
            WindowsOf(date, windows);
            var best = long.MaxValue;
            foreach (var window in windows)
            {
                foreach (var item in Items)
                {
                    foreach (var allowed in item.Allowed)
                        best = window.Within(allowed.From, allowed.To) is { IsEmpty: false } live && live.From > utc ? Math.Min(best, live.From) : best;
                }
            }

            if (best < long.MaxValue)
                return best;
        }

        return null;
    }

    /// <summary>The first instant of a stretch at which an item may be shown; null = none.</summary>
    public long? AllowedFrom(long from, long to)
    {
        var first = to;
        foreach (var item in Items)
            first = Math.Min(first, item.AllowedFrom(from) ?? to);
        return first < to ? first : null;
    }

    public bool AnyAllowed(long utc)
    {
        foreach (var item in Items)
        {
            if (item.AllowedAt(utc))
                return true;
        }

        return false;
    }

    /// <summary>The first day from this one on, on which a window starts while or before an item may be shown; null = none.</summary>
    public DateOnly? NextDay(DateOnly day)
    {
        if (voice is not null)
            return NextPlanned(day.AddDays(-1)) is { } next ? Max(next, day) : null;
        return NextPlanned(day);
    }

    private DateOnly? NextPlanned(DateOnly day)
    {
        DateOnly? best = null;
        foreach (var item in Items)
        {
            foreach (var allowed in item.Allowed)
            {
                var from = Max(day, local.DayOf(Math.Max(allowed.From, since)).AddDays(-1));
                if (allowed.To > since && from <= local.DayOf(allowed.To) && days.From(from) is { } next && !(next > best) && next <= local.DayOf(allowed.To))
                    best = next;
            }
        }

        return best;
    }

    private static DateOnly Max(DateOnly a, DateOnly b) => a > b ? a : b;

    private void Add(Stretch window, List<Stretch> into)
    {
        window = window.Within(since, long.MaxValue);
        if (!window.IsEmpty)
            into.Add(window);
    }
}
