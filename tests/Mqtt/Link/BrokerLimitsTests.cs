using BorderInfo.Mqtt;
using BorderInfo.Tests.Mqtt.Brokers;
using static BorderInfo.Tests.Mqtt.MessageTexts;

namespace BorderInfo.Tests.Mqtt.Link;

/// <summary>A broker that allows less than we ask for.</summary>
public sealed class BrokerLimitsTests : IAsyncLifetime
{
    private readonly MosquittoBroker _broker = new("max_packet_size 20000", "max_keepalive 30", "retain_available false", "max_qos 1");

    public Task InitializeAsync() => _broker.StartAsync();

    public async Task DisposeAsync() => await _broker.DisposeAsync();

    [Fact]
    public async Task A_message_larger_than_the_broker_takes_is_refused_here_and_the_link_goes_on()
    {
        await using var link = new ManagedMqttLink();
        var result = await link.ConnectAsync(_broker.Options("a")).InTime();

        var refused = await Assert.ThrowsAsync<MqttException>(() => link.PublishAsync(new MqttMessage("t", new byte[30_000]) { Qos = Qos.AtLeastOnce }));
        var reason = await link.PublishAsync(Message("t", "small")).InTime();

        Assert.Equal((20_000u, 0x95, 0x10), (result.ServerMaximumPacketSize, refused.ReasonCode, reason));
        Assert.Contains("20000", refused.Message);
    }

    [Fact]
    public async Task The_brokers_keep_alive_wins_over_ours()
    {
        await using var link = new ManagedMqttLink();

        var result = await link.ConnectAsync(_broker.Options("b") with { KeepAliveSeconds = 600 }).InTime();

        Assert.Equal(30, result.KeepAliveSeconds);
    }

    [Fact]
    public async Task Retain_is_refused_here_when_the_broker_has_none()
    {
        await using var link = await _broker.LinkAsync();

        var refused = await Assert.ThrowsAsync<MqttException>(() => link.PublishAsync(Message("t", "kept?") with { Retain = true }));

        Assert.Equal(0x9A, refused.ReasonCode);
    }
}
