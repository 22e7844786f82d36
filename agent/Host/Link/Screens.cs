using System.Collections.Concurrent;
using System.Threading.Channels;
using BorderInfo.Agent.Loops;
using BorderInfo.Agent.Time;
using BorderInfo.Contract;
using BorderInfo.Contract.Plans;

namespace BorderInfo.Agent.Link;

/// <summary>Pictures of what the outputs really show: after each change, at most one per output in twenty seconds, none while the line is slow; and at a technician's word.</summary>
public sealed class Screens : IDisposable
{
    public static readonly TimeSpan Every = TimeSpan.FromSeconds(20);

    /// <summary>Longer than a fade, so that the new picture is whole.</summary>
    private static readonly TimeSpan Settle = TimeSpan.FromSeconds(1.5);

    private static readonly TimeSpan Slow = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan RestWhenSlow = TimeSpan.FromMinutes(2);

    private readonly Channel<AirOutput> changes = Channel.CreateBounded<AirOutput>(new BoundedChannelOptions(64) { FullMode = BoundedChannelFullMode.DropOldest });
    private readonly ConcurrentDictionary<OutputId, long> sent = new();
    private readonly AirLoop air;
    private readonly ServerDoor door;
    private readonly SiteClock clock;
    private long restFrom;

    public Screens(AirLoop air, ServerDoor door, SiteClock clock)
    {
        (this.air, this.door, this.clock) = (air, door, clock);
        air.PartStarted += Changed;
    }

    /// <summary>Set by the link; no pictures are taken without one.</summary>
    public bool LinkIsUp { get; set; }

    public async Task Run(Action good, CancellationToken stop)
    {
        while (true)
        {
            good();
            using var look = CancellationTokenSource.CreateLinkedTokenSource(stop);
            var ready = changes.Reader.WaitToReadAsync(look.Token).AsTask();
            await Task.WhenAny(ready, Task.Delay(TimeSpan.FromSeconds(20), clock.Time, look.Token));
            if (changes.Reader.TryRead(out var output) && Due(output))
            {
                await Task.Delay(Settle, clock.Time, stop);
                sent[output.Output.Id] = clock.Stamp;
                await Send(output, stop);
            }

            await look.CancelAsync();
            await ((Task)ready).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            stop.ThrowIfCancellationRequested();
        }
    }

    /// <summary>False: no picture can be had, or it could not be sent.</summary>
    public async Task<bool> Send(AirOutput output, CancellationToken stop)
    {
        var at = clock.Now;
        var shown = output.Asked?.Air;
        if (await output.Grab(stop) is not { } jpeg)
            return false;
        var took = await door.SendScreen(output.Output.Id, jpeg, shown?.Item?.Id, shown?.Item?.Version ?? 0, shown?.Part?.Page ?? 0, at, stop);
        if (took is null || took > Slow)
            Volatile.Write(ref restFrom, clock.Stamp);
        return took is not null;
    }

    public void Dispose() => air.PartStarted -= Changed;

    private void Changed(AirOutput output, OnAir shown)
    {
        if (output.Output.Kind != OutputKind.Speaker && LinkIsUp)
            changes.Writer.TryWrite(output);
    }

    private bool Due(AirOutput output)
    {
        var rest = Volatile.Read(ref restFrom);
        return LinkIsUp
            && (rest == 0 || clock.Between(rest, clock.Stamp) >= RestWhenSlow)
            && (!sent.TryGetValue(output.Output.Id, out var last) || clock.Between(last, clock.Stamp) >= Every);
    }
}
