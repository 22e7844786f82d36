using BorderInfo.Contract;
using BorderInfo.Contract.Plans;

namespace BorderInfo.Tests.Contract.Plans;

/// <summary>Knows nothing of Mondays: what is due first in a random plan is so in the week it is asked about, after nothing was, which is a sure cut.</summary>
internal sealed class ScreenOracle : Oracle
{
    private readonly Dictionary<(Tier, int, TargetWidth, bool), (string Members, DateTimeOffset Since)> rotations = [];
    private readonly PacedHistory history;
    private readonly Oracle? voice;
    private Seen? said;
    private DateTimeOffset saidSince;
    private List<Rotation> stages = [];
    private string signature = "";
    private Rotation? on;
    private PacedHistory.Play? play;
    private DateTimeOffset? lost;
    private Seen seen = new(null, null, 0, default, false);

    public ScreenOracle(PlayPlan plan, OutputId output)
        : base(plan, output)
    {
        voice = plan.Entries.Any(e => e.InStep) ? For(plan, PlanKit.Loa) : null;
        history = new(Longest());
        Entries.Sort((a, b) => a.Since != b.Since ? b.Since.CompareTo(a.Since) : string.CompareOrdinal(a.Id, b.Id));
    }

    internal sealed record Live(PlanEntry Entry, int Place, PlanItem Item, PlanPart Part, int Ms);

    /// <summary>What is due by rank, and what is on.</summary>
    internal sealed record Rotation(List<Live> Round, string Members, Tier Tier, DateTimeOffset Since)
    {
        public bool Paced { get; } = Round.Any(l => PacedHistory.Paced(l.Entry));

        public bool InStep { get; } = Round.Any(l => l.Entry.InStep);

        /// <summary>When its first part would have begun.</summary>
        public DateTimeOffset Base { get; set; }

        public DateTimeOffset Began { get; set; }

        public (int Index, DateTimeOffset Start) TurnAt(DateTimeOffset t, DateTimeOffset from)
        {
            var round = TimeSpan.FromMilliseconds(Round.Sum(l => l.Ms));
            var start = t - new TimeSpan((t - from).Ticks % round.Ticks);
            for (var i = 0; ; i++)
            {
                var end = start.AddMilliseconds(Round[i].Ms);
                if (t < end)
                    return (i, start);
                start = end;
            }
        }

        /// <summary>True when the part is the first of its item.</summary>
        public bool Opens(int index) => index == 0 || (Round[index].Entry, Round[index].Place) != (Round[index - 1].Entry, Round[index - 1].Place);
    }

    public override Seen At(DateTimeOffset t)
    {
        var edge = false;
        if (t.UtcTicks % Step.Ticks == 0)
        {
            Hear(t);
            stages = Stages(t);
            var now = string.Join("|", stages.Select(s => $"{s.Members} {s.Since:s}"));
            (edge, signature) = (now != signature, now);
        }

        var due = stages.FirstOrDefault();
        history.Second(t, due is { Paced: true } ? stages : []);
        if (play is not null)
            Meet(play, due, t, edge);
        else if (on is not null)
            Meet(on, due, t, edge);
        else if (due is not null)
            Begin(due, t, t);
        if (play is not null)
            return Told(play.Parts, play.From, t);
        if (on is null)
            return seen = new(null, null, 0, default, false);
        var (turn, from) = on.TurnAt(t, on.Base);
        var live = on.Round[turn];
        return seen = new(live.Entry.Id, live.Part, live.Item.Id.Number, from < on.Began ? on.Began : from, false);
    }

    /// <summary>What the loudspeaker says, and since when it says this item.</summary>
    private void Hear(DateTimeOffset t)
    {
        if (voice is null)
            return;
        var (before, now) = (said, voice.At(t));
        if (now.Entry != before?.Entry || now.Item != before?.Item || (now.From == t && voice.SlotsOf(Entries.Single(e => e.Id == now.Entry)).First(s => s.Item.Id.Number == now.Item).Part == now.Part))
            saidSince = t;
        said = now;
    }

    /// <summary>The screen's parts of what is said of an entry in step, as long as the words.</summary>
    private IEnumerable<(int Place, PlanItem Item, PlanPart Part, int Ms)> Said(PlanEntry entry, int item)
    {
        var left = Once(voice!, entry, item).Sum(s => s.Part.DurationMs);
        var parts = Once(this, entry, item);
        foreach (var (place, shown, part) in parts)
        {
            var ms = part == parts[^1].Part ? left : Math.Min(left, part.DurationMs);
            if (ms > 0)
                yield return (place, shown, part, ms);
            left -= ms;
        }
    }

    /// <summary>The parts of one turn of the item; none where it cannot be shown or said.</summary>
    private static (int Place, PlanItem Item, PlanPart Part)[] Once(Oracle at, PlanEntry entry, int item) =>
        [.. at.SlotsOf(entry).Where(s => s.Item.Id.Number == item).GroupBy(s => s.Place).FirstOrDefault() ?? Enumerable.Empty<(int, PlanItem, PlanPart)>()];

    /// <summary>A single piece is on, chosen by the history.</summary>
    private void Meet(PacedHistory.Play on, Rotation? due, DateTimeOffset t, bool edge)
    {
        var higher = due is { Paced: true } ? edge && history.Choose(t, stages)?.Tier < on.Tier : due is not null && due.Tier < on.Tier;
        if (higher || IsSaid(due, on.Tier, t) || t >= on.Ends || !Valid(on.Entry, on.Parts[0].Item, t))
            Begin(due, t, lost ?? t);
        else
            lost = due is { Paced: true } ? null : lost ?? t;
    }

    private void Meet(Rotation on, Rotation? due, DateTimeOffset t, bool edge)
    {
        var same = due is not null && (due.Tier, due.Members, due.Since) == (on.Tier, on.Members, on.Since);
        var (index, start) = on.TurnAt(t, on.Base);
        var ended = t > on.Began && start == t && on.Opens(index);
        var higher = due is { Paced: true } ? edge && history.Choose(t, stages)?.Tier < on.Tier : due is not null && due.Tier < on.Tier;
        if (same)
            lost = null;
        else if (higher || IsSaid(due, on.Tier, t) || ended || !Valid(on.Round[index].Entry, on.Round[index].Item, t))
            Begin(due, t, lost ?? t);
        else
            lost ??= t;
    }

    private static bool IsSaid(Rotation? due, Tier on, DateTimeOffset t) => due is { InStep: true } && due.Since == t && due.Tier == on;

    private Seen Told(IReadOnlyList<Live> parts, DateTimeOffset from, DateTimeOffset t)
    {
        var i = 0;
        for (; t >= from.AddMilliseconds(parts[i].Ms); i++)
            from = from.AddMilliseconds(parts[i].Ms);
        return seen = new(parts[i].Entry.Id, parts[i].Part, parts[i].Item.Id.Number, from, false);
    }

    private void Begin(Rotation? due, DateTimeOffset t, DateTimeOffset since)
    {
        if (play is not null && t < play.Ends)
            history.Cut(play, t);
        (on, play, lost) = (due, null, null);
        if (due is { Paced: true })
        {
            (on, play) = (null, history.Choose(t, stages));
            if (play is not null)
                history.Began(play);
            return;
        }

        if (due is null)
            return;
        due.Began = due.Base = t;
        if (due.InStep)
        {
            due.Base = due.Since;
            return;
        }

        if (due.Since >= since)
            return;
        var (index, _) = due.TurnAt(t, due.Since);
        while (!due.Opens(index))
            index--;
        due.Base = t - TimeSpan.FromMilliseconds(due.Round.Take(index).Sum(l => l.Ms));
    }

    /// <summary>The best rank with something to show, and below one with a pace the next, down to the first without.</summary>
    private List<Rotation> Stages(DateTimeOffset t)
    {
        var stages = new List<Rotation>();
        foreach (var rank in Entries.GroupBy(e => (e.Tier, e.Number, e.Target, !e.OneOff)).OrderBy(g => g.Key))
        {
            var live = new List<Live>();
            var opening = false;
            foreach (var entry in rank)
            {
                if (entry.InStep)
                {
                    live.AddRange(said?.Entry == entry.Id ? Said(entry, (int)said.Item).Where(s => Valid(entry, s.Item, t)).Select(s => new Live(entry, s.Place, s.Item, s.Part, s.Ms)) : []);
                    opening |= said?.Entry == entry.Id && saidSince == t;
                    continue;
                }

                var open = Open(entry, t).ToArray();
                if (open.Length == 0)
                    continue;
                foreach (var (place, item, part) in SlotsOf(entry).Where(s => Valid(entry, s.Item, t)))
                {
                    live.Add(new(entry, place, item, part, part.DurationMs));
                    opening |= open.Any(o => o.Began == t);
                }
            }

            if (live.Exists(l => l.Entry.InStep))
            {
                live.RemoveAll(l => !l.Entry.InStep);
                opening = saidSince == t;
            }
            var members = string.Join(",", live.Select(l => $"{l.Entry.Id}/{l.Place}/{l.Item.Id}/{l.Part.Language}/{l.Part.Page}"));
            if (opening || !rotations.TryGetValue(rank.Key, out var rotation) || rotation.Members != members)
                rotations[rank.Key] = rotation = (members, t);
            if (live.Count > 0 && (stages.All(s => s.Paced) || stages.Exists(s => s.Round.Exists(l => l.Entry.SlotMinutes is not null))) && (stages.Count == 0 || !live[0].Entry.InStep))
                stages.Add(new(live, $"{rank.Key}: {members}", rank.Key.Tier, rotation.Since));
        }

        return stages;
    }

    /// <summary>The longest item of any entry, all its pages and languages.</summary>
    private TimeSpan Longest() => TimeSpan.FromMilliseconds(Entries.SelectMany(e => e.InStep
        ? e.Items.Select(i => Said(e, (int)i.Number).Sum(s => s.Ms))
        : SlotsOf(e).GroupBy(s => s.Place).Select(g => g.Sum(s => s.Part.DurationMs))).DefaultIfEmpty().Max());
}
