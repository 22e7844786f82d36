using System.Threading.Channels;
using BorderInfo.Agent.Loops;
using BorderInfo.Agent.Store;

namespace BorderInfo.Agent.Proof;

/// <summary>
/// Steps that must reach the disk, in order. Posting never blocks; a step that the disk does not take is tried again every two seconds, so a full or read-only disk
/// costs nothing as long as the memory holds <see cref="Most"/> steps. Beyond that steps are lost, counted and told.
/// </summary>
public sealed partial class DurableQueue(TimeProvider time, ILogger<DurableQueue> log)
{
    public const int Most = 100_000;

    private readonly Channel<Action> steps = Channel.CreateUnbounded<Action>(new() { SingleReader = true });
    private readonly Alarm alarm = new(time);
    private int waiting;
    private long lost;

    /// <summary>Why the step at the head cannot be written; null = all is well.</summary>
    public string? Failing { get; private set; }

    public int Waiting => Volatile.Read(ref waiting);

    public long Lost => Interlocked.Read(ref lost);

    /// <summary>After each step that was written.</summary>
    public event Action? Written;

    /// <param name="step">May throw <see cref="StoreFault"/> as long as it has changed nothing then.</param>
    public void Post(Action step)
    {
        if (Interlocked.Increment(ref waiting) <= Most && steps.Writer.TryWrite(step))
        {
            alarm.Ring();
            return;
        }

        Interlocked.Decrement(ref waiting);
        if (Interlocked.Increment(ref lost) == 1)
            Log.Losing(log);
    }

    /// <summary>Completes when everything posted before is written.</summary>
    public Task Flush()
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Post(done.SetResult);
        return done.Task;
    }

    public async Task Run(Action good, CancellationToken stop)
    {
        while (true)
        {
            good();
            await WriteNext(stop);
            await alarm.Wait(TimeSpan.FromSeconds(5), stop);
        }
    }

    /// <summary>At the end of the program: every step once more, without waiting for a better disk.</summary>
    public void Drain()
    {
        while (steps.Reader.TryRead(out var step))
        {
            Interlocked.Decrement(ref waiting);
            try
            {
                step();
            }
            catch (StoreFault e)
            {
                Log.LostAtEnd(log, e.Message);
            }
        }
    }

    private async Task WriteNext(CancellationToken stop)
    {
        while (steps.Reader.TryPeek(out var step))
        {
            try
            {
                step();
                Done();
            }
            catch (StoreFault e)
            {
                if (Failing is null)
                    Log.Failing(log, e.Message);
                Failing = e.Message;
                await Task.Delay(TimeSpan.FromSeconds(2), time, stop);
            }
            catch
            {
                Done();
                throw;
            }
        }
    }

    private void Done()
    {
        steps.Reader.TryRead(out _);
        Interlocked.Decrement(ref waiting);
        if (Failing is not null)
            Log.WellAgain(log, Waiting);
        Failing = null;
        Written?.Invoke();
    }

    private static partial class Log
    {
        [LoggerMessage(4201, LogLevel.Error, "The journal cannot be written and is held in memory: {Why}")]
        public static partial void Failing(ILogger log, string why);

        [LoggerMessage(4202, LogLevel.Information, "The journal is written again, {Waiting} steps still waiting")]
        public static partial void WellAgain(ILogger log, int waiting);

        [LoggerMessage(4203, LogLevel.Error, "The journal's memory is full: records are being lost")]
        public static partial void Losing(ILogger log);

        [LoggerMessage(4204, LogLevel.Error, "A journal step was lost at the end of the program: {Why}")]
        public static partial void LostAtEnd(ILogger log, string why);
    }
}
