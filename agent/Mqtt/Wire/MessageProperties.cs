namespace BorderInfo.Mqtt.Wire;

/// <summary>The properties an application message carries, in PUBLISH and in a will. Pure. Source: OASIS MQTT 5.0, 3.3.2.3 and 3.1.3.2.</summary>
internal static class MessageProperties
{
    /// <summary>Between <see cref="ByteWriter.OpenProperties"/> and <see cref="ByteWriter.CloseProperties"/>.</summary>
    public static void Write(ByteWriter to, in MqttMessage message)
    {
        if (message.ExpirySeconds is { } seconds)
        {
            to.Byte((byte)PropertyId.MessageExpiryInterval);
            to.UInt32(seconds);
        }

        if (message.ContentType is { } type)
            Text(to, PropertyId.ContentType, type);
        if (message.ResponseTopic is { } response)
        {
            TopicName.CheckName(response);
            Text(to, PropertyId.ResponseTopic, response);
        }

        if (!message.CorrelationData.IsEmpty)
        {
            to.Byte((byte)PropertyId.CorrelationData);
            to.Binary(message.CorrelationData.Span);
        }

        foreach (var (key, value) in message.UserProperties ?? [])
        {
            Text(to, PropertyId.UserProperty, key);
            to.Text(value);
        }
    }

    public static MqttMessage Read(MqttMessage message, ref ByteReader packet)
    {
        List<KeyValuePair<string, string>>? pairs = null;
        var properties = new PropertyReader(ref packet);
        while (properties.Next(out var id))
            switch (id)
            {
                case PropertyId.MessageExpiryInterval: message = message with { ExpirySeconds = properties.UInt32() }; break;
                case PropertyId.ContentType: message = message with { ContentType = properties.Text() }; break;
                case PropertyId.ResponseTopic: message = message with { ResponseTopic = ResponseTopic(properties.Text()) }; break;
                case PropertyId.CorrelationData: message = message with { CorrelationData = properties.Binary() }; break;
                case PropertyId.UserProperty: (pairs ??= []).Add(properties.Pair()); break;
                case PropertyId.PayloadFormatIndicator: properties.Flag(); break;
                case PropertyId.SubscriptionIdentifier: properties.VarInt(); break;
                case PropertyId.TopicAlias: throw new MqttException("The broker used a topic alias; we announced none.", Reason.TopicAliasInvalid);
                default: throw PropertyReader.Misplaced(id);
            }

        return pairs is null ? message : message with { UserProperties = pairs };
    }

    private static void Text(ByteWriter to, PropertyId id, string text)
    {
        to.Byte((byte)id);
        to.Text(text);
    }

    private static string ResponseTopic(string topic) => TopicName.IsName(topic)
        ? topic
        : throw new MqttException($"'{topic}' cannot be a response topic.", Reason.ProtocolError);
}
