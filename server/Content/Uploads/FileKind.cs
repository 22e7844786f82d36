using System.Buffers.Binary;
using System.Text;

namespace BorderInfo.Server.Content.Uploads;

public enum Medium
{
    Picture,
    Video,
    Sound,
}

/// <summary>A kind of file we let in, known by its first bytes; the name and what the browser says do not count.</summary>
/// <param name="Demuxer">Forced on ffmpeg, so that nothing is guessed.</param>
public sealed record FileKind(string Name, string Demuxer, Medium Medium)
{
    public const int BytesNeeded = 64;

    public static readonly FileKind Png = new("PNG", "png_pipe", Medium.Picture);
    public static readonly FileKind Jpeg = new("JPEG", "jpeg_pipe", Medium.Picture);
    public static readonly FileKind Webp = new("WebP", "webp_pipe", Medium.Picture);
    public static readonly FileKind Gif = new("GIF", "gif", Medium.Picture);
    public static readonly FileKind Mp4 = new("MP4/MOV", "mov", Medium.Video);
    public static readonly FileKind M4a = new("M4A", "mov", Medium.Sound);
    public static readonly FileKind Matroska = new("MKV/WebM", "matroska", Medium.Video);
    public static readonly FileKind Mp3 = new("MP3", "mp3", Medium.Sound);
    public static readonly FileKind Wav = new("WAV", "wav", Medium.Sound);
    public static readonly FileKind Ogg = new("Ogg", "ogg", Medium.Sound);
    public static readonly FileKind Flac = new("FLAC", "flac", Medium.Sound);

    /// <summary>Pure. Null = not on the list (SVG, playlists, archives, programs, documents …).</summary>
    public static FileKind? Of(ReadOnlySpan<byte> head)
    {
        if (Starts(head, [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]))
            return Png;
        if (Starts(head, [0xFF, 0xD8, 0xFF]))
            return Jpeg;
        if (Starts(head, "GIF87a") || Starts(head, "GIF89a"))
            return Gif;
        if (Starts(head, "RIFF") && head.Length >= 12)
            return Starts(head[8..], "WEBP") ? Webp : Starts(head[8..], "WAVE") ? Wav : null;
        if (head.Length >= 12 && Starts(head[4..], "ftyp"))
            return Brand(head);
        if (Starts(head, [0x1A, 0x45, 0xDF, 0xA3]))
            return Matroska;
        if (Starts(head, "OggS"))
            return Ogg;
        if (Starts(head, "fLaC"))
            return Flac;
        return Starts(head, "ID3") || MpegAudio(head) ? Mp3 : null;
    }

    private static FileKind? Brand(ReadOnlySpan<byte> head) => Encoding.ASCII.GetString(head[8..12]) switch
    {
        "M4A " or "M4B " => M4a,
        "isom" or "iso2" or "iso3" or "iso4" or "iso5" or "iso6" or "mp41" or "mp42" or "avc1" or "M4V " or "qt  " or "3gp4" or "3gp5" or "3gp6" or "dash" or "MSNV" => Mp4,
        _ => null,
    };

    /// <summary>Frame header of MPEG-1/2 layer III: sync, a legal version, bit rate and sampling rate.</summary>
    private static bool MpegAudio(ReadOnlySpan<byte> head)
    {
        if (head.Length < 4)
            return false;
        var word = BinaryPrimitives.ReadUInt32BigEndian(head);
        var version = (word >> 19) & 3;
        var layer = (word >> 17) & 3;
        var bitRate = (word >> 12) & 15;
        var rate = (word >> 10) & 3;
        return word >> 21 == 0x7FF && version != 1 && layer == 1 && bitRate is not 0 and not 15 && rate != 3;
    }

    private static bool Starts(ReadOnlySpan<byte> head, ReadOnlySpan<byte> with) => head.StartsWith(with);

    private static bool Starts(ReadOnlySpan<byte> head, string with) => head.StartsWith(Encoding.ASCII.GetBytes(with));
}
