using System.Collections.Concurrent;
using BorderInfo.Agent.Loops;
using BorderInfo.Agent.Time;
using BorderInfo.Contract;
using BorderInfo.Contract.Plans;

namespace BorderInfo.Agent.Link;

/// <summary>Pictures of what the outputs really show: after each change, if need be later: at most one per output in twenty seconds, none while the line is slow; and at a technician's word.</summary>
public sealed class Screens : IDisposable
{
    public static readonly TimeSpan Every = TimeSpan.FromSeconds(20);

    /// <summary>Longer than a fade, so that the new picture is whole.</summary>
    private static readonly TimeSpan Settle = TimeSpan.FromSeconds(1.5);

    private static readonly TimeSpan Slow = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan RestWhenSlow = TimeSpan.FromMinutes(2);

    /// <summary>Outputs whose change has no picture yet; a change that must wait is not forgotten, so the last picture is always of what is on.</summary>
    private readonly ConcurrentDictionary<OutputId, bool> owed = new();
    private readonly ConcurrentDictionary<OutputId, long> sent = new();
    private readonly AirLoop air;
    private readonly ServerDoor door;
    private readonly SiteClock clock;
    private readonly Alarm alarm;
    private long restFrom;

    public Screens(AirLoop air, ServerDoor door, SiteClock clock)
    {
        (this.air, this.door, this.clock, alarm) = (air, door, clock, new(clock.Time));
        air.PartStarted += Changed;
    }

    /// <summary>Set by the link; no pictures are taken without one.</summary>
    public bool LinkIsUp { get; set; }

    public async Task Run(Action good, CancellationToken stop)
    {
        while (true)
        {
            good();
            if (Due() is not { } output)
            {
                await alarm.Wait(Pause(), stop);
                continue;
            }

            await Task.Delay(Settle, clock.Time, stop);
            owed.TryRemove(output.Output.Id, out _);
            sent[output.Output.Id] = clock.Stamp;
            if (!await Send(output, stop))
                owed[output.Output.Id] = true;
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
        if (output.Output.Kind == OutputKind.Speaker)
            return;
        owed[output.Output.Id] = true;
        alarm.Ring();
    }

    private AirOutput? Due() => LinkIsUp && Rested() ? Owed.FirstOrDefault(o => Left(o) <= TimeSpan.Zero) : null;

    private IEnumerable<AirOutput> Owed => air.Outputs.Where(o => owed.ContainsKey(o.Output.Id));

    /// <summary>Until the next picture may be due, 1–20 s; a change cuts it short.</summary>
    private TimeSpan Pause() => LinkIsUp && Owed.Any() ? TimeSpan.FromSeconds(Math.Clamp(Owed.Min(o => Left(o).TotalSeconds), 1, Every.TotalSeconds)) : Every;

    private bool Rested() => Volatile.Read(ref restFrom) is var rest && (rest == 0 || clock.Between(rest, clock.Stamp) >= RestWhenSlow);

    private TimeSpan Left(AirOutput output) => sent.TryGetValue(output.Output.Id, out var last) ? Every - clock.Between(last, clock.Stamp) : TimeSpan.Zero;
}
