using BorderInfo.Mqtt;
using BorderInfo.Tests.Mqtt.Brokers;
using static BorderInfo.Tests.Mqtt.MessageTexts;

namespace BorderInfo.Tests.Mqtt.Link;

/// <summary>The same promises against a second implementation (ejabberd 23.01).</summary>
public sealed class EjabberdTests(EjabberdTests.Shared shared) : IClassFixture<EjabberdTests.Shared>
{
    private readonly EjabberdBroker _broker = shared.Broker;
    private readonly string _root = Unique.Id();

    public sealed class Shared : IAsyncLifetime
    {
        public EjabberdBroker Broker { get; } = new();

        public Task InitializeAsync() => Broker.StartAsync();

        public async Task DisposeAsync() => await Broker.DisposeAsync();
    }

    [Fact]
    public async Task A_message_of_QoS_1_arrives_with_all_its_properties()
    {
        var received = new Received();
        await using var link = await LinkAsync("a", received.TakeAsync);
        var granted = await link.SubscribeAsync([$"{_root}/#", $"{_root}-other"], Qos.AtLeastOnce).InTime();

        var reason = await link.PublishAsync(Message($"{_root}/x", "chào") with
        {
            ExpirySeconds = 60, ContentType = "text", ResponseTopic = "reply", CorrelationData = new byte[] { 1, 2 }, UserProperties = [new("k", "v")],
        }).InTime();
        var message = await received.NextAsync();

        Assert.Equal([1, 1], granted);
        Assert.Equal((0, "chào", "text", "reply", "0102"), (reason, message.Text(), message.ContentType, message.ResponseTopic, Convert.ToHexString(message.CorrelationData.Span)));
        Assert.Equal([new("k", "v")], message.UserProperties!);
    }

    [Fact]
    public async Task A_session_is_resumed_with_what_was_queued_and_our_receive_maximum_is_kept()
    {
        var received = new Received();
        MqttOptions Persistent() => _broker.Options($"{_root}-p") with { CleanStart = false, SessionExpirySeconds = 600, ReceiveMaximum = 2 };
        await using var first = new ManagedMqttLink { OnMessage = received.TakeAsync };
        await first.ConnectAsync(Persistent()).InTime();
        await first.SubscribeAsync([_root], Qos.AtLeastOnce).InTime();
        await first.DisconnectAsync().InTime();
        await using var publisher = await LinkAsync("b", received.TakeAsync);
        for (var i = 0; i < 10; i++)
            await publisher.PublishAsync(Message(_root, $"{i}")).InTime();

        await using var second = new ManagedMqttLink { OnMessage = received.TakeAsync };
        var result = await second.ConnectAsync(Persistent()).InTime();

        Assert.True(result.SessionPresent);
        for (var i = 0; i < 10; i++)
            Assert.Equal($"{i}", await received.NextTextAsync());
    }

    [Fact]
    public async Task Retained_messages_wills_and_unsubscribing_work()
    {
        var received = new Received();
        await using var watcher = await LinkAsync("w", received.TakeAsync);
        var failing = new ManagedMqttLink();
        await failing.ConnectAsync(_broker.Options($"{_root}-f") with { Will = Message($"{_root}/state", "lost") with { Retain = true } }).InTime();

        await failing.DisconnectAsync(0x04).InTime();
        await Wait.UntilAsync(async () =>
        {
            await watcher.SubscribeAsync([$"{_root}/state"], Qos.AtLeastOnce).InTime();
            return received.Waiting > 0;
        }, "the will is kept");
        var removed = await watcher.UnsubscribeAsync([$"{_root}/state"]).InTime();

        Assert.Equal("lost", await received.NextTextAsync());
        Assert.Equal([0], removed);
    }

    private async Task<ManagedMqttLink> LinkAsync(string name, Func<MqttMessage, ValueTask> handler)
    {
        var link = new ManagedMqttLink { OnMessage = handler };
        await link.ConnectAsync(_broker.Options($"{_root}-{name}")).InTime();
        return link;
    }
}
