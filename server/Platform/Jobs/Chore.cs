namespace BorderInfo.Server.Platform.Jobs;

/// <summary>
/// A periodic duty of the server: sweeping, forgetting, backing up. Made anew with a scope of its own for every run.
/// </summary>
/// <remarks>
/// A chore finds out by itself what is due, so one run too many does nothing and a run that was missed is made up by the next. It never runs beside itself.
/// An exception ends the run, is logged once (<c>1071</c>), and the next run comes in its time.
/// </remarks>
public interface IChore
{
    Task Run(CancellationToken stop);
}

/// <summary>When a chore runs.</summary>
/// <param name="Name">Slice and duty, for example <c>proof.forget-plays</c>; stands in the log.</param>
/// <param name="Every">Pause from the end of a run to the beginning of the next.</param>
/// <param name="First">Pause from the start of the server to the first run.</param>
public sealed record ChoreTime(string Name, TimeSpan Every, TimeSpan First);
