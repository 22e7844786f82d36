using System.Buffers;
using BorderInfo.Mqtt;
using BorderInfo.Mqtt.Link;
using BorderInfo.Mqtt.Wire;
using FsCheck;
using FsCheck.Fluent;

namespace BorderInfo.Tests.Mqtt.Wire;

/// <summary>What holds for any message and any bytes.</summary>
public sealed class PacketPropertyTests
{
    private static readonly Config Many = Config.QuickThrowOnFailure.WithMaxTest(1000);

    private static readonly Gen<string> Texts = Gen.Elements('a', 'Z', '/', ' ', 'ồ', '边', 'ຊ', '0').ArrayOf().Select(letters => new string(letters));

    private static readonly Gen<byte[]> Bytes = Gen.Choose(0, 255).Select(value => (byte)value).ArrayOf();

    private static readonly Gen<MqttMessage> Messages =
        from topic in Texts
        from payload in Bytes
        from qos in Gen.Elements(Qos.AtMostOnce, Qos.AtLeastOnce)
        from retain in Gen.Elements(true, false)
        from expiry in Gen.Choose(-1, int.MaxValue)
        from type in Texts
        from data in Bytes
        from pairs in Texts.Two().Select(pair => KeyValuePair.Create(pair.Item1, pair.Item2)).ArrayOf()
        select new MqttMessage("t" + topic, payload)
        {
            Qos = qos, Retain = retain, ExpirySeconds = expiry < 0 ? null : (uint)expiry, ContentType = type.Length == 0 ? null : type,
            ResponseTopic = type.Length == 0 ? null : type, CorrelationData = data, UserProperties = pairs,
        };

    [Fact]
    public void A_message_written_and_read_is_the_same_message() => Check.One(Many, Prop.ForAll(Messages.ToArbitrary(), message =>
    {
        var read = ReadBack(Written(message, 77));

        Assert.Equal(Shown(message), Shown(read.Message));
        Assert.Equal(message.Qos == Qos.AtLeastOnce ? 77 : 0, read.PacketId);
    }));

    [Fact]
    public void Random_bytes_are_read_or_refused_with_an_MqttException() => Check.One(Many, Prop.ForAll(Bytes.ToArbitrary(), ReadAsEverything));

    [Fact]
    public void A_damaged_message_is_read_or_refused_with_an_MqttException()
    {
        var damaged =
            from message in Messages
            from place in Gen.Choose(0, 10_000)
            from value in Gen.Choose(0, 255)
            from cut in Gen.Choose(0, 3)
            select Damage(Written(message, 77), place, (byte)value, cut);

        Check.One(Many, Prop.ForAll(damaged.ToArbitrary(), bytes =>
        {
            ReadAsEverything(bytes);
            Tolerated(() => ReadBack(bytes));
        }));
    }

    [Fact]
    public void Packets_are_the_same_however_the_stream_is_cut()
    {
        var streams =
            from messages in Messages.NonEmptyListOf()
            from sizes in Gen.Choose(1, 40).NonEmptyListOf()
            select (messages, sizes);

        Check.One(Config.QuickThrowOnFailure, Prop.ForAll(streams.ToArbitrary(), given =>
        {
            var packets = given.messages.Select(message => Written(message, 77)).ToList();

            var read = Cut(packets.SelectMany(packet => packet).ToArray(), [.. given.sizes]);

            Assert.Equal(packets.Select(Convert.ToHexString), read);
        }));
    }

    private static List<string> Cut(byte[] bytes, int[] sizes)
    {
        var read = new List<string>();
        var reader = new LinkReader(new ChoppedStream(bytes, sizes), int.MaxValue, () => { }, frame =>
        {
            using var to = new ByteWriter();
            to.Raw(frame.Body.ToArray());
            read.Add(Convert.ToHexString(to.Finish(frame.Type, frame.Flags)));
            return ValueTask.CompletedTask;
        });
        reader.RunAsync(CancellationToken.None).GetAwaiter().GetResult();
        return read;
    }

    private static byte[] Written(in MqttMessage message, ushort id)
    {
        using var to = new ByteWriter();
        return PublishPacket.Write(to, message, id).ToArray();
    }

    private static PublishPacket ReadBack(byte[] packet)
    {
        var buffer = new ReadOnlySequence<byte>(packet);
        return Frame.TryRead(ref buffer, uint.MaxValue, out var frame)
            ? PublishPacket.Read(frame.Flags, frame.Body.ToArray())
            : throw new MqttException("not whole");
    }

    private static byte[] Damage(byte[] packet, int place, byte value, int cut)
    {
        packet[place % packet.Length] = value;
        return packet[..Math.Max(1, packet.Length - cut)];
    }

    private static void ReadAsEverything(byte[] bytes)
    {
        for (byte flags = 0; flags < 16; flags++)
            Tolerated(() => PublishPacket.Read(flags, bytes));
        Tolerated(() => ConnackPacket.Read(bytes));
        Tolerated(() => AckPacket.Read(PacketType.Puback, bytes));
        Tolerated(() => AckPacket.Read(PacketType.Suback, bytes));
        Tolerated(() => AckPacket.Read(PacketType.Unsuback, bytes));
        Tolerated(() => DisconnectPacket.Read(bytes));
        Tolerated(() =>
        {
            var buffer = new ReadOnlySequence<byte>(bytes);
            while (Frame.TryRead(ref buffer, 100, out _)) { }
        });
    }

    private static void Tolerated(Action read)
    {
        var thrown = Record.Exception(read);
        Assert.True(thrown is null or MqttException, thrown?.ToString());
    }

    private static string Shown(in MqttMessage m) =>
        $"{m.Topic}|{m.Qos}|{m.Retain}|{m.ExpirySeconds}|{m.ContentType}|{m.ResponseTopic}|{Convert.ToHexString(m.CorrelationData.Span)}"
        + $"|{string.Join(',', m.UserProperties ?? [])}|{Convert.ToHexString(m.Payload.Span)}";

    /// <summary>Gives the bytes in pieces of the given sizes, over and over.</summary>
    private sealed class ChoppedStream(byte[] bytes, int[] sizes) : MemoryStream(bytes)
    {
        private int _next;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => buffer.IsEmpty
            ? ValueTask.FromResult(0)
            : base.ReadAsync(buffer[..Math.Min(buffer.Length, sizes[_next++ % sizes.Length])], cancellationToken);
    }
}
