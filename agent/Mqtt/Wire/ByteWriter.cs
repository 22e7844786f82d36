using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace BorderInfo.Mqtt.Wire;

/// <summary>Builds one packet: the body first, then <see cref="Finish"/> puts the fixed header before it. Pure; the array is pooled.</summary>
/// <remarks>Lengths are filled in afterwards, so no second piece of code has to guess them. Source: OASIS MQTT 5.0, 1.5 and 2.1.</remarks>
internal sealed class ByteWriter : IDisposable
{
    public const int MaximumVarInt = 268_435_455;

    private const int HeaderRoom = 5;
    private static readonly UTF8Encoding Utf8 = new(false, throwOnInvalidBytes: true);

    private byte[] _bytes = ArrayPool<byte>.Shared.Rent(512);
    private int _end = HeaderRoom;

    public void Byte(byte value) => Claim(1)[0] = value;

    public void UInt16(ushort value) => BinaryPrimitives.WriteUInt16BigEndian(Claim(2), value);

    public void UInt32(uint value) => BinaryPrimitives.WriteUInt32BigEndian(Claim(4), value);

    public void Raw(ReadOnlySpan<byte> bytes) => bytes.CopyTo(Claim(bytes.Length));

    /// <exception cref="ArgumentException">Longer than 65,535 bytes.</exception>
    public void Binary(ReadOnlySpan<byte> bytes)
    {
        UInt16(Length16(bytes.Length));
        Raw(bytes);
    }

    /// <exception cref="ArgumentException">Longer than 65,535 bytes, not Unicode, or holds U+0000.</exception>
    public void Text(string text)
    {
        if (text.Contains('\0'))
            throw new ArgumentException("MQTT strings may not hold U+0000.", nameof(text));

        var length = Utf8.GetByteCount(text);
        UInt16(Length16(length));
        Utf8.GetBytes(text, Claim(length));
    }

    public int OpenProperties() => _end;

    /// <summary>Writes the length of all that was written since <paramref name="start"/> before it.</summary>
    public void CloseProperties(int start)
    {
        var length = _end - start;
        var prefix = VarIntLength(length);
        Claim(prefix);
        _bytes.AsSpan(start, length).CopyTo(_bytes.AsSpan(start + prefix));
        PutVarInt(_bytes.AsSpan(start), length);
    }

    /// <summary>The whole packet; valid until the next call or <see cref="Dispose"/>.</summary>
    /// <exception cref="MqttException">0x95: longer than MQTT can express (256 MiB).</exception>
    public ReadOnlySpan<byte> Finish(PacketType type, byte flags = 0)
    {
        var length = _end - HeaderRoom;
        if (length > MaximumVarInt)
            throw new MqttException($"A packet of {length} bytes is beyond MQTT's limit.", Reason.PacketTooLarge);

        var start = HeaderRoom - 1 - VarIntLength(length);
        _bytes[start] = (byte)((byte)type << 4 | flags);
        PutVarInt(_bytes.AsSpan(start + 1), length);
        return _bytes.AsSpan(start, _end - start);
    }

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = [];
    }

    public static int VarIntLength(int value) => value < 128 ? 1 : value < 16_384 ? 2 : value < 2_097_152 ? 3 : 4;

    public static void PutVarInt(Span<byte> target, int value)
    {
        var at = 0;
        for (; value >= 128; value >>= 7)
            target[at++] = (byte)(value & 0x7F | 0x80);
        target[at] = (byte)value;
    }

    private Span<byte> Claim(int count)
    {
        if (count > _bytes.Length - _end)
            Grow(checked(_end + count));

        _end += count;
        return _bytes.AsSpan(_end - count, count);
    }

    private void Grow(int needed)
    {
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(needed, (int)Math.Min(_bytes.Length * 2L, Array.MaxLength)));
        _bytes.AsSpan(0, _end).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = larger;
    }

    private static ushort Length16(int length) => length <= ushort.MaxValue
        ? (ushort)length
        : throw new ArgumentException($"{length} bytes do not fit an MQTT field of at most 65,535.", nameof(length));
}
