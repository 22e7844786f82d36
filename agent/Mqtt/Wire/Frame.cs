using System.Buffers;

namespace BorderInfo.Mqtt.Wire;

/// <summary>One packet cut out of the byte stream: its first byte and its body. Pure.</summary>
/// <remarks>The body is a view of the stream's buffer; it ends with the next read.</remarks>
internal readonly record struct Frame(byte First, ReadOnlySequence<byte> Body)
{
    private const int LongestLength = 4;

    public PacketType Type => (PacketType)(First >> 4);

    public byte Flags => (byte)(First & 0x0F);

    /// <summary>Takes the next whole packet off <paramref name="buffer"/>; false = more bytes are needed.</summary>
    /// <param name="maximum">Largest packet taken, in bytes, header included.</param>
    /// <exception cref="MqttException">0x81 malformed length, 0x95 larger than <paramref name="maximum"/>.</exception>
    public static bool TryRead(ref ReadOnlySequence<byte> buffer, uint maximum, out Frame frame)
    {
        frame = default;
        var reader = new SequenceReader<byte>(buffer);
        if (!reader.TryRead(out var first) || !TryReadLength(ref reader, out var length))
            return false;

        if (reader.Consumed + length > maximum)
            throw new MqttException($"A packet of {reader.Consumed + length} bytes is larger than the {maximum} we announced.", Reason.PacketTooLarge);

        if (reader.Remaining < length)
            return false;

        frame = new Frame(first, buffer.Slice(reader.Position, length));
        buffer = buffer.Slice(frame.Body.End);
        return true;
    }

    private static bool TryReadLength(ref SequenceReader<byte> reader, out long length)
    {
        length = 0;
        for (var i = 0; i < LongestLength; i++)
        {
            if (!reader.TryRead(out var next))
                return false;

            length |= (long)(next & 0x7F) << (7 * i);
            if ((next & 0x80) == 0)
                return true;
        }

        throw new MqttException("A packet length is longer than four bytes.", Reason.Malformed);
    }
}
