using BorderInfo.Mqtt;
using BorderInfo.Tests.Mqtt.Brokers;
using static BorderInfo.Tests.Mqtt.MessageTexts;

namespace BorderInfo.Tests.Mqtt.Session;

public sealed class MqttSessionTests
{
    private readonly Received _received = new();
    private readonly List<Exception?> _lost = [];
    private readonly List<int> _failed = [];
    private int _welcomes;

    [Fact]
    public async Task After_a_power_cut_of_the_broker_the_session_is_back_with_its_subscription()
    {
        await using var broker = await MosquittoBroker.StartedAsync();
        var session = Make(() => broker.Options("site-1"));
        await using var running = new Running(session);
        await Wait.UntilAsync(() => session.IsConnected, "the session connects");

        await broker.KillAsync();
        await Wait.UntilAsync(() => !session.IsConnected && _lost.Count == 1 && _failed.Count > 1, "the loss is noticed");
        var refused = await Assert.ThrowsAsync<MqttException>(() => session.PublishAsync(Message("t", "while away")));
        await broker.StartAsync();
        await Wait.UntilAsync(() => session.IsConnected, "the session is back");
        var reason = await session.PublishAsync(Message("t", "back")).InTime();

        Assert.Equal((0x88, 0, 2), (refused.ReasonCode, reason, _welcomes));
        Assert.Equal("back", await _received.NextTextAsync());
        Assert.NotNull(_lost[0]);
    }

    [Fact]
    public async Task When_the_first_broker_is_away_the_second_is_taken()
    {
        await using var first = new MosquittoBroker();
        await using var second = await MosquittoBroker.StartedAsync();
        var session = Make(() => first.Options("site-1"), () => second.Options("site-1"));

        await using var running = new Running(session);
        await Wait.UntilAsync(() => session.IsConnected, "the session connects");

        Assert.Equal([0], _failed);
    }

    [Fact]
    public async Task The_options_are_asked_for_before_every_attempt_and_may_fail()
    {
        await using var broker = await MosquittoBroker.StartedAsync();
        var asked = 0;
        var session = Make(() => ++asked < 3 ? throw new FileNotFoundException("no certificate yet") : broker.Options("site-1"));

        await using var running = new Running(session);
        await Wait.UntilAsync(() => session.IsConnected, "the session connects");

        Assert.Equal((3, 2), (asked, _failed.Count));
    }

    [Fact]
    public async Task Nobody_publishes_before_the_welcome_has_ended()
    {
        await using var broker = await MosquittoBroker.StartedAsync();
        var (begun, gate) = (new TaskCompletionSource(), new TaskCompletionSource());
        var session = Make(() => broker.Options("site-1"));
        session.Connected = async (_, link, stop) =>
        {
            begun.SetResult();
            await gate.Task.WaitAsync(stop);
            await link.PublishAsync(Message("t", "birth"), stop);
        };

        await using var running = new Running(session);
        await begun.Task.InTime();
        await Assert.ThrowsAsync<MqttException>(() => session.PublishAsync(Message("t", "too early")));
        gate.SetResult();

        await Wait.UntilAsync(() => session.IsConnected, "the welcome ends");
    }

    [Fact]
    public async Task A_welcome_that_fails_gives_the_link_up_and_is_tried_again()
    {
        await using var broker = await MosquittoBroker.StartedAsync();
        var session = Make(() => broker.Options("site-1"));
        session.Connected = (_, _, _) => ++_welcomes == 1 ? throw new TaskCanceledException("birth took too long") : Task.CompletedTask;

        await using var running = new Running(session);
        await Wait.UntilAsync(() => session.IsConnected, "the second welcome succeeds");

        Assert.IsType<TaskCanceledException>(Assert.Single(_lost));
    }

    [Fact]
    public async Task Stopping_says_farewell_so_the_will_stays_unpublished()
    {
        await using var broker = await MosquittoBroker.StartedAsync();
        await using var watcher = await broker.LinkAsync(handler: _received.TakeAsync);
        await watcher.SubscribeAsync(["will", "end"], Qos.AtLeastOnce).InTime();
        var session = Make(() => broker.Options("site-1") with { Will = Message("will", "lost") });
        var running = new Running(session);
        await Wait.UntilAsync(() => session.IsConnected, "the session connects");

        await running.DisposeAsync();
        await watcher.PublishAsync(Message("end", "end")).InTime();

        Assert.Equal("end", await _received.NextTextAsync());
        Assert.Null(Assert.Single(_lost));
        Assert.False(session.IsConnected);
        Assert.Contains("Received DISCONNECT from site-1", broker.Said());
    }

    [Fact]
    public async Task Stopping_while_no_broker_answers_returns()
    {
        await using var nobody = new MosquittoBroker();
        var session = Make(() => nobody.Options("site-1"));
        var running = new Running(session);
        await Wait.UntilAsync(() => _failed.Count > 0, "an attempt fails");

        await running.DisposeAsync();

        Assert.Empty(_lost);
    }

    private MqttSession Make(params Func<MqttOptions>[] brokers) => new(
        new MqttSessionOptions { Brokers = brokers, RetryBase = TimeSpan.FromMilliseconds(20), RetryCap = TimeSpan.FromMilliseconds(200) },
        () => new ManagedMqttLink())
    {
        OnMessage = _received.TakeAsync,
        Disconnected = _lost.Add,
        AttemptFailed = (broker, _) => _failed.Add(broker),
        Connected = async (_, link, stop) =>
        {
            await link.SubscribeAsync(["t"], Qos.AtLeastOnce, stop);
            _welcomes++;
        },
    };

    private sealed class Running : IAsyncDisposable
    {
        private readonly CancellationTokenSource _stop = new();
        private readonly Task _run;

        public Running(MqttSession session) => _run = Task.Run(() => session.RunAsync(_stop.Token));

        public async ValueTask DisposeAsync()
        {
            await _stop.CancelAsync();
            await _run.InTime();
            _stop.Dispose();
        }
    }
}
