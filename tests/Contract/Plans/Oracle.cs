using BorderInfo.Contract;
using BorderInfo.Contract.Calendars;
using BorderInfo.Contract.Plans;

namespace BorderInfo.Tests.Contract.Plans;

/// <summary>
/// The rules of the clock a second time, as plainly as they can be said: a walk in steps of ten seconds from before anything was due,
/// remembering what is on. Knows only UTC+7 and nothing of edges, caches or searching.
/// </summary>
internal abstract class Oracle(PlayPlan plan, OutputId output)
{
    public static readonly TimeSpan Step = TimeSpan.FromSeconds(10);

    /// <summary>Pauses of an entry with a pace end on any second.</summary>
    public static readonly TimeSpan PacedStep = TimeSpan.FromSeconds(1);

    private readonly Dictionary<string, List<(int Place, PlanItem Item, PlanPart Part)>> known = [];

    /// <summary>What is on at a step; <c>Entry</c> null = nothing.</summary>
    public sealed record Seen(string? Entry, PlanPart? Part, long Item, DateTimeOffset From, bool Quiet)
    {
        /// <summary>0 but on a loudspeaker with something on.</summary>
        public int Volume { get; init; }
    }

    public static Oracle For(PlayPlan plan, OutputId output) => output == PlanKit.Loa ? new SpeakerOracle(plan, output) : new ScreenOracle(plan, output);

    protected PlanOutput Output { get; } = plan.Outputs.Single(o => o.Id == output);

    protected List<PlanEntry> Entries { get; } = [.. plan.Entries];

    public abstract Seen At(DateTimeOffset t);

    public IEnumerable<(DateTimeOffset At, Seen Seen)> Walk(DateTimeOffset from, DateTimeOffset to, TimeSpan step)
    {
        for (var t = from; t < to; t += step)
            yield return (t, At(t));
    }

    /// <summary>What one round of the entry is made of: item by item, each with its parts.</summary>
    /// <returns>Places count the turns of the round, so an item with a weight has several.</returns>
    public List<(int Place, PlanItem Item, PlanPart Part)> SlotsOf(PlanEntry entry)
    {
        if (known.TryGetValue(entry.Id, out var had))
            return had;
        var (all, turns) = (new List<(int, PlanItem, PlanPart)>(), 0);
        foreach (var turn in RoundOracle.Turns(entry))
        {
            var (place, item) = (turns++, plan.Items.Single(i => i.Id == entry.Items[turn]));
            all.AddRange(RoundOracle.PartsOf(item, Output).Select(p => (place, item, p)));
        }

        return known[entry.Id] = all;
    }

    /// <summary>The windows that hold the instant, by when they began and will end.</summary>
    protected static IEnumerable<(DateTimeOffset Began, DateTimeOffset Ends)> Open(PlanEntry entry, DateTimeOffset t)
    {
        if (entry.Days?.Solar is { Rule: "FREQ=HOURLY;INTERVAL=7" } hourly)
        {
            foreach (var window in ByTheHour(entry, hourly, t))
                yield return window;
            yield break;
        }

        foreach (var (began, ends, day) in OpenWindows(entry.Windows, t))
        {
            var flag = day.DayOfWeek == DayOfWeek.Sunday ? 64 : 1 << ((int)day.DayOfWeek - 1);
            var date = DateOnly.FromDateTime(day);
            if (t >= entry.Since && date >= entry.From && (entry.To is null || date <= entry.To) && ((int)entry.Weekdays & flag) != 0 && Ruled(entry.Days, date))
                yield return (began, ends);
        }
    }

    /// <summary>The rules of <see cref="RandomPlans"/>, said once more. 2026-11-11 is a day of Sửu.</summary>
    private static bool Ruled(DayRule? rule, DateOnly day) => rule switch
    {
        null => true,
        { Solar: { } solar } => (day.DayNumber - solar.Start.DayNumber is > 0 and var n && n % 2 == 0) || rule.Additions.Contains(day),
        { Market: not null } => (day.DayNumber - new DateOnly(2026, 11, 11).DayNumber) % 12 is 0 or 6 or 3,
        _ => day == new DateOnly(2026, 11, 22),
    };

    private static IEnumerable<(DateTimeOffset Began, DateTimeOffset Ends)> ByTheHour(PlanEntry entry, SolarRule rule, DateTimeOffset t)
    {
        for (var start = rule.Start.ToDateTime(rule.StartTime); start <= t.UtcDateTime.AddHours(7); start = start.AddHours(7))
        {
            var (began, date) = (new DateTimeOffset(start, TimeSpan.FromHours(7)).ToUniversalTime(), DateOnly.FromDateTime(start));
            var flag = date.DayOfWeek == DayOfWeek.Sunday ? 64 : 1 << ((int)date.DayOfWeek - 1);
            if (t >= entry.Since && t < began + entry.Windows[0].Length && date >= entry.From && (entry.To is null || date <= entry.To) && ((int)entry.Weekdays & flag) != 0)
                yield return (began, began + entry.Windows[0].Length);
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

    /// <summary>In force, in one of its times where it has any, and no stop of its theme holds it; what is urgent no stop holds.</summary>
    protected bool Valid(PlanEntry entry, PlanItem item, DateTimeOffset t) =>
        item.ValidFrom <= t && t < item.ValidUntil && (item.Times.Count == 0 || item.Times.Any(a => a.From <= t && t < a.Until))
        && (entry.Tier == Tier.Emergency || item.Class == BulletinClass.Emergency || !plan.Stops.Any(s => s.From <= t && t < s.Until && s.Themes.Any(theme => RoundOracle.Alike(theme, item.Theme))));
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
        var quiet = OpenWindows(Output.QuietHours, t).Any() || RulesAt(t).Any(r => r.VolumePercent is null);
        if (speaking is { Emergency: false } && quiet)
            Again(t);
        Choose(t, quiet);
        if (speaking is null)
            return new(null, null, 0, default, quiet && waiting.Any(w => SlotsOf(w.Entry).Any(s => Valid(w.Entry, s.Item, t))));
        var (_, item, part) = SlotsOf(speaking.Entry)[speaking.Slot];
        return new(speaking.Entry.Id, part, item.Id.Number, speaking.Began, false)
        {
            Volume = speaking.Emergency ? Output.VolumePercent : RulesAt(t).Select(r => r.VolumePercent).OfType<int>().Append(Output.VolumePercent).Min(),
        };
    }

    /// <summary>The quiet rules that hold, by the day on which their window began.</summary>
    private IEnumerable<QuietRule> RulesAt(DateTimeOffset t) => Output.QuietRules.Where(r => OpenWindows([r.Window], t).Any(w =>
        DateOnly.FromDateTime(w.Day) is var day && (r.From is null || r.From <= day) && (r.To is null || day <= r.To) && r.Weekdays.ToString().Split(", ").Any(d => d == "All" || d == w.Day.DayOfWeek.ToString())));

    private void Call(PlanEntry entry, DateTimeOffset t)
    {
        foreach (var window in Open(entry, t))
        {
            var key = (entry.Id, window.Began, window.Ends);
            if (!firsts.ContainsKey(key) && SlotsOf(entry).Any(s => Valid(entry, s.Item, t)))
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
            .Where(w => (w.Emergency || !quiet) && SlotsOf(w.Entry).Any(s => Valid(w.Entry, s.Item, t)))
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
        var (_, item, part) = SlotsOf(turn.Entry)[turn.Slot];
        return (t < turn.Began.AddMilliseconds(part.DurationMs) && Valid(turn.Entry, item, t)) || Forward(turn, t);
    }

    private bool Forward(Turn turn, DateTimeOffset t)
    {
        var slots = SlotsOf(turn.Entry);
        for (turn.Slot++; turn.Slot < slots.Count; turn.Slot++)
        {
            turn.Began = t;
            if (Valid(turn.Entry, slots[turn.Slot].Item, t))
                return true;
        }

        return false;
    }
}
