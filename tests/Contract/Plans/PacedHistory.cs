using System.Numerics;
using BorderInfo.Contract;
using BorderInfo.Contract.Plans;
using static BorderInfo.Tests.Contract.Plans.ScreenOracle;

namespace BorderInfo.Tests.Contract.Plans;

/// <summary>Shares, caps and gaps a second time: everything that was ever shown is kept in a list, and every question is answered by reading the list.</summary>
internal sealed class PacedHistory(TimeSpan longest)
{
    private readonly List<Play> plays = [];
    private readonly Dictionary<(string Entry, DateTimeOffset Hour), long> open = [];
    private readonly Dictionary<(string Entry, DateTimeOffset Hour), BigInteger> owed = [];
    private readonly Dictionary<(string Entry, DateTimeOffset Hour), BigInteger> lost = [];
    private DateTimeOffset? since;
    private DateTimeOffset nextSlot;

    internal sealed record Play(IReadOnlyList<Live> Parts, Tier Tier, string Members, DateTimeOffset Rotation, DateTimeOffset From)
    {
        public PlanEntry Entry => Parts[0].Entry;

        public TimeSpan Length { get; } = TimeSpan.FromMilliseconds(Parts.Sum(p => p.Ms));

        public DateTimeOffset Ends { get; set; } = From.AddMilliseconds(Parts.Sum(p => p.Ms));
    }

    public static bool Paced(PlanEntry e) => (e.SharePercent ?? e.ShareSeconds ?? e.MostPerHour ?? e.LeastGapSeconds ?? e.SlotMinutes) is not null;

    /// <summary>A second begins in which the entries of these may come.</summary>
    public void Second(DateTimeOffset t, List<Rotation> stages)
    {
        since = stages.Count == 0 ? null : since ?? t;
        foreach (var entry in stages.SelectMany(s => s.Round.Select(l => l.Entry)).Where(e => Share(e) > 0).Distinct())
            open[(entry.Id, Hour(t))] = open.GetValueOrDefault((entry.Id, Hour(t))) + 1;
    }

    public void Began(Play play) => plays.Add(play);

    public void Cut(Play play, DateTimeOffset t)
    {
        var key = (play.Entry.Id, Hour(t));
        lost[key] = lost.GetValueOrDefault(key) + Ticks(play.Ends - t);
        play.Ends = t;
    }

    public Play? Choose(DateTimeOffset t, List<Rotation> stages)
    {
        BigInteger owing = 0;
        (Play Play, BigInteger Over, BigInteger Under)? early = null;
        var slots = new List<DateTimeOffset>();
        foreach (var stage in stages)
        {
            slots.AddRange(stage.Round.Where(l => l.Entry.SlotMinutes is not null).Select(l => Hour(t).AddMinutes((((t - Hour(t)).Ticks / TimeSpan.FromMinutes(l.Entry.SlotMinutes!.Value).Ticks) + 1) * l.Entry.SlotMinutes!.Value)));
            nextSlot = slots.DefaultIfEmpty(DateTimeOffset.MaxValue).Min();
            (Play Play, BigInteger Over, BigInteger Under)? behind = null;
            foreach (var pieces in Pieces(stage).Where(p => Share(p[0].Entry) > 0).GroupBy(p => p[0].Entry.Id))
            {
                var entry = pieces.First()[0].Entry;
                var been = Open(entry, Hour(t));
                var of = been + Ticks(Hour(t).AddHours(1) - t);
                var (all, given) = (Owed(entry.Id, Share(entry), Hour(t)) + (Share(entry) * of), 3600 * Given(entry.Id, Hour(t)));
                if (all <= given)
                    continue;
                owing += all - given;
                if (Next(stage, [.. pieces], t, null) is not { } next)
                    continue;
                var ends = (((given + (3600 * Ticks(next.Length))) * of) - (been * all), all);
                if (given * of > all * been)
                    early = Sooner(early, (next, ends.Item1, ends.all));
                else
                    behind = Sooner(behind, (next, ends.Item1, ends.all));
            }

            if (behind is { } due)
                return due.Play;
            IReadOnlyList<Live>[] free = [.. Pieces(stage).Where(p => Share(p[0].Entry) == 0)];
            if (Next(stage, free, t, owing > 0 ? (3600 * Ticks(Hour(t).AddHours(1) - t)) - owing : null) is { } fits)
                return fits;
            if (Next(stage, free, t, null) is { } next_)
                return early?.Play ?? next_;
        }

        return null;
    }

    private static (Play, BigInteger, BigInteger) Sooner((Play, BigInteger Over, BigInteger Under)? a, (Play, BigInteger Over, BigInteger Under) b) =>
        a is { } had && had.Over * b.Under <= b.Over * had.Under ? had : b;

    private Play? Next(Rotation stage, IReadOnlyList<Live>[] pieces, DateTimeOffset t, BigInteger? room)
    {
        if (pieces.Length == 0)
            return null;
        var first = First(stage, pieces, t);
        return Enumerable.Range(0, pieces.Length).Select(i => pieces[(first + i) % pieces.Length])
            .Select(p => new Play(p, stage.Tier, stage.Members, stage.Since, t))
            .FirstOrDefault(p => (room is null || 3600 * Ticks(p.Length) <= room) && MayCome(p, t));
    }

    /// <summary>After the piece of this list that was shown last since the rotation began; else the first; where nothing has a pace the one whose turn it is.</summary>
    private int First(Rotation stage, IReadOnlyList<Live>[] pieces, DateTimeOffset t)
    {
        for (var i = plays.Count - 1; i >= 0 && plays[i].From >= stage.Since; i--)
        {
            var at = Array.FindIndex(pieces, p => Same(p, plays[i].Parts));
            if (at >= 0 && plays[i].Members == stage.Members && plays[i].Rotation == stage.Since && (stage.Paced || plays[i].From >= since))
                return at + 1;
        }

        if (stage.Paced)
            return 0;
        var (index, _) = stage.TurnAt(t, stage.Since);
        while (!stage.Opens(index))
            index--;
        return Array.FindIndex(pieces, p => ReferenceEquals(p[0], stage.Round[index]));
    }

    private static bool Same(IReadOnlyList<Live> a, IReadOnlyList<Live> b) => a[0].Entry.Id == b[0].Entry.Id && a[0].Place == b[0].Place;

    private bool MayCome(Play play, DateTimeOffset t)
    {
        var entry = play.Entry;
        if (play.Ends > nextSlot)
            return false;
        if (!Paced(entry))
            return true;
        var begun = 0;
        for (var i = plays.Count - 1; i >= 0 && (plays[i].From >= Hour(t) || plays[i].Ends.AddSeconds(entry.LeastGapSeconds ?? 0) > t); i--)
        {
            if (plays[i].Entry.Id != entry.Id || plays[i].Parts[0].Item.Id != play.Parts[0].Item.Id)
                continue;
            if (entry.LeastGapSeconds is { } gap && plays[i].Ends.AddSeconds(gap) > t)
                return false;
            begun += plays[i].From >= Hour(t) ? 1 : 0;
        }

        return entry.MostPerHour is not { } most || begun < most;
    }

    private static List<IReadOnlyList<Live>> Pieces(Rotation stage)
    {
        var pieces = new List<List<Live>>();
        for (var i = 0; i < stage.Round.Count; i++)
        {
            if (stage.Opens(i))
                pieces.Add([]);
            pieces[^1].Add(stage.Round[i]);
        }

        return [.. pieces];
    }

    private static int Share(PlanEntry e) => e.SharePercent is { } percent ? percent * 36 : e.ShareSeconds ?? 0;

    /// <summary>Until now; the second that begins is counted already.</summary>
    private BigInteger Open(PlanEntry e, DateTimeOffset hour) => (open[(e.Id, hour)] - 1) * TimeSpan.TicksPerSecond;

    private BigInteger Given(string entry, DateTimeOffset hour)
    {
        BigInteger given = -lost.GetValueOrDefault((entry, hour));
        for (var i = plays.Count - 1; i >= 0 && plays[i].From >= hour; i--)
            given += plays[i].Entry.Id == entry && plays[i].From < hour.AddHours(1) ? Ticks(plays[i].Length) : 0;
        return given;
    }

    /// <summary>What the hour before gave too little (or, below nothing, too much), at most the longest item; nothing when it was away for that hour.</summary>
    private BigInteger Owed(string entry, int share, DateTimeOffset hour)
    {
        if (owed.TryGetValue((entry, hour), out var known))
            return known;
        var before = hour.AddHours(-1);
        var been = open.GetValueOrDefault((entry, before)) * TimeSpan.TicksPerSecond;
        var given = Given(entry, before);
        if (been == 0 && given == 0)
            return owed[(entry, hour)] = 0;
        var left = Owed(entry, share, before) + ((BigInteger)share * been) - (3600 * given);
        return owed[(entry, hour)] = BigInteger.Min(BigInteger.Max(left, -3600 * Ticks(longest)), 3600 * Ticks(longest));
    }

    private static BigInteger Ticks(TimeSpan time) => time.Ticks;

    private static DateTimeOffset Hour(DateTimeOffset t) => t.AddTicks(-(t.UtcTicks % TimeSpan.TicksPerHour));
}
