using BorderInfo.Contract;
using BorderInfo.Contract.Plans;

namespace BorderInfo.Tests.Contract.Plans;

/// <summary>
/// The rules of the clock a second time, as plainly as they can be said: a walk in steps of ten seconds from before anything was due,
/// remembering what is on. Knows only UTC+7 and nothing of edges, caches or searching.
/// </summary>
internal abstract class Oracle(PlayPlan plan, OutputId output)
{
    public static readonly TimeSpan Step = TimeSpan.FromSeconds(10);

    private readonly Dictionary<string, List<(PlanItem Item, PlanPart Part)>> known = [];

    /// <summary>What is on at a step; <c>Entry</c> null = nothing.</summary>
    public sealed record Seen(string? Entry, PlanPart? Part, long Item, DateTimeOffset From, bool Quiet);

    public static Oracle For(PlayPlan plan, OutputId output) => output == PlanKit.Loa ? new SpeakerOracle(plan, output) : new ScreenOracle(plan, output);

    protected PlanOutput Output { get; } = plan.Outputs.Single(o => o.Id == output);

    protected List<PlanEntry> Entries { get; } = [.. plan.Entries];

    public abstract Seen At(DateTimeOffset t);

    public IEnumerable<(DateTimeOffset At, Seen Seen)> Walk(DateTimeOffset from, DateTimeOffset to)
    {
        for (var t = from; t < to; t += Step)
            yield return (t, At(t));
    }

    /// <summary>Item by item, the output's languages and then no words, page by page.</summary>
    protected List<(PlanItem Item, PlanPart Part)> SlotsOf(PlanEntry entry)
    {
        if (known.TryGetValue(entry.Id, out var had))
            return had;
        var all = new List<(PlanItem, PlanPart)>();
        foreach (var id in entry.Items)
        {
            foreach (var language in (string[])["vi", "en", "zxx"])
            {
                for (var page = 1; page < 10; page++)
                {
                    var item = plan.Items.Single(i => i.Id == id);
                    all.AddRange(item.Parts.Where(p => p.Output == Output.Id && p.Language == language && p.Page == page).Select(p => (item, p)));
                }
            }
        }

        return known[entry.Id] = all;
    }

    /// <summary>The windows that hold the instant, by when they began and will end.</summary>
    protected static IEnumerable<(DateTimeOffset Began, DateTimeOffset Ends)> Open(PlanEntry entry, DateTimeOffset t)
    {
        foreach (var (began, ends, day) in OpenWindows(entry.Windows, t))
        {
            var flag = day.DayOfWeek == DayOfWeek.Sunday ? 64 : 1 << ((int)day.DayOfWeek - 1);
            var date = DateOnly.FromDateTime(day);
            if (t >= entry.Since && date >= entry.From && (entry.To is null || date <= entry.To) && ((int)entry.Weekdays & flag) != 0)
                yield return (began, ends);
        }
    }

    protected static IEnumerable<(DateTimeOffset Began, DateTimeOffset Ends, DateTime Day)> OpenWindows(IEnumerable<TimeWindow> windows, DateTimeOffset t)
    {
        var local = t.UtcDateTime.AddHours(7);
        foreach (var window in windows)
        {
            foreach (var day in (DateTime[])[local.Date.AddDays(-1), local.Date])
            {
                var began = day + window.From.ToTimeSpan();
                var ends = day + window.To.ToTimeSpan();
                if (ends <= began)
                    ends = ends.AddDays(1);
                if (began <= local && local < ends)
                    yield return (new(began.AddHours(-7), TimeSpan.Zero), new(ends.AddHours(-7), TimeSpan.Zero), day);
            }
        }
    }

    protected static bool Valid(PlanItem item, DateTimeOffset t) => item.ValidFrom <= t && t < item.ValidUntil;
}

internal sealed class ScreenOracle : Oracle
{
    private readonly Dictionary<(Tier, int, TargetWidth, bool), (string Members, DateTimeOffset Since)> rotations = [];
    private (string Entry, PlanPart? Part, DateTimeOffset Start) on;
    private Seen seen = new(null, null, 0, default, false);

    public ScreenOracle(PlayPlan plan, OutputId output)
        : base(plan, output)
    {
        Entries.Sort((a, b) => a.Since != b.Since ? b.Since.CompareTo(a.Since) : string.CompareOrdinal(a.Id, b.Id));
    }

    public override Seen At(DateTimeOffset t)
    {
        Seen? shown = null;
        foreach (var rank in Entries.GroupBy(e => (e.Tier, e.Number, e.Target, !e.OneOff)).OrderBy(g => g.Key))
        {
            var live = new List<(PlanEntry Entry, PlanItem Item, PlanPart Part)>();
            var opening = false;
            foreach (var entry in rank)
            {
                var open = Open(entry, t).ToArray();
                if (open.Length == 0)
                    continue;
                foreach (var (item, part) in SlotsOf(entry).Where(s => Valid(s.Item, t)))
                {
                    live.Add((entry, item, part));
                    opening |= open.Any(o => o.Began == t);
                }
            }

            var members = string.Join(",", live.Select(l => $"{l.Entry.Id}/{l.Item.Id}/{l.Part.Language}/{l.Part.Page}"));
            if (opening || !rotations.TryGetValue(rank.Key, out var rotation) || rotation.Members != members)
                rotations[rank.Key] = rotation = (members, t);
            if (live.Count > 0)
                shown ??= Turn(live, rotation.Since, t);
        }

        if (shown is null)
            on = default;
        return seen = shown ?? new(null, null, 0, default, false);
    }

    private Seen Turn(List<(PlanEntry Entry, PlanItem Item, PlanPart Part)> live, DateTimeOffset since, DateTimeOffset t)
    {
        var round = TimeSpan.FromMilliseconds(live.Sum(l => l.Part.DurationMs));
        for (var start = t - new TimeSpan((t - since).Ticks % round.Ticks); ;)
        {
            foreach (var (entry, item, part) in live)
            {
                var end = start.AddMilliseconds(part.DurationMs);
                if (t < end)
                {
                    var turn = (entry.Id, part, start);
                    var goesOn = turn == on && seen.Entry is not null;
                    on = turn;
                    return goesOn ? seen : new(entry.Id, part, item.Id.Number, t, false);
                }

                start = end;
            }
        }
    }
}

internal sealed class SpeakerOracle(PlayPlan plan, OutputId output) : Oracle(plan, output)
{
    private readonly Dictionary<(string Entry, DateTimeOffset Began, DateTimeOffset Ends), DateTimeOffset> firsts = [];
    private readonly List<Turn> waiting = [];
    private Turn? speaking;

    private sealed class Turn(PlanEntry entry, DateTimeOffset called, DateTimeOffset until)
    {
        public PlanEntry Entry { get; } = entry;

        public DateTimeOffset Called { get; } = called;

        public DateTimeOffset Until { get; } = until;

        public int Slot { get; set; }

        public DateTimeOffset Began { get; set; }

        public bool Emergency => Entry.Tier == Tier.Emergency;

        public int Rank => (Entry.Number * 100) + ((int)Entry.Target * 2) + (Entry.OneOff ? 0 : 1);
    }

    public override Seen At(DateTimeOffset t)
    {
        foreach (var entry in Entries)
            Call(entry, t);
        waiting.RemoveAll(w => w.Until <= t);
        if (speaking is not null && !GoesOn(speaking, t))
            speaking = null;
        var quiet = OpenWindows(Output.QuietHours, t).Any();
        if (speaking is { Emergency: false } && quiet)
            Again(t);
        Choose(t, quiet);
        if (speaking is null)
            return new(null, null, 0, default, quiet && waiting.Any(w => SlotsOf(w.Entry).Any(s => Valid(s.Item, t))));
        var (item, part) = SlotsOf(speaking.Entry)[speaking.Slot];
        return new(speaking.Entry.Id, part, item.Id.Number, speaking.Began, false);
    }

    private void Call(PlanEntry entry, DateTimeOffset t)
    {
        foreach (var window in Open(entry, t))
        {
            var key = (entry.Id, window.Began, window.Ends);
            if (!firsts.ContainsKey(key) && SlotsOf(entry).Any(s => Valid(s.Item, t)))
                firsts[key] = t;
            if (!firsts.TryGetValue(key, out var first))
                continue;
            if (entry.EveryMinutes is { } m ? (t - first).Ticks % TimeSpan.FromMinutes(m).Ticks == 0 : t == first)
                Add(new(entry, t, window.Ends));
        }
    }

    private void Add(Turn turn)
    {
        if (waiting.Find(w => w.Entry == turn.Entry) is { } had)
        {
            waiting.Remove(had);
            turn = new(turn.Entry, had.Called < turn.Called ? had.Called : turn.Called, had.Until > turn.Until ? had.Until : turn.Until);
        }

        waiting.Add(turn);
    }

    private void Again(DateTimeOffset t)
    {
        if (speaking!.Until > t)
            Add(new(speaking.Entry, speaking.Called, speaking.Until));
        speaking = null;
    }

    private void Choose(DateTimeOffset t, bool quiet)
    {
        var best = waiting
            .Where(w => (w.Emergency || !quiet) && SlotsOf(w.Entry).Any(s => Valid(s.Item, t)))
            .OrderBy(w => (w.Entry.Tier, w.Called, w.Rank)).ThenBy(w => w.Entry.Id, StringComparer.Ordinal)
            .FirstOrDefault();
        if (best is null || (speaking is not null && speaking.Entry.Tier <= best.Entry.Tier))
            return;
        if (speaking is not null)
            Again(t);
        waiting.RemoveAll(w => w.Entry == best.Entry);
        best.Slot = -1;
        Forward(best, t);
        speaking = best;
    }

    /// <summary>False when the text has been said to its end.</summary>
    private bool GoesOn(Turn turn, DateTimeOffset t)
    {
        var (item, part) = SlotsOf(turn.Entry)[turn.Slot];
        return (t < turn.Began.AddMilliseconds(part.DurationMs) && Valid(item, t)) || Forward(turn, t);
    }

    private bool Forward(Turn turn, DateTimeOffset t)
    {
        var slots = SlotsOf(turn.Entry);
        for (turn.Slot++; turn.Slot < slots.Count; turn.Slot++)
        {
            turn.Began = t;
            if (Valid(slots[turn.Slot].Item, t))
                return true;
        }

        return false;
    }
}
