using System.Globalization;
using System.Text.Json.Nodes;
using BorderInfo.Contract.Plans;

namespace BorderInfo.Agent.Play;

internal enum Sign
{
    /// <summary>First frame or sample is out.</summary>
    Started,

    /// <summary>Came to its own end.</summary>
    Ended,

    /// <summary>Could not be started.</summary>
    Failed,

    /// <summary>Broke off in the middle.</summary>
    BrokeOff,

    /// <summary>The player has no display or no sound device: not the file's fault, start it anew.</summary>
    Sick,
}

internal sealed record StageSign(Sign Kind, string Key, string Why = "");

/// <summary>One life of an mpv, told in showings instead of playlist entries. Used under the player's turn only, never by two at once.</summary>
internal abstract class MpvStage(MpvIpc ipc)
{
    /// <summary>What is shown before anybody asked for anything.</summary>
    public static readonly Showing Unasked = new("", null, PartKind.Still, TimeSpan.Zero);

    protected MpvIpc Ipc => ipc;

    /// <summary>mpv's id of the entry it is at; 0 = none.</summary>
    protected long Playing { get; set; }

    public abstract Task Open();

    /// <summary>Begins the change; its success or failure comes later as a sign, or at once.</summary>
    /// <param name="held">What the output goes back to when this fails; null = the safe screen.</param>
    public abstract Task<StageSign?> Tell(Showing showing, Showing? held);

    public abstract Task Prepare(Showing next);

    public abstract Task<StageSign?> Read(MpvEvent told);

    /// <summary>Leaves what is not getting ready and goes back to what was held.</summary>
    public abstract Task GiveUp();

    /// <summary>mpv's id of the new entry; 0 when mpv did not take it.</summary>
    protected async Task<long> Load(string path, TimeSpan offset, string how)
    {
        var answer = await Ipc.AskNamed(new()
        {
            ["name"] = "loadfile",
            ["url"] = path,
            ["flags"] = how,
            ["options"] = new JsonObject { ["start"] = offset.TotalSeconds.ToString("0.000", CultureInfo.InvariantCulture) },
        });
        return answer.Ok ? answer.Value?["playlist_entry_id"]?.GetValue<long>() ?? 0 : 0;
    }
}
