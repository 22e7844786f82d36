using System.Buffers.Binary;

namespace BorderInfo.Server.Content.Uploads;

/// <summary>What a picture says about itself before anything decodes it.</summary>
/// <param name="Orientation">EXIF 1–8: how a camera was held. 1 = upright.</param>
/// <param name="Whole">False when bytes follow after the end of the picture (something hidden behind it), as far as the format tells.</param>
public sealed record PictureHeader(int WidthPx, int HeightPx, int Orientation, bool Whole)
{
    /// <summary>Null when the header is broken, or for WebP, whose size ffprobe tells.</summary>
    public static PictureHeader? Read(FileKind kind, Stream file) =>
        kind == FileKind.Png ? Png(file) : kind == FileKind.Gif ? Gif(file) : kind == FileKind.Jpeg ? Jpeg(file) : null;

    private static PictureHeader? Png(Stream file)
    {
        Span<byte> head = stackalloc byte[24];
        if (!Fill(file, 0, head) || !head[12..16].SequenceEqual("IHDR"u8))
            return null;
        var (width, height) = (BinaryPrimitives.ReadInt32BigEndian(head[16..]), BinaryPrimitives.ReadInt32BigEndian(head[20..]));
        Span<byte> chunk = stackalloc byte[8];
        for (var at = 8L; Fill(file, at, chunk);)
        {
            at += 12 + BinaryPrimitives.ReadUInt32BigEndian(chunk);
            if (chunk[4..].SequenceEqual("IEND"u8))
                return new(width, height, 1, at == file.Length);
        }

        return null;
    }

    /// <summary>Walks block by block to the trailer: a text that merely begins with GIF89a does not get there.</summary>
    private static PictureHeader? Gif(Stream file)
    {
        Span<byte> head = stackalloc byte[13];
        if (!Fill(file, 0, head))
            return null;
        var (width, height) = (BinaryPrimitives.ReadUInt16LittleEndian(head[6..]), BinaryPrimitives.ReadUInt16LittleEndian(head[8..]));
        Span<byte> block = stackalloc byte[10];
        for (var at = 13L + Colours(head[10]); Fill(file, at, block[..1]);)
        {
            switch (block[0])
            {
                case 0x3B:
                    return new(width, height, 1, at + 1 == file.Length);
                case 0x21:
                    at = AfterSubBlocks(file, at + 2);
                    break;
                case 0x2C when Fill(file, at, block):
                    at = AfterSubBlocks(file, at + 11 + Colours(block[9]));
                    break;
                default:
                    return null;
            }
        }

        return null;
    }

    /// <summary>Bytes of a colour table whose flags these are.</summary>
    private static int Colours(byte flags) => (flags & 0x80) == 0 ? 0 : 3 << ((flags & 7) + 1);

    private static long AfterSubBlocks(Stream file, long at)
    {
        Span<byte> length = stackalloc byte[1];
        while (Fill(file, at, length) && length[0] > 0)
            at += 1 + length[0];
        return at + 1;
    }

    private static PictureHeader? Jpeg(Stream file)
    {
        Span<byte> head = stackalloc byte[9];
        var orientation = 1;
        for (var at = 2L; Fill(file, at, head[..4]) && head[0] == 0xFF;)
        {
            var (marker, length) = (head[1], BinaryPrimitives.ReadUInt16BigEndian(head[2..]));
            if (marker == 0xFF)
            {
                at++;
                continue;
            }

            if (marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC))
                return Fill(file, at, head) ? new(BinaryPrimitives.ReadUInt16BigEndian(head[7..]), BinaryPrimitives.ReadUInt16BigEndian(head[5..]), orientation, Whole: true) : null;
            if (marker == 0xE1)
                orientation = Exif(file, at + 4, length - 2) ?? orientation;
            at += 2 + length;
        }

        return null;
    }

    /// <summary>Tag 0x0112 of the first directory of an EXIF block.</summary>
    private static int? Exif(Stream file, long at, int length)
    {
        var block = new byte[Math.Clamp(length, 0, 4096)];
        if (block.Length < 16 || !Fill(file, at, block) || !block.AsSpan(0, 4).SequenceEqual("Exif"u8))
            return null;
        var tiff = block.AsSpan(6);
        var little = tiff[0] == 'I';
        int Word(Span<byte> from) => little ? BinaryPrimitives.ReadUInt16LittleEndian(from) : BinaryPrimitives.ReadUInt16BigEndian(from);
        var start = little ? BinaryPrimitives.ReadInt32LittleEndian(tiff[4..]) : BinaryPrimitives.ReadInt32BigEndian(tiff[4..]);
        if (start < 8 || start + 2 > tiff.Length)
            return null;
        var count = Word(tiff[start..]);
        for (var entry = start + 2; count-- > 0 && entry + 12 <= tiff.Length; entry += 12)
        {
            if (Word(tiff[entry..]) == 0x0112)
                return Word(tiff[(entry + 8)..]) is var value and >= 1 and <= 8 ? value : null;
        }

        return null;
    }

    private static bool Fill(Stream file, long at, Span<byte> into)
    {
        file.Position = at;
        return file.ReadAtLeast(into, into.Length, throwOnEndOfStream: false) == into.Length;
    }
}
