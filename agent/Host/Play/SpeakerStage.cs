using BorderInfo.Contract.Plans;

namespace BorderInfo.Agent.Play;

/// <summary>Speech, and the sound of clips, on a loudspeaker line. Idle is silence.</summary>
internal sealed class SpeakerStage(MpvIpc ipc) : MpvStage(ipc)
{
    // Source: mpv_error_string(MPV_ERROR_AO_INIT_FAILED); seen with no server and with an unknown sink.
    private const string NoDevice = "audio output initialization failed";

    private (long Entry, Showing Showing)? pending;
    private (long Entry, Showing Showing)? announced;

    public override Task Open() => Task.CompletedTask;

    public override async Task<StageSign?> Tell(Showing showing, Showing? held)
    {
        (pending, announced) = (null, null);
        if (showing.Path is null)
            return (await Ipc.Ask("stop")).Ok ? new(Sign.Started, showing.Key) : null;
        if (await Load(showing.Path, showing.Offset, "replace") is var entry and not 0)
            pending = (entry, showing);
        return null;
    }

    public override Task Prepare(Showing next) => Task.CompletedTask;

    public override async Task<StageSign?> Read(MpvEvent told)
    {
        if (told.Name == "start-file")
            Playing = told.Entry;
        return told.Name switch
        {
            "playback-restart" => await FirstSample(),
            "end-file" => Ended(told),
            _ => null,
        };
    }

    public override async Task GiveUp()
    {
        pending = null;
        await Ipc.Ask("stop");
    }

    // mpv says "playback-restart" also when no sound device can be opened; the end of the file follows at once.
    private async Task<StageSign?> FirstSample()
    {
        if (pending is not { } ready || ready.Entry != Playing || !(await Ipc.Ask("get_property", "current-ao")).Ok)
            return null;
        (announced, pending) = (ready, null);
        return new(Sign.Started, ready.Showing.Key);
    }

    private StageSign? Ended(MpvEvent told)
    {
        var (reason, why) = (told.Text("reason"), told.Text("file_error"));
        if (reason == "error" && why == NoDevice)
            return new(Sign.Sick, "", why);
        if (announced is { } running && running.Entry == told.Entry)
            return reason == "eof" ? new(Sign.Ended, running.Showing.Key) : new(Sign.BrokeOff, running.Showing.Key, why);
        if (pending is not { } waiting || waiting.Entry != told.Entry)
            return null;
        pending = null;
        return reason == "eof" && waiting.Showing.Offset > TimeSpan.Zero
            ? new(Sign.Ended, waiting.Showing.Key)
            : new(Sign.Failed, waiting.Showing.Key, why.Length == 0 ? "no sound in it" : why);
    }
}
