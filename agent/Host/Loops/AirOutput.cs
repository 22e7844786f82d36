using BorderInfo.Agent.Play;
using BorderInfo.Agent.Proof;
using BorderInfo.Agent.Store;
using BorderInfo.Agent.Time;
using BorderInfo.Contract;
using BorderInfo.Contract.Messages;
using BorderInfo.Contract.Plans;

namespace BorderInfo.Agent.Loops;

/// <summary>What an output was last asked for. <see cref="Air"/> is null for the safe screen or silence.</summary>
public sealed record Asked(string Key, OnAir? Air);

/// <summary>
/// One output and its player: asks the clock, tells the player at the exact change, sleeps until the next. Waits for nobody but its own player.
/// </summary>
public sealed partial class AirOutput : IAsyncDisposable
{
    /// <summary>A jump of the wall clock is noticed this late at most.</summary>
    private static readonly TimeSpan LongestSleep = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan PrepareAhead = TimeSpan.FromSeconds(10);

    private readonly AirLoop loop;
    private readonly AirTools tools;
    private readonly Alarm alarm;
    private readonly CancellationTokenSource stop = new();
    private readonly Task running;
    private IPlayer player;
    private volatile Asked? asked;
    private string? prepared;
    private int? loud;
    private volatile bool restart;
    private volatile string? endedKey;
    private TaskCompletionSource? turned;

    internal AirOutput(PlanOutput output, AirLoop loop, AirTools tools)
    {
        (Output, this.loop, this.tools) = (output, loop, tools);
        alarm = new Alarm(tools.Clock.Time);
        player = Make();
        running = Task.Run(Run);
    }

    public PlanOutput Output { get; }

    /// <summary>What the player was last told; null = nothing yet.</summary>
    public Asked? Asked => asked;

    /// <summary>Turns that ended in a bug.</summary>
    public long Bugs { get; private set; }

    /// <summary>Completes after the next turn.</summary>
    internal Task Reconsider()
    {
        var next = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var before = Interlocked.Exchange(ref turned, next);
        before?.TrySetResult();
        alarm.Ring();
        return next.Task;
    }

    /// <summary>The player process is started anew at the next turn.</summary>
    public void RestartPlayer()
    {
        restart = true;
        alarm.Ring();
    }

    /// <summary>True when the player shows what it was asked for, or has nothing to show because it ended by itself or was asked for nothing.</summary>
    public bool ShowsWhatWasAsked(PlayerSight sight) =>
        asked is not { } now || sight.Key == now.Key || (sight.Key is null && ((now.Air is null && Output.Kind == OutputKind.Speaker) || endedKey == now.Key));

    public Task<PlayerSight> Look(CancellationToken cancel) => player.Look(cancel);

    public Task<byte[]?> Grab(CancellationToken cancel) => player.Grab(cancel);

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await player.DisposeAsync();
        stop.Dispose();
    }

    private async Task Run()
    {
        while (!stop.IsCancellationRequested)
        {
            var sleep = LongestSleep;
            try
            {
                sleep = await Turn();
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                Bugs++;
                asked = null;
                Log.TurnFailed(tools.Log, e, Output.Id);
            }

            Interlocked.Exchange(ref turned, null)?.TrySetResult();
            await alarm.Wait(sleep, stop.Token);
        }
    }

    /// <summary>Returns how long nothing can change.</summary>
    private async Task<TimeSpan> Turn()
    {
        if (restart)
            await MakeAnew();
        var now = tools.Clock.Now;
        var air = Wanted(now);
        await Loudness(air);
        if (air.Part is null)
            await Ask(new Asked("safe", null), new Showing("safe", null, PartKind.Still, TimeSpan.Zero));
        else if (await ReadyNow(air, TryKeyOf(air)))
            await Ask(new Asked(TryKeyOf(air), air), Showing(air, now));
        else if (asked is null || Withdrawn(asked))
            await Ask(new Asked("safe", null), new Showing("safe", null, PartKind.Still, TimeSpan.Zero));
        await PrepareNext(air);
        var until = air.VolumeUntil > now && air.VolumeUntil < air.Until ? air.VolumeUntil : air.Until;
        var left = until - tools.Clock.Now;
        var look = tools.Clock.Time.UntilNext(LongestSleep);
        return left >= look ? look : left > TimeSpan.FromMilliseconds(1) ? left : TimeSpan.FromMilliseconds(1);
    }

    /// <summary>What can be played; loudspeakers are silent while the clock is false, but for emergencies.</summary>
    private OnAir Wanted(DateTimeOffset now)
    {
        var air = loop.Playable(Output.Id, now);
        return Output.Kind == OutputKind.Speaker && air.Part is not null && air.Tier != Tier.Emergency && tools.Clock.Trust == ClockTrust.False
            ? air with { Entry = null, Item = null, Part = null, Tier = Tier.SafeScreen }
            : air;
    }

    /// <summary>Before anything sounds, and when a quiet rule begins or ends while it does.</summary>
    private async Task Loudness(OnAir air)
    {
        if (Output.Kind != OutputKind.Speaker || air.Part is null || loud == air.VolumePercent)
            return;
        await player.SetVolume(air.VolumePercent, stop.Token);
        loud = air.VolumePercent;
    }

    private async Task Ask(Asked next, Showing showing)
    {
        if (asked?.Key == next.Key)
            return;
        if (next.Air is { } air && loop.Plan is { } plan)
        {
            tools.Plays.Expect(Output.Id, next.Key, air, plan.Number);
            Log.Shows(tools.Log, plan.Number, Output.Id, air.Item!.Id, air.Item.Version, air.Part!.Page, air.Entry!.Id);
        }

        asked = next;
        await player.Show(showing, stop.Token);
    }

    private async Task PrepareNext(OnAir air)
    {
        if (air.Until == DateTimeOffset.MaxValue || air.Until - tools.Clock.Now > PrepareAhead)
            return;
        var next = Wanted(air.Until);
        var key = TryKeyOf(next);
        if (next.Part is null || prepared == key || !await ReadyNow(next, key))
            return;
        prepared = key;
        await player.Prepare(Showing(next, next.From), stop.Token);
    }

    /// <summary>As <see cref="Ready"/>; what is small is hashed once more before each showing, for a file may be swapped without a trace in its dates.</summary>
    private async Task<bool> ReadyNow(OnAir air, string key)
    {
        if (!Ready(air, urgent: true, out var file) || file is null)
            return false;
        if (asked?.Key == key || file.Size > Shelf.SmallBytes)
            return true;
        try
        {
            return await tools.Shelf.Check(file, stop.Token);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Fail(air.Part!, e.Message);
            return false;
        }
    }

    /// <summary>The plan on air no longer holds what is being shown; it goes even though its successor is not ready.</summary>
    private bool Withdrawn(Asked shown) => shown.Air?.Item is { } item && loop.Plan is { } plan && !plan.Items.Any(i => (i.Id, i.Version) == (item.Id, item.Version));

    private bool Ready(OnAir air, bool urgent, out PlanFile? file)
    {
        if ((file = loop.FileOf(air.Part!)) is null)
            return false;
        var state = tools.Shelf.Look(file);
        if (state == OnShelf.Unchecked)
            tools.Check.Ask(file, urgent);
        else if (state == OnShelf.Missing)
            loop.ShelfChanged();
        return state == OnShelf.Ready;
    }

    private Showing Showing(OnAir air, DateTimeOffset now)
    {
        var into = now - air.From;
        var joined = air.Part!.Kind != PartKind.Still && into > TimeSpan.FromMilliseconds(500);
        return new(TryKeyOf(air), tools.Shelf.PathOf(air.Part.File), air.Part.Kind, joined ? into : TimeSpan.Zero);
    }

    /// <summary>One showing: entry, item, version, file, and when its slot began.</summary>
    internal static string KeyOf(OnAir air) => air.Part is null
        ? "safe"
        : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{air.Entry!.Id}|{air.Item!.Id}|{air.Item.Version}|{air.Part.File.Value[..16]}|{air.From.UtcTicks}");

    /// <summary>A player passes over a key it has failed with, so every further try of a file has a key of its own.</summary>
    private string TryKeyOf(OnAir air) =>
        air.Part is { } part && tools.Quarantine.FailuresOf(Output.Id, part.File) is var tries and > 0 ? $"{KeyOf(air)}|{tries + 1}" : KeyOf(air);

    private IPlayer Make()
    {
        var made = tools.Players.Make(Output, loop.ClusterName, Hear);
        made.Start();
        return made;
    }

    private async Task MakeAnew()
    {
        restart = false;
        await player.DisposeAsync();
        (asked, prepared, loud) = (null, null, null);
        player = Make();
    }

    /// <summary>From the player's threads.</summary>
    private void Hear(PlayerNews news)
    {
        tools.Plays.Hear(news);
        var about = asked;
        if (news is ShowingEnded over)
            endedKey = over.Key;
        switch (news)
        {
            case ShowingFailed failed when about?.Air is { Part: { } part } && about.Key == failed.Key:
                asked = null;
                Fail(part, failed.Why);
                break;
            case ShowingEnded { Broken: false } ended when about?.Air is { Part: { } part } && about.Key == ended.Key:
                tools.Quarantine.Played(Output.Id, part.File);
                break;
            case ShowingStarted started when about?.Air is { } air && about.Key == started.Key:
                loop.Started(this, air);
                break;
            case PlayerStarted { Restarts: > 0 } anew:
                tools.Events.Tell(SiteEventKind.PlayerRestarted, loop.Plan?.Number, Output.Id, detail: $"restart {anew.Restarts}");
                break;
            default:
                break;
        }
    }

    /// <summary>Asked again at the next turn, at most a second later.</summary>
    private void Fail(PlanPart part, string why)
    {
        Log.CannotShow(tools.Log, loop.Plan?.Number, Output.Id, part.File, why);
        if (tools.Quarantine.Failed(Output.Id, part.File))
        {
            Log.Quarantined(tools.Log, loop.Plan?.Number, Output.Id, part.File);
            loop.ShelfChanged();
        }
    }

    private static partial class Log
    {
        [LoggerMessage(4321, LogLevel.Information, "{Plan} {Output}: {Item} v{Version} page {Page} by {Entry}")]
        public static partial void Shows(ILogger log, PlanNumber plan, OutputId output, ItemId item, int version, int page, string entry);

        [LoggerMessage(4322, LogLevel.Warning, "{Plan} {Output}: file {File} cannot be shown: {Why}")]
        public static partial void CannotShow(ILogger log, PlanNumber? plan, OutputId output, MediaHash file, string why);

        [LoggerMessage(4323, LogLevel.Error, "{Plan} {Output}: file {File} failed three times and is left out until the next start")]
        public static partial void Quarantined(ILogger log, PlanNumber? plan, OutputId output, MediaHash file);

        [LoggerMessage(4324, LogLevel.Error, "{Output}: a turn failed")]
        public static partial void TurnFailed(ILogger log, Exception e, OutputId output);
    }
}
