using System.Buffers.Binary;
using System.IO.Compression;

namespace BorderInfo.Agent.Play;

/// <summary>Pure: a PNG of one colour with a thin border, for the safe screen; needs no drawing library.</summary>
/// <remarks>Shape: colour type 3 (palette), 8 bits, filter 0. Source: PNG specification, second edition (ISO/IEC 15948).</remarks>
internal static class FlatPng
{
    /// <param name="field">Red, green, blue.</param>
    /// <param name="border">Red, green, blue.</param>
    public static byte[] Draw(int widthPx, int heightPx, (byte R, byte G, byte B) field, (byte R, byte G, byte B) border)
    {
        using var png = new MemoryStream();
        png.Write([0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10]);
        Chunk(png, "IHDR"u8, Header(widthPx, heightPx));
        Chunk(png, "PLTE"u8, [field.R, field.G, field.B, border.R, border.G, border.B]);
        Chunk(png, "IDAT"u8, Rows(widthPx, heightPx));
        Chunk(png, "IEND"u8, []);
        return png.ToArray();
    }

    private static byte[] Header(int widthPx, int heightPx)
    {
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, widthPx);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), heightPx);
        header[8] = 8;
        header[9] = 3;
        return header;
    }

    private static byte[] Rows(int widthPx, int heightPx)
    {
        var thick = Math.Max(1, Math.Min(widthPx, heightPx) / 60);
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            var row = new byte[widthPx + 1];
            for (var y = 0; y < heightPx; y++)
            {
                Fill(row, thick, edge: y < thick || y >= heightPx - thick);
                zlib.Write(row);
            }
        }

        return packed.ToArray();
    }

    private static void Fill(byte[] row, int thick, bool edge)
    {
        row[0] = 0;
        row.AsSpan(1).Fill(edge ? (byte)1 : (byte)0);
        row.AsSpan(1, thick).Fill(1);
        row.AsSpan(row.Length - thick).Fill(1);
    }

    private static void Chunk(Stream png, ReadOnlySpan<byte> name, ReadOnlySpan<byte> content)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, content.Length);
        png.Write(number);
        png.Write(name);
        png.Write(content);
        BinaryPrimitives.WriteUInt32BigEndian(number, Crc(content, Crc(name, uint.MaxValue)) ^ uint.MaxValue);
        png.Write(number);
    }

    private static uint Crc(ReadOnlySpan<byte> bytes, uint crc)
    {
        foreach (var one in bytes)
        {
            crc ^= one;
            for (var bit = 0; bit < 8; bit++)
                crc = (crc & 1) == 0 ? crc >> 1 : 0xEDB88320 ^ (crc >> 1);
        }

        return crc;
    }
}
