namespace BorderInfo.Contract.Plans;

/// <summary>Pure: lets scenes follow one another on the screen.</summary>
/// <remarks>
/// A higher tier cuts what is on, and so does an item that is no longer allowed. Otherwise the item on screen, with all its pages and languages, ends first.
/// What then begins starts with its first item if it became due meanwhile; else, as it ran on unseen, with the item whose turn it is, from that item's beginning.
/// </remarks>
internal sealed class ScreenPlay(Carry carry)
{
    private readonly List<Run> runs = [];
    private Run on = carry.On;
    private long lost = carry.Lost;
    private long over = carry.Over;

    public (Run[] Runs, Carry Out) Over(ReadOnlySpan<Scene> scenes, long end)
    {
        for (var i = 0; i < scenes.Length; i++)
        {
            var scene = scenes[i];
            if (on.Round is not null && scene.Edge)
                Meet(scene);
            else if (on.Round is null && scene.Round is not null)
                Begin(scene.From, scene, scene.From);
            var until = i + 1 < scenes.Length ? scenes[i + 1].From : end;
            if (over < until)
                Begin(over, scene, lost);
        }

        runs.Add(on);
        return ([.. runs], new(on, lost, over));
    }

    private void Meet(Scene scene)
    {
        if (scene.Round is { } round && scene.Anchor == on.Anchor && round.Same(on.Round!))
        {
            (lost, over) = (long.MaxValue, long.MaxValue);
            return;
        }

        var at = scene.From;
        var item = ItemEnd(at);
        if (scene.Tier < on.Round!.Tier || item <= at)
            Begin(at, scene, Math.Min(lost, at));
        else if (lost == long.MaxValue)
            (lost, over) = (at, item);
    }

    private void Begin(long at, Scene scene, long since)
    {
        if (on.From < at)
            runs.Add(on with { Until = at });
        (lost, over) = (long.MaxValue, long.MaxValue);
        if (scene.Round is not { } round)
        {
            on = Run.Nothing with { From = at };
            return;
        }

        var first = scene.Anchor >= since ? 0 : round.BlockStart(round.At((at - scene.Anchor) % round.Ticks));
        on = new(at, long.MaxValue, at - first, scene.Anchor, round);
    }

    /// <summary>When the item on screen at the instant ends or may no longer be shown; the instant itself when it ends just then.</summary>
    private long ItemEnd(long at)
    {
        var round = on.Round!;
        var offset = (at - on.Base) % round.Ticks;
        var slot = round.At(offset);
        if (offset == round.BlockStart(slot) && at > on.From)
            return at;
        var allowed = round[slot].Item.AllowedUntil(at);
        return Math.Min(at + round.BlockEnd(slot) - offset, allowed);
    }
}
