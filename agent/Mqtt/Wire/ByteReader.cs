using System.Buffers.Binary;
using System.Text;

namespace BorderInfo.Mqtt.Wire;

/// <summary>Reads MQTT's data types from one packet. Pure; whatever the bytes, it throws nothing but <see cref="MqttException"/>.</summary>
/// <remarks>Source: OASIS MQTT 5.0, 1.5. Strings are strict UTF-8 without U+0000.</remarks>
internal ref struct ByteReader(ReadOnlySpan<byte> bytes)
{
    private static readonly UTF8Encoding Utf8 = new(false, throwOnInvalidBytes: true);

    private ReadOnlySpan<byte> _rest = bytes;

    public readonly int Remaining => _rest.Length;

    public byte Byte() => Take(1)[0];

    public ushort UInt16() => BinaryPrimitives.ReadUInt16BigEndian(Take(2));

    public uint UInt32() => BinaryPrimitives.ReadUInt32BigEndian(Take(4));

    public ReadOnlySpan<byte> Binary() => Take(UInt16());

    public ReadOnlySpan<byte> Rest() => Take(_rest.Length);

    public uint VarInt()
    {
        uint value = 0;
        for (var shift = 0; shift < 28; shift += 7)
        {
            var next = Byte();
            value |= (uint)(next & 0x7F) << shift;
            if ((next & 0x80) == 0)
                return value;
        }

        throw new MqttException("A variable byte integer is longer than four bytes.", Reason.Malformed);
    }

    public string Text()
    {
        var bytes = Binary();
        if (bytes.Contains((byte)0))
            throw new MqttException("A string holds U+0000.", Reason.Malformed);

        try
        {
            return Utf8.GetString(bytes);
        }
        catch (DecoderFallbackException e)
        {
            throw new MqttException("A string is not UTF-8.", Reason.Malformed, e);
        }
    }

    public ReadOnlySpan<byte> Take(int count)
    {
        if (count > _rest.Length)
            throw new MqttException($"The packet ends {count - _rest.Length} bytes too early.", Reason.Malformed);

        var taken = _rest[..count];
        _rest = _rest[count..];
        return taken;
    }

    public readonly void MustBeEmpty()
    {
        if (!_rest.IsEmpty)
            throw new MqttException($"{_rest.Length} bytes too many in the packet.", Reason.Malformed);
    }
}
