namespace BorderInfo.Contract.Plans;

/// <summary>The reasons of the book.</summary>
internal sealed partial class HourBook
{
    /// <summary>Why an entry of one of the stages may not come now, and when that is to be asked again if until then it does not come and the scene stays; null = it may.</summary>
    public (WhyStanding Standing, long Until)? Rests(DueEntry due, Stage[] stages, Stage stage, long at)
    {
        Turn(at);
        var pieces = stage.Round.Bill.Shared.FirstOrDefault(s => s.Due == due).Pieces ?? [.. stage.Round.Bill.Free.Where(p => p.Due == due)];
        var look = LookFor(stages, stage, at);
        if (Next(pieces, 0, ref look, long.MaxValue) < 0)
        {
            var open = new Look(at, hourEnds);
            return (Next(pieces, 0, ref open, long.MaxValue) < 0 ? WhyStanding.Paused : WhyStanding.Remainder, look.Again);
        }

        if (due.Pace.Share == 0)
            return null;
        look = LookFor(stages, stage, at);
        return ShareOf(new(stage.Rank, stage.Anchor, new([.. stage.Round.Slots.ToArray().Where(s => s.Due == due)])), ref look).Piece is null ? (WhyStanding.ShareGiven, look.Again) : null;
    }

    /// <summary>Whether an item that is in force may come.</summary>
    public WhyItemStanding Of(DueEntry due, DueItem item, Stage[] stages, Stage stage, long at)
    {
        Turn(at);
        var account = due.Pace.IsAny ? due.Account + Array.IndexOf(due.Items, item) : -1;
        if (account >= 0 && begun[account] >= due.Pace.Most)
            return WhyItemStanding.CapReached;
        if (account >= 0 && due.Pace.Gap > 0 && ended[account] + due.Pace.Gap > at)
            return WhyItemStanding.GapNotOver;
        var length = stage.Round.Bill.Free.Concat(stage.Round.Bill.Shared.SelectMany(s => s.Pieces)).FirstOrDefault(p => p.Due == due && p.Item == item)?.Ticks ?? 0;
        return at + length > LookFor(stages, stage, at).Fence ? WhyItemStanding.TooLong : WhyItemStanding.InForce;
    }

    private Look LookFor(Stage[] stages, Stage stage, long at)
    {
        var look = new Look(at, hourEnds) { ToTheTick = true };
        foreach (var better in stages.TakeWhile(s => s.Rank <= stage.Rank))
            look.Narrow(better, hour);
        return look;
    }
}

/// <summary>The stages of an instant with what the book says of them.</summary>
/// <param name="watch">Lets the play go on until it has seen when those that rest may come again.</param>
internal sealed class WhyPace(HourBook book, Stage[] stages, long now, PlanEntry? on, Func<IReadOnlyList<DueEntry>, Lookout> watch)
{
    private readonly Dictionary<DueEntry, WhyStanding?> rests = [];
    private Lookout? lookout;

    public bool Has(DueEntry due) => StageOf(due) is not null;

    /// <summary>Why it may not come now; null = it may.</summary>
    public WhyStanding? Rests(DueEntry due)
    {
        if (!rests.TryGetValue(due, out var known))
            rests[due] = known = StageOf(due) is { } stage ? book.Rests(due, stages, stage, now)?.Standing : null;
        return known;
    }

    /// <summary>When one that rests and is not on may come, or comes ahead of its time; null = not within <see cref="ScreenClock.Patience"/> days on which it is open.</summary>
    public long? ComesAt(DueEntry due) => (lookout ??= watch([.. Resting()])).ComesAt(due);

    private IEnumerable<DueEntry> Resting() =>
        stages.SelectMany(s => s.Round.Slots.ToArray()).Select(s => s.Due).Distinct().Where(d => d.Entry != on && Rests(d) is not null);

    public WhyItemStanding Of(DueEntry due, DueItem item) => StageOf(due) is { } stage ? book.Of(due, item, stages, stage, now) : WhyItemStanding.InForce;

    private Stage? StageOf(DueEntry due) => stages.FirstOrDefault(s => s.Rank == due.RankIndex && s.Round.Has(due));
}
