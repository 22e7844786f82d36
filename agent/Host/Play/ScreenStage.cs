using BorderInfo.Contract.Plans;

namespace BorderInfo.Agent.Play;

/// <summary>
/// Pictures and clips. The playlist is <c>[on air, new, rest]</c> during a change and <c>[on air]</c> or <c>[on air, prepared]</c> otherwise:
/// mpv holds the last frame between entries, and a new file that cannot be opened falls through to the rest (the old picture).
/// </summary>
internal sealed class ScreenStage(MpvIpc ipc, SafeScreen safe) : MpvStage(ipc)
{
    private readonly Dictionary<long, Showing> entries = [];
    private long announced;
    private long pending;
    private long rest;
    private (long Entry, Showing Showing)? prepared;
    private Showing? toPrepare;
    private StageSign? suspected;

    /// <summary>What mpv then tells by itself nobody has to ask for again and again (<see cref="MpvIpc.Observed"/>).</summary>
    public override async Task Open()
    {
        foreach (var (id, property) in new[] { (1, "eof-reached"), (2, "current-vo"), (3, "osd-width"), (4, "osd-height") })
            await Ipc.Ask("observe_property", id, property);
    }

    public override async Task<StageSign?> Tell(Showing showing, Showing? held)
    {
        if (showing.Path is null && IsSafeOnAir())
            return Rename(showing);
        var wasIdle = await IsIdle();
        var entry = prepared is { } ready && ready.Showing == showing ? ready.Entry : await AppendAlone(showing);
        (prepared, toPrepare) = (null, null);
        if (entry == 0)
            return null;

        (pending, entries[entry]) = (entry, showing);
        rest = await Append(held ?? Unasked, "append");
        if (showing.Path is not null)
            await Ipc.Ask("osd-overlay", 1, "none", "", 0, 0, 0);
        if (!wasIdle)
            await Ipc.Ask("playlist-next", "force");
        return null;
    }

    public override async Task Prepare(Showing next)
    {
        if (next.Path is null || prepared?.Showing == next)
            return;
        toPrepare = next;
        if (pending == 0 && announced == Playing)
            await PrepareNow();
    }

    public override async Task<StageSign?> Read(MpvEvent told)
    {
        switch (told.Name)
        {
            case "start-file":
                Playing = told.Entry;
                return null;
            case "playback-restart":
                return await FirstFrame();
            case "end-file":
                return told.Text("reason") == "error" ? await Broken(told.Entry, told.Text("file_error")) : null;
            case "property-change":
                return told.Text("name") == "eof-reached" && told.Text("data") == "true" ? AtItsEnd() : null;
            case "idle":
                return await IsIdle() ? await Bare("nothing left to play") : null;
            default:
                return null;
        }
    }

    public override async Task GiveUp()
    {
        pending = 0;
        await Ipc.Ask("playlist-next", "force");
    }

    private bool IsSafeOnAir() => pending == 0 && announced != 0 && announced == Playing && entries[announced].Path is null;

    // Events lag behind; whether mpv is idle at this moment only mpv can say.
    private async Task<bool> IsIdle() => (await Ipc.Ask("get_property", "idle-active")).Value?.GetValue<bool>() ?? false;

    private StageSign Rename(Showing showing)
    {
        entries[announced] = showing;
        return new(Sign.Started, showing.Key);
    }

    // A file whose picture cannot be decoded is "loaded" and "restarted" all the same: only video-params tell.
    private async Task<StageSign?> FirstFrame()
    {
        if (Playing == announced || (Playing != pending && Playing != rest))
            return null;
        var picture = await Ipc.Ask("get_property", "video-params/w");
        if (picture.Ok)
            return await Announce();
        return picture.IsFromMpv ? await NoPicture() : null;
    }

    private async Task<StageSign?> Announce()
    {
        var asked = Playing == pending;
        var showing = entries[Playing];
        (announced, pending, rest) = (Playing, 0, 0);
        entries.Clear();
        entries[announced] = showing;
        await Ipc.Ask("playlist-clear");
        await Ipc.Ask("set_property", "force-window", true);
        if (showing.Path is null)
            await Ipc.Ask("osd-overlay", 1, "ass-events", safe.Overlay, safe.WidthPx, safe.HeightPx, 0);
        if (toPrepare is not null)
            await PrepareNow();
        var verdict = asked ? new(Sign.Started, showing.Key) : suspected;
        suspected = null;
        return verdict;
    }

    private async Task<StageSign?> NoPicture()
    {
        const string Why = "no picture can be decoded";
        if (Playing != pending)
            return await Bare(Why);
        var key = entries[pending].Key;
        await GiveUp();
        return new(Sign.Failed, key, Why);
    }

    private async Task<StageSign?> Broken(long entry, string why)
    {
        if (entry == pending)
            return PendingBroken(why);
        if (entry == rest && announced == 0)
            return new(Sign.Sick, "", why);
        return entry == announced || entry == rest ? await Bare(why) : null;
    }

    // Without a display every file ends with "no audio or video data played". As long as this mpv has shown nothing yet,
    // the rest behind decides: if it fails as well, the file is not to blame.
    private StageSign? PendingBroken(string why)
    {
        var showing = entries[pending];
        pending = 0;
        if (showing.Path is null)
            return new(Sign.Sick, "", why);
        var failed = new StageSign(Sign.Failed, showing.Key, why);
        if (announced != 0)
            return failed;
        suspected = failed;
        return null;
    }

    private StageSign? AtItsEnd() => Playing == announced && entries.TryGetValue(announced, out var showing) && showing is { Kind: PartKind.Clip, Path: not null }
        ? new(Sign.Ended, showing.Key) : null;

    // What was on air, or should have come back, is gone: the safe screen, at once.
    private async Task<StageSign?> Bare(string why)
    {
        if (announced == 0 && rest == 0)
            return null;
        var key = entries.TryGetValue(rest != 0 ? rest : announced, out var gone) ? gone.Key : "";
        (announced, rest, prepared) = (0, 0, null);
        pending = await Append(Unasked, "replace");
        return new(Sign.BrokeOff, key, why);
    }

    private async Task PrepareNow()
    {
        var next = toPrepare!;
        toPrepare = null;
        if (await AppendAlone(next) is var entry and not 0)
            prepared = (entry, next);
    }

    private async Task<long> AppendAlone(Showing showing)
    {
        await Ipc.Ask("playlist-clear");
        return await Append(showing, "append-play");
    }

    private async Task<long> Append(Showing showing, string how)
    {
        var entry = await Load(showing.Path ?? safe.Path, showing.Kind == PartKind.Clip ? showing.Offset : TimeSpan.Zero, how);
        if (entry != 0)
            entries[entry] = showing;
        return entry;
    }
}
