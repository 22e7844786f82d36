using BorderInfo.Agent.Play;
using BorderInfo.Agent.Proof;
using BorderInfo.Agent.Store;
using BorderInfo.Agent.Time;
using BorderInfo.Contract;
using BorderInfo.Contract.Plans;

namespace BorderInfo.Agent.Loops;

/// <summary>What the outputs work with.</summary>
public sealed record AirTools(
    SiteClock Clock, Shelf Shelf, ShelfCheck Check, Quarantine Quarantine, PlayJournal Plays, SiteEvents Events, IPlayerMaker Players, ILogger<AirLoop> Log);

/// <summary>
/// What must be on air: one worker per output, over the plan that is active. Outputs that a new plan leaves as they were keep their players.
/// </summary>
public sealed partial class AirLoop(AirTools tools) : IAsyncDisposable
{
    private readonly SemaphoreSlim changing = new(1);
    private readonly Dictionary<OutputId, AirOutput> outputs = [];
    private readonly Alarm alarm = new(tools.Clock.Time);
    private volatile AirPlan? current;
    private volatile IReadOnlyList<AirOutput> all = [];

    /// <summary>A part came on at an output; from the players' threads.</summary>
    public event Action<AirOutput, OnAir>? PartStarted;

    public PlayPlan? Plan => current?.Plan;

    public IReadOnlyList<AirOutput> Outputs => all;

    /// <summary>Files of the plan on air that are not on the shelf.</summary>
    public IReadOnlyList<PlanFile> Missing => current?.Missing ?? [];

    internal string ClusterName => current?.Plan.ClusterName ?? "";

    /// <summary>What the plan says, files there or not.</summary>
    public OnAir? Said(OutputId output, DateTimeOffset now) => current?.Said.At(output, now);

    /// <summary>Puts a plan on air; completes when every output has turned to it, or after ten seconds.</summary>
    public async Task Adopt(PlayPlan plan, CancellationToken stop)
    {
        await changing.WaitAsync(stop);
        try
        {
            var next = new AirPlan(plan);
            next.Reconsider(tools.Shelf, tools.Quarantine);
            current = next;
            await DropOthers(plan);
            foreach (var output in plan.Outputs)
            {
                if (!outputs.ContainsKey(output.Id))
                    outputs[output.Id] = new AirOutput(output, this, tools);
            }

            all = [.. plan.Outputs.Select(o => outputs[o.Id])];
            foreach (var file in plan.Files)
                tools.Check.Ask(file, urgent: false);
            Log.Adopted(tools.Log, plan.Number, plan.Outputs.Count, plan.Entries.Count, next.Missing.Count);
        }
        finally
        {
            changing.Release();
        }

        var turns = Task.WhenAll(all.Select(o => o.Reconsider()));
        await Task.WhenAny(turns, Task.Delay(TimeSpan.FromSeconds(10), tools.Clock.Time, stop));
    }

    /// <summary>Files came or went: think again about what can be played. From any thread.</summary>
    public void ShelfChanged() => alarm.Ring();

    /// <summary>Follows the shelf and has its files hashed again. The outputs run by themselves.</summary>
    public async Task Run(Action good, CancellationToken stop)
    {
        tools.Shelf.Changed += ShelfChanged;
        try
        {
            while (true)
            {
                current?.Reconsider(tools.Shelf, tools.Quarantine);
                foreach (var output in all)
                    _ = output.Reconsider();
                if (current is { } on)
                    tools.Check.Again(on.Plan.Files);
                good();
                await alarm.Wait(TimeSpan.FromSeconds(15), stop);
            }
        }
        finally
        {
            tools.Shelf.Changed -= ShelfChanged;
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var output in outputs.Values)
            await output.DisposeAsync();
        outputs.Clear();
        all = [];
        changing.Dispose();
    }

    internal OnAir Playable(OutputId output, DateTimeOffset now) => current!.Playable.At(output, now);

    internal PlanFile? FileOf(PlanPart part) => current?.FileOf(part);

    internal void Started(AirOutput output, OnAir air) => PartStarted?.Invoke(output, air);

    private async Task DropOthers(PlayPlan plan)
    {
        foreach (var old in outputs.Values.ToArray())
        {
            if (plan.Outputs.Any(o => SamePlace(o, old.Output)))
                continue;
            outputs.Remove(old.Output.Id);
            await old.DisposeAsync();
        }
    }

    private static bool SamePlace(PlanOutput a, PlanOutput b) =>
        (a.Id, a.Kind, a.Screen, a.X, a.Y, a.WidthPx, a.HeightPx, a.VolumePercent) == (b.Id, b.Kind, b.Screen, b.X, b.Y, b.WidthPx, b.HeightPx, b.VolumePercent);

    private static partial class Log
    {
        [LoggerMessage(4331, LogLevel.Information, "{Plan} on air: {Outputs} outputs, {Entries} entries, {Missing} files missing")]
        public static partial void Adopted(ILogger log, PlanNumber plan, int outputs, int entries, int missing);
    }
}
