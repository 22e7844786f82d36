using System.Threading.Channels;
using BorderInfo.Mqtt;

namespace BorderInfo.Tests.Mqtt;

/// <summary>Keeps what a handler was given, payload copied, in order.</summary>
public sealed class Received
{
    private readonly Channel<MqttMessage> _messages = Channel.CreateUnbounded<MqttMessage>();

    public ValueTask TakeAsync(MqttMessage message) => _messages.Writer.WriteAsync(message with { Payload = message.Payload.ToArray() });

    public Task<MqttMessage> NextAsync() => _messages.Reader.ReadAsync().AsTask().InTime();

    public async Task<string> NextTextAsync() => (await NextAsync()).Text();

    public int Waiting => _messages.Reader.Count;
}

public static class MessageTexts
{
    public static MqttMessage Message(string topic, string text, Qos qos = Qos.AtLeastOnce) =>
        new(topic, System.Text.Encoding.UTF8.GetBytes(text)) { Qos = qos };

    public static string Text(this MqttMessage message) => System.Text.Encoding.UTF8.GetString(message.Payload.Span);
}
