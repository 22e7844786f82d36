using BorderInfo.Contract;
using BorderInfo.Contract.Plans;

namespace BorderInfo.Agent.Play;

/// <summary>What an output shall show now, with the file already verified on the shelf.</summary>
/// <param name="Key">Identity of this showing; asking again for the same key changes nothing.</param>
/// <param name="Path">Absolute path of the file on the shelf; null = the built-in safe screen, or silence on a speaker.</param>
/// <param name="Kind">Ignored without a path.</param>
/// <param name="Offset">How far into a clip or speech to begin (joining in the middle after a restart).</param>
public sealed record Showing(string Key, string? Path, PartKind Kind, TimeSpan Offset);

/// <summary>What a player did. Instants are from the <see cref="TimeProvider"/>, stamps from its monotonic clock.</summary>
public abstract record PlayerNews(OutputId Output, DateTimeOffset At, long Stamp);

/// <summary>The first frame or sample of the showing is out.</summary>
public sealed record ShowingStarted(OutputId Output, DateTimeOffset At, long Stamp, string Key) : PlayerNews(Output, At, Stamp);

/// <summary>A grab of the real screen agreed with the still that is on air.</summary>
public sealed record ShowingSeen(OutputId Output, DateTimeOffset At, long Stamp, string Key) : PlayerNews(Output, At, Stamp);

/// <summary>The showing left the output: replaced, ended by itself, or <paramref name="Broken"/> (player died; <c>At</c> is the last instant it was known to run).</summary>
public sealed record ShowingEnded(OutputId Output, DateTimeOffset At, long Stamp, string Key, bool Broken) : PlayerNews(Output, At, Stamp);

/// <summary>The file cannot be played; the loop leaves it out and reports it.</summary>
public sealed record ShowingFailed(OutputId Output, DateTimeOffset At, long Stamp, string Key, string Why) : PlayerNews(Output, At, Stamp);

/// <summary>The player process was started anew (also the first time, with <paramref name="Restarts"/> 0).</summary>
public sealed record PlayerStarted(OutputId Output, DateTimeOffset At, long Stamp, int Restarts) : PlayerNews(Output, At, Stamp);

/// <summary>What the player says of itself when asked.</summary>
/// <param name="ScreenMissing">Why there is no display for it, in English; null = it is there, or the output needs none.</param>
public sealed record PlayerSight(bool Alive, string? Key, int Restarts, string? VideoOutput, bool GeometryOk, double? Luma, string? ScreenMissing = null);

/// <summary>One player process for one output, watched and started anew by itself. Never throws for what happens in the world.</summary>
public interface IPlayer : IAsyncDisposable
{
    OutputId Output { get; }

    /// <summary>Starts and keeps the process; returns at once.</summary>
    void Start();

    /// <summary>Makes the output show this; returns when the player has been told. The old picture stays until the new one is ready: never black between.</summary>
    Task Show(Showing showing, CancellationToken stop);

    /// <summary>Loads the next showing ahead of its time so that the change is seamless; a hint.</summary>
    Task Prepare(Showing next, CancellationToken stop);

    /// <summary>How loud from now on, 0–100, also through a restart of the process; ignored by screens. Saying the same again is harmless.</summary>
    Task SetVolume(int percent, CancellationToken stop);

    /// <summary>From what the process tells by itself and its last answer; asks it (2 s each at most) only where that is not as it should be.</summary>
    Task<PlayerSight> Look(CancellationToken stop);

    /// <summary>JPEG of what the real output shows (the screen itself where it can be grabbed), at most 480 px wide; null = cannot be had now.</summary>
    Task<byte[]?> Grab(CancellationToken stop);
}

/// <summary>Makes players for the outputs of a plan.</summary>
public interface IPlayerMaker
{
    /// <param name="news">Called from any thread, in order per output, must not block.</param>
    IPlayer Make(PlanOutput output, string clusterName, Action<PlayerNews> news);
}
