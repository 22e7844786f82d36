using System.Collections.Concurrent;
using System.Net.Security;
using System.Text.Json;
using BorderInfo.Contract;
using BorderInfo.Contract.Messages;
using BorderInfo.Mqtt;
using Stream = BorderInfo.Contract.Messages.Stream;

namespace BorderInfo.Tests.Agent.Support;

/// <summary>The server as the broker's client: hears every uplink, acknowledges when told to.</summary>
public sealed class ServerSide : IAsyncDisposable
{
    private readonly ManagedMqttLink link = new();

    public ConcurrentQueue<SiteState> States { get; } = new();

    public ConcurrentQueue<HealthReport> Health { get; } = new();

    public ConcurrentQueue<PlayBatch> Plays { get; } = new();

    public ConcurrentQueue<EventBatch> Events { get; } = new();

    public ConcurrentQueue<Answer> Answers { get; } = new();

    /// <summary>Acknowledge every batch at once.</summary>
    public bool Acknowledges { get; set; } = true;

    public async Task<ServerSide> Connect(int port, SslClientAuthenticationOptions? tls = null)
    {
        link.OnMessage = Hear;
        await link.ConnectAsync(new MqttOptions { Port = port, ClientId = "server", Tls = tls });
        await link.SubscribeAsync([Topics.AllUplinks], Qos.AtLeastOnce);
        return this;
    }

    public Task Plan(byte[] sealedBytes) => Send(Topics.Plan(SamplePlan.Site), sealedBytes, retain: true);

    public Task Command(byte[] sealedBytes) => Send(Topics.Commands(SamplePlan.Site), sealedBytes);

    public Task Pulse(byte[] sealedBytes) => Send(Topics.Pulse(SamplePlan.Site), sealedBytes);

    public Task Ack(Stream stream, long upTo) =>
        Send(Topics.Acks(SamplePlan.Site), JsonSerializer.SerializeToUtf8Bytes(new StreamAck(stream, upTo), ContractJson.Wire.StreamAck));

    public async Task Send(string topic, byte[] payload, bool retain = false) =>
        Assert.True(await link.PublishAsync(new MqttMessage(topic, payload) { Qos = Qos.AtLeastOnce, Retain = retain }) < 0x80);

    public ValueTask DisposeAsync() => link.DisposeAsync();

    private async ValueTask Hear(MqttMessage message)
    {
        Assert.True(Topics.TryUplink(message.Topic, out _, out var word));
        var json = message.Payload.Span;
        switch (word)
        {
            case "state":
                States.Enqueue(JsonSerializer.Deserialize(json, ContractJson.Wire.SiteState)!);
                break;
            case "health":
                Health.Enqueue(JsonSerializer.Deserialize(json, ContractJson.Wire.HealthReport)!);
                break;
            case "answer":
                Answers.Enqueue(JsonSerializer.Deserialize(json, ContractJson.Wire.Answer)!);
                break;
            case "play":
                Plays.Enqueue(JsonSerializer.Deserialize(json, ContractJson.Wire.PlayBatch)!);
                if (Acknowledges)
                    await Ack(Stream.Play, Plays.Last().Records[^1].Seq);
                break;
            default:
                Events.Enqueue(JsonSerializer.Deserialize(json, ContractJson.Wire.EventBatch)!);
                if (Acknowledges)
                    await Ack(Stream.Event, Events.Last().Events[^1].Seq);
                break;
        }
    }
}
