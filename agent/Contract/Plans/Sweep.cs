namespace BorderInfo.Contract.Plans;

/// <summary>
/// Goes over the local days of an output one after the other and tells the scenes of each: edge after edge, with what is open in bits in the order of what wins.
/// </summary>
/// <remarks>A window lasts a day at most, so from the second day on nothing depends on where the sweep began.</remarks>
internal sealed partial class Sweep
{
    private readonly OutputPlan plan;
    private readonly RoundBook rounds;
    private readonly int[] open;
    private readonly ulong[] live;
    private readonly bool[] allowed;
    private readonly long[] changed;

    /// <summary>The same of what is in step with a voice alone.</summary>
    private readonly long[] spoken;
    private readonly List<Edge> edges = [];
    private readonly List<Stretch> windows = [];
    private readonly List<int> touched = [];
    private readonly Touch[] touches;
    private readonly List<Slot> members = [];
    private readonly List<int> chain = [];
    private int nextItem;
    private DateOnly day;

    /// <param name="first">The first day told.</param>
    public Sweep(OutputPlan plan, RoundBook rounds, DateOnly first)
    {
        (this.plan, this.rounds, day) = (plan, rounds, first);
        open = new int[plan.Entries.Length];
        touches = new Touch[plan.Entries.Length];
        live = new ulong[(plan.Entries.Length + 63) / 64];
        changed = new long[plan.Ranks.Length];
        spoken = new long[plan.Ranks.Length];
        var start = plan.Local.StartOf(first);
        allowed = [.. plan.Items.Select(i => i.AllowedAt(start - 1))];
        while (nextItem < plan.ItemEdges.Length && plan.ItemEdges[nextItem].At < start)
            nextItem++;
        Overnight(first.AddDays(-1), start);
    }

    private enum Touch : byte
    {
        None,
        Live = 1,
        Opened = 2,
        Item = 4,
        Seen = 8,
    }

    /// <summary>The next day's scenes in order; the first begins with the day.</summary>
    public List<Scene> Day()
    {
        var scenes = new List<Scene>();
        Day(scenes);
        return scenes;
    }

    /// <inheritdoc cref="Day()"/>
    public void Day(List<Scene> scenes)
    {
        scenes.Clear();
        var (start, end) = (plan.Local.StartOf(day), plan.Local.StartOf(day.AddDays(1)));
        Open();
        var done = 0;
        Follow(start);
        scenes.Add(Tell(start, false));
        for (var at = NextEdge(done); at < end; at = NextEdge(done))
        {
            done = Apply(at, done);
            if (!Follow(at))
                continue;
            if (at == start)
                scenes.Clear();
            scenes.Add(Tell(at, true));
        }

        edges.RemoveRange(0, done);
        day = day.AddDays(1);
    }

    /// <summary>What is open before the first day begins.</summary>
    private void Overnight(DateOnly before, long start)
    {
        foreach (var entry in plan.Entries)
        {
            windows.Clear();
            entry.WindowsOf(before, windows);
            foreach (var window in windows)
            {
                if (window.To < start)
                    continue;
                if (window.From < start)
                    open[entry.Index]++;
                else
                    edges.Add(new(window.From, entry.Index, true));
                edges.Add(new(window.To, entry.Index, false));
            }

            Set(entry.Index, open[entry.Index] > 0 && Any(entry));
        }
    }

    private void Open()
    {
        foreach (var entry in plan.Entries)
        {
            windows.Clear();
            entry.WindowsOf(day, windows);
            foreach (var window in windows)
            {
                edges.Add(new(window.From, entry.Index, true));
                edges.Add(new(window.To, entry.Index, false));
            }
        }

        edges.Sort();
    }

    private long NextEdge(int done)
    {
        var window = done < edges.Count ? edges[done].At : long.MaxValue;
        return nextItem < plan.ItemEdges.Length ? Math.Min(window, plan.ItemEdges[nextItem].At) : window;
    }

    /// <summary>Everything that happens at one instant, and only then who came or went.</summary>
    private int Apply(long at, int done)
    {
        for (; nextItem < plan.ItemEdges.Length && plan.ItemEdges[nextItem].At == at; nextItem++)
        {
            var item = plan.ItemEdges[nextItem].Item;
            allowed[item] = plan.Items[item].AllowedAt(at);
            foreach (var user in plan.UsersOf[item])
                Note(user, Touch.Item);
        }

        for (; done < edges.Count && edges[done].At == at; done++)
        {
            var (_, entry, opens) = edges[done];
            Note(entry, opens ? Touch.Opened : Touch.None);
            open[entry] += opens ? 1 : -1;
        }

        foreach (var index in touched)
        {
            var touch = touches[index];
            touches[index] = Touch.None;
            var entry = plan.Entries[index];
            var now = open[index] > 0 && Any(entry);
            var before = (touch & Touch.Live) != 0;
            Set(index, now);
            if (now ? !before || (touch & (Touch.Opened | Touch.Item)) != 0 : before)
                (entry.Voice is null ? changed : spoken)[entry.RankIndex] = at;
        }

        touched.Clear();
        return done;
    }

    private void Note(int entry, Touch touch)
    {
        if (touches[entry] == Touch.None)
        {
            touched.Add(entry);
            touches[entry] = Touch.Seen | (Has(entry) ? Touch.Live : Touch.None);
        }

        touches[entry] |= touch;
    }

    private bool Any(DueEntry entry)
    {
        foreach (var item in entry.Items)
        {
            if (allowed[item.Index])
                return true;
        }

        return false;
    }

    private bool Has(int entry) => (live[entry >> 6] & (1UL << (entry & 63))) != 0;

    private void Set(int entry, bool on)
    {
        var bit = 1UL << (entry & 63);
        live[entry >> 6] = on ? live[entry >> 6] | bit : live[entry >> 6] & ~bit;
    }

    private readonly record struct Edge(long At, int Entry, bool Opens) : IComparable<Edge>
    {
        public int CompareTo(Edge other) => At.CompareTo(other.At);
    }
}
