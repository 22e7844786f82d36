using System.Globalization;
using BorderInfo.Contract;
using BorderInfo.Contract.Plans;
using Microsoft.Extensions.Logging;

namespace BorderInfo.Agent.Play;

/// <summary>
/// One mpv for one output, kept alive: started anew when it dies or hangs, and then shown again what it has to show.
/// </summary>
/// <remarks>Everything that changes what is shown happens under one turn, so news of an output cannot overtake each other.</remarks>
public sealed partial class MpvPlayer : IPlayer
{
    /// <summary>Waits before start 2, 3, … after short lives; a life of half a minute begins the row anew.</summary>
    private static readonly int[] PausesMs = [50, 200, 1_000, 2_000, 5_000, 10_000];

    private static readonly TimeSpan GoodLife = TimeSpan.FromSeconds(30);

    private readonly PlanOutput output;
    private readonly Action<PlayerNews> news;
    private readonly PlaySettings settings;
    private readonly ShelfDoor shelf;
    private readonly TimeProvider clock;
    private readonly ILogger<MpvPlayer> log;
    private readonly SafeScreen? safe;
    private readonly ScreenGrab grab;
    private readonly ShowingBook book;
    private readonly SemaphoreSlim turn = new(1, 1);
    private readonly CancellationTokenSource ending = new();
    private Task keeping = Task.CompletedTask;
    private volatile MpvProcess? process;
    private volatile MpvWatch? watch;
    private MpvStage? stage;
    private Moment? toldAt;
    private bool sick;
    private int starts;
    private double? luma;
    private int? volume;

    internal MpvPlayer(PlanOutput output, string clusterName, Action<PlayerNews> news, PlaySettings settings, ShelfDoor shelf, TimeProvider clock, ILogger<MpvPlayer> log)
    {
        (this.output, this.news, this.settings, this.shelf, this.clock, this.log) = (output, news, settings, shelf, clock, log);
        safe = output.Kind == OutputKind.Speaker ? null : SafeScreen.Make(output, clusterName, settings.RunFolder);
        grab = new(output, settings);
        book = new(output.Id, clock);
    }

    public OutputId Output => output.Id;

    /// <summary>Of the running process; null between two lives.</summary>
    internal int? Pid => process?.Pid;

    public void Start() => keeping = Task.Run(Keep);

    public Task Show(Showing showing, CancellationToken stop) => Turn(() => Show_NeedsTurn(showing), stop);

    public Task Prepare(Showing next, CancellationToken stop) => Turn(
        () => stage is null || book.OnAir?.Key == next.Key || book.Pending?.Key == next.Key || WhyNot(next) is not null ? Task.CompletedTask : stage.Prepare(next),
        stop);

    public Task SetVolume(int percent, CancellationToken stop) => Turn(
        async () =>
        {
            volume = Math.Clamp(percent, 0, 100);
            await Loudness_NeedsTurn();
        },
        stop);

    public async Task<PlayerSight> Look(CancellationToken stop)
    {
        if (process is not { } mpv)
            return new(false, null, Restarts, null, false, luma, ScreenMissing());
        var alive = watch is { Answers: true };
        if (output.Kind == OutputKind.Speaker)
            return new(alive, book.OnAir?.Key, Restarts, null, true, null);
        var inPlace = alive && (InPlace(mpv.Ipc.Observed) || await AskInPlace(mpv.Ipc).WaitAsync(stop));
        return new(alive, book.OnAir?.Key, Restarts, mpv.Ipc.Observed("current-vo"), inPlace, luma, inPlace ? null : ScreenMissing());
    }

    public async Task<byte[]?> Grab(CancellationToken stop)
    {
        if (output.Kind == OutputKind.Speaker)
            return null;
        var before = book.OnAir;
        var real = await grab.OfDisplay(stop);
        var (after, at) = (book.OnAir, Moment.Now(clock));
        var picture = real ?? await GrabFromPlayer(stop);
        luma = picture?.Luma;
        // Only of the screen itself: what the player says of itself proves nothing more.
        if (real is not null && before is { Kind: PartKind.Still, Path: { } still } && after?.Key == before.Key && await grab.Agrees(real, still, stop))
            news(new ShowingSeen(output.Id, at.At, at.Stamp, before.Key));
        return picture?.Jpeg;
    }

    public async ValueTask DisposeAsync()
    {
        await ending.CancelAsync();
        await keeping;
    }

    private string? ScreenMissing() => output.Kind != OutputKind.Speaker && XDoor.IsClosed(settings.Displays[output.Screen]) ? $"X display {settings.Displays[output.Screen]} of screen {output.Screen} does not answer" : null;

    private bool InPlace(Func<string, string?> told) => told("osd-width") == Text(output.WidthPx) && told("osd-height") == Text(output.HeightPx);

    private async Task<bool> AskInPlace(MpvIpc ipc)
    {
        var (width, height) = (await ipc.Ask("get_property", "osd-width"), await ipc.Ask("get_property", "osd-height"));
        return InPlace(name => (name == "osd-width" ? width : height).Value?.ToString());
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private int Restarts => Math.Max(0, starts - 1);

    private async Task Keep()
    {
        for (var shortLives = 0; !ending.IsCancellationRequested;)
        {
            var born = Moment.Now(clock);
            await LiveGuarded();
            shortLives = born.Until(Moment.Now(clock), clock) > GoodLife ? 0 : shortLives + 1;
            await Task.Delay(PausesMs[Math.Clamp(shortLives - 1, 0, PausesMs.Length - 1)], ending.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task LiveGuarded()
    {
        try
        {
            await Live();
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            // Asked to end: the news of it was given in Bury.
        }
        catch (Exception bug)
        {
            Log.Bug(log, output.Id, bug);
        }
    }

    private async Task Live()
    {
        await using var mpv = await MpvProcess.Start(output, settings, clock, ending.Token);
        if (mpv is null)
        {
            Log.CannotStart(log, output.Id, settings.MpvPath);
            return;
        }

        using var living = CancellationTokenSource.CreateLinkedTokenSource(ending.Token);
        await Turn(() => Begin_NeedsTurn(mpv), ending.Token);
        var watching = Watch(mpv, living.Token);
        try
        {
            await foreach (var told in mpv.Ipc.Events.ReadAllAsync(ending.Token))
                await Turn(async () => await Apply_NeedsTurn(await stage!.Read(told), told.When), ending.Token);
        }
        finally
        {
            await living.CancelAsync();
            await Turn(() => Bury_NeedsTurn(mpv), CancellationToken.None);
            await watching;
        }
    }

    private async Task Watch(MpvProcess mpv, CancellationToken stop)
    {
        if (await watch!.Until(() => Turn(GiveUpWhenLate_NeedsTurn, stop), stop) is not { } why)
            return;
        Log.Hangs(log, output.Id, why);
        mpv.Ipc.Condemned = true;
        mpv.Kill();
    }

    private async Task<ScreenGrab.Picture?> GrabFromPlayer(CancellationToken stop)
    {
        var shot = Path.Combine(settings.RunFolder, output.Id + ".shot.png");
        try
        {
            var made = process is { } mpv && (await mpv.Ipc.Ask("screenshot-to-file", shot, "video")).Ok;
            return made ? await grab.OfFile(shot, stop) : null;
        }
        finally
        {
            File.Delete(shot);
        }
    }

    private async Task Turn(Func<Task> what, CancellationToken stop)
    {
        await turn.WaitAsync(stop);
        try
        {
            await what();
        }
        finally
        {
            turn.Release();
        }
    }
}
