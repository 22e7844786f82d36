using BorderInfo.Mqtt.Wire;

namespace BorderInfo.Mqtt;

/// <summary>
/// Keeps one link alive over an ordered list of brokers until it is stopped: the first that answers is kept until it is lost.
/// </summary>
/// <remarks>
/// A round asks every broker once, in order, without a pause between them; after a lost link or a failed round it waits with full jitter.
/// It does not go back to an earlier broker while a later one works. Set the callbacks before <see cref="RunAsync"/>.
/// An exception from <see cref="Disconnected"/> or <see cref="AttemptFailed"/> is a bug and ends <see cref="RunAsync"/>.
/// </remarks>
/// <param name="newLink">A fresh link for each attempt.</param>
/// <param name="clock">Measures waits and lives. Default: the system's.</param>
public sealed class MqttSession(MqttSessionOptions options, Func<IMqttLink> newLink, TimeProvider? clock = null)
{
    private readonly TimeProvider _clock = clock ?? TimeProvider.System;
    private volatile IMqttLink? _current;
    private int _running;

    /// <summary>The handler of every link, see <see cref="IMqttLink.OnMessage"/>. Queued messages of a resumed session may arrive while <see cref="Connected"/> still runs.</summary>
    public Func<MqttMessage, ValueTask>? OnMessage { get; set; }

    /// <summary>Subscribe and send the birth here. Until its task ends nobody else's message goes out; it honours its token (stopped, or the link lost meanwhile); an exception gives the link up and counts as a failed round.</summary>
    public Func<ConnectResult, IMqttLink, CancellationToken, Task>? Connected { get; set; }

    /// <summary>A link that had connected has ended: the reason, or null when <see cref="RunAsync"/> was stopped.</summary>
    public Action<Exception?>? Disconnected { get; set; }

    /// <summary>A broker could not be reached or refused: its place in the list, from 0, and why.</summary>
    public Action<int, Exception>? AttemptFailed { get; set; }

    /// <summary>True from the end of <see cref="Connected"/> to the end of the link.</summary>
    public bool IsConnected => _current is { Closed.IsCompleted: false };

    /// <summary>Never waits for a connection; what must not be lost waits in the caller's outbox.</summary>
    /// <exception cref="MqttException">0x88: not connected now; or the link ended before the acknowledgement; or the message is too large (0x95).</exception>
    public Task<byte> PublishAsync(MqttMessage message, CancellationToken stop = default) => _current is { } link
        ? link.PublishAsync(message, stop)
        : Task.FromException<byte>(new MqttException("Not connected to a broker.", Reason.ServerUnavailable));

    /// <summary>Ends the present link with DISCONNECT (no will), so that the next one is made with the options as they are then. Nothing happens without a link.</summary>
    public Task ReconnectAsync(CancellationToken stop = default) => _current is { } link ? link.DisconnectAsync(Reason.Success, stop) : Task.CompletedTask;

    /// <summary>Runs until <paramref name="stop"/>, then ends the link with DISCONNECT (no will) and returns.</summary>
    /// <exception cref="InvalidOperationException">It runs already.</exception>
    public async Task RunAsync(CancellationToken stop)
    {
        if (options.Brokers.Count == 0)
            throw new ArgumentException("At least one broker is needed.", nameof(options));
        if (Interlocked.Exchange(ref _running, 1) != 0)
            throw new InvalidOperationException("The session runs already.");

        try
        {
            for (var failures = 0; !stop.IsCancellationRequested;)
            {
                failures = await RoundAsync(stop).ConfigureAwait(false) ? 0 : failures + 1;
                await PauseAsync(failures, stop).ConfigureAwait(false);
            }
        }
        finally
        {
            Volatile.Write(ref _running, 0);
        }
    }

    /// <returns>True when a link lived long enough to count as a success.</returns>
    private async Task<bool> RoundAsync(CancellationToken stop)
    {
        for (var i = 0; i < options.Brokers.Count && !stop.IsCancellationRequested; i++)
        {
            var link = newLink();
            await using (link.ConfigureAwait(false))
            {
                if (await TryConnectAsync(i, link, stop).ConfigureAwait(false) is not { } result)
                    continue;

                var born = _clock.GetTimestamp();
                await LiveAsync(result, link, stop).ConfigureAwait(false);
                return _clock.GetElapsedTime(born) >= options.RetryCap;
            }
        }

        return false;
    }

    private async Task<ConnectResult?> TryConnectAsync(int broker, IMqttLink link, CancellationToken stop)
    {
        try
        {
            link.OnMessage = OnMessage;
            return await link.ConnectAsync(options.Brokers[broker](), stop).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return null;
        }
        catch (Exception e)
        {
            AttemptFailed?.Invoke(broker, e);
            return null;
        }
    }

    private async Task LiveAsync(ConnectResult result, IMqttLink link, CancellationToken stop)
    {
        var why = await WelcomeAsync(result, link, stop).ConfigureAwait(false);
        if (why is null && !stop.IsCancellationRequested)
        {
            _current = link;
            await EitherAsync(link.Closed, stop).ConfigureAwait(false);
            _current = null;
        }

        await link.DisconnectAsync(Reason.Success, CancellationToken.None).ConfigureAwait(false);
        why ??= await link.Closed.ConfigureAwait(false);
        Disconnected?.Invoke(why);
    }

    /// <returns>Why the link must be given up at once, or null.</returns>
    private async Task<Exception?> WelcomeAsync(ConnectResult result, IMqttLink link, CancellationToken stop)
    {
        if (Connected is not { } connected)
            return null;

        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var welcome = RunWelcomeAsync(connected, result, link, either.Token);
        await Task.WhenAny(welcome, link.Closed).ConfigureAwait(false);
        await either.CancelAsync().ConfigureAwait(false);
        var why = await welcome.ConfigureAwait(false);
        return why is OperationCanceledException && (stop.IsCancellationRequested || link.Closed.IsCompleted) ? null : why;
    }

    private static async Task<Exception?> RunWelcomeAsync(
        Func<ConnectResult, IMqttLink, CancellationToken, Task> connected, ConnectResult result, IMqttLink link, CancellationToken stop)
    {
        try
        {
            await connected(result, link, stop).ConfigureAwait(false);
            return null;
        }
        catch (Exception e)
        {
            return e;
        }
    }

    private async Task PauseAsync(int failures, CancellationToken stop)
    {
        var wait = FullJitter.Wait(Math.Max(0, failures - 1), options.RetryBase, options.RetryCap, Random.Shared.NextDouble());
        await Task.Delay(wait, _clock, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private static async Task EitherAsync(Task closed, CancellationToken stop)
    {
        var stopped = new TaskCompletionSource();
        await using (stop.Register(stopped.SetResult).ConfigureAwait(false))
            await Task.WhenAny(closed, stopped.Task).ConfigureAwait(false);
    }
}
