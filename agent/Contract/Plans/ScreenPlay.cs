namespace BorderInfo.Contract.Plans;

/// <summary>Pure: lets scenes follow one another on the screen.</summary>
/// <remarks>
/// A higher tier cuts what is on, and so does an item that is no longer allowed. Otherwise the item on screen, with all its pages and languages, ends first.
/// What then begins starts with its first item if it became due meanwhile; else, as it ran on unseen, with the item whose turn it is, from that item's beginning.
/// What is in step with a voice cuts its equals too and, uncovered later, joins where the voice is.
/// Where an entry has a pace nothing runs on unseen: when an item ends, the <see cref="HourBook"/> says what comes.
/// </remarks>
internal sealed class ScreenPlay
{
    private readonly List<Run> runs = [];
    private readonly HourBook? book;
    private Run on;
    private long lost;
    private long over;

    /// <summary>Null = nobody asks when those that rest may come.</summary>
    public Lookout? Lookout { get; init; }

    public ScreenPlay(OutputPlan plan, Carry carry)
    {
        (on, lost, over) = (carry.On, carry.Lost, carry.Over);
        book = plan.IsPaced ? carry.Book?.Copy() ?? new(plan) : null;
    }

    /// <param name="start">Of the day.</param>
    /// <param name="end">Of the day or of what is asked for.</param>
    public (Run[] Runs, Carry Out) Over(ReadOnlySpan<Scene> scenes, long start, long dayEnds, long end)
    {
        book?.Day(start, dayEnds);
        for (var i = 0; i < scenes.Length && scenes[i].From < end; i++)
        {
            var scene = scenes[i];
            Lookout?.Until(book!, scene.From);
            book?.Enter(scene);
            Lookout?.Enter(scene);
            if (on.Round is not null && scene.Edge)
                Meet(scene);
            else if (on.Round is null && scene.Round is not null)
                Begin(scene.From, scene, scene.From);
            var until = i + 1 < scenes.Length ? Math.Min(end, scenes[i + 1].From) : end;
            while (over < until && Lookout is not { IsDone: true })
            {
                Lookout?.Until(book!, over);
                Begin(over, scene, lost);
            }
        }

        Lookout?.Until(book!, end);
        runs.Add(on);
        return ([.. runs], new(on, lost, over, book));
    }

    private void Meet(Scene scene)
    {
        if (on.Round!.Piece is null && scene is { Stages: null, Round: { } round } && scene.Anchor == on.Anchor && round.Same(on.Round))
        {
            (lost, over) = (long.MaxValue, long.MaxValue);
            return;
        }

        var at = scene.From;
        var item = ItemEnd(at);
        if (TierAt(at, scene) < on.Round.Tier || item <= at || IsSaid(at, scene))
            Begin(at, scene, Math.Min(lost, at));
        else if (scene.Stages is not null && on.Round.Piece is not null)
            lost = long.MaxValue;
        else if (lost == long.MaxValue)
            (lost, over) = (at, item);
    }

    /// <summary>A voice begins: among equals its screen waits for nobody.</summary>
    private bool IsSaid(long at, Scene scene) => scene.Round is { IsInStep: true } && scene.Anchor == at && scene.Tier == on.Round!.Tier;

    /// <summary>Of what would begin.</summary>
    private Tier TierAt(long at, Scene scene) => scene.Stages is { } stages ? book!.Choose(at, stages).Piece?.Round.Tier ?? Tier.SafeScreen : scene.Tier;

    private void Begin(long at, Scene scene, long since)
    {
        if (on.Round?.Piece is { } cut && at < on.From + cut.Ticks)
            book!.Cut(cut, at, on.From + cut.Ticks - at);
        var choice = scene.Stages is { } stages ? book!.Choose(at, stages) : default;
        (lost, over) = (long.MaxValue, scene.Stages is null ? long.MaxValue : choice.Again);
        if (choice.Piece is null && (scene.Stages is not null || scene.Round is null))
        {
            if (on.Round is not null)
                Follow(Run.Nothing with { From = at });
        }
        else if (choice is { Piece: { } piece, Stage: { } stage })
        {
            book!.Take(choice, at);
            Lookout?.Began(piece.Due, at);
            over = Math.Min(at + piece.Ticks, piece.Item.AllowedUntil(at));
            Follow(new(at, long.MaxValue, at, stage.Anchor, piece.Round));
        }
        else if (scene.Round is { } round)
        {
            var first = round.IsInStep ? (at - scene.Anchor) % round.Ticks : scene.Anchor >= since ? 0 : round.BlockStart(round.At((at - scene.Anchor) % round.Ticks));
            Follow(new(at, long.MaxValue, at - first, scene.Anchor, round));
        }
    }

    private void Follow(Run next)
    {
        if (on.From < next.From)
            runs.Add(on with { Until = next.From });
        on = next;
    }

    /// <summary>When the item on screen at the instant ends or may no longer be shown; the instant itself when it ends just then.</summary>
    private long ItemEnd(long at)
    {
        var round = on.Round!;
        if (round.Piece is not null)
            return over;
        var offset = (at - on.Base) % round.Ticks;
        var slot = round.At(offset);
        if (offset == round.BlockStart(slot) && at > on.From)
            return at;
        var allowed = round[slot].Item.AllowedUntil(at);
        return Math.Min(at + round.BlockEnd(slot) - offset, allowed);
    }
}
