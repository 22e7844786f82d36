namespace BorderInfo.Tests.Mqtt;

/// <summary>Waiting with a deadline and a name for what is waited for.</summary>
public static class Wait
{
    public static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    public static Task UntilAsync(Func<bool> holds, string what) => UntilAsync(() => Task.FromResult(holds()), what);

    public static async Task UntilAsync(Func<Task<bool>> holds, string what)
    {
        var end = DateTime.UtcNow + Deadline;
        while (!await holds())
        {
            if (DateTime.UtcNow > end)
                throw new TimeoutException($"Not within {Deadline.TotalSeconds} s: {what}.");
            await Task.Delay(20);
        }
    }

    /// <summary>So that a broken test fails instead of hanging.</summary>
    public static Task<T> InTime<T>(this Task<T> task) => task.WaitAsync(Deadline);

    public static Task InTime(this Task task) => task.WaitAsync(Deadline);
}

public static class Unique
{
    private static int _last;

    /// <summary>Client id and topic root no other test uses.</summary>
    public static string Id() => $"t{Environment.ProcessId}-{Interlocked.Increment(ref _last)}";
}
