namespace BorderInfo.Agent.Loops;

/// <summary>A sleep that can be cut short. Rings during a turn are kept and cut the next sleep. For one sleeper.</summary>
public sealed class Alarm(TimeProvider time)
{
    private readonly Lock gate = new();
    private TaskCompletionSource? sleeper;
    private bool rung;

    /// <summary>From any thread; never blocks.</summary>
    public void Ring()
    {
        lock (gate)
        {
            rung = true;
            sleeper?.TrySetResult();
        }
    }

    /// <exception cref="OperationCanceledException">Stopped.</exception>
    public async Task Wait(TimeSpan span, CancellationToken stop)
    {
        var woken = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (gate)
        {
            sleeper = woken;
            if (rung)
                woken.TrySetResult();
        }

        if (!woken.Task.IsCompleted)
            await Sleep(woken, span, stop);
        lock (gate)
            (sleeper, rung) = (null, false);
        stop.ThrowIfCancellationRequested();
    }

    // No race of tasks with a cancelled loser: that costs an exception at each sleep, and this is what an idle agent does all day.
    private async Task Sleep(TaskCompletionSource woken, TimeSpan span, CancellationToken stop)
    {
        await using var timer = time.CreateTimer(Wake, woken, span, Timeout.InfiniteTimeSpan);
        await using var stopped = stop.UnsafeRegister(Wake, woken);
        await woken.Task;
    }

    private static void Wake(object? sleeper) => ((TaskCompletionSource)sleeper!).TrySetResult();
}
