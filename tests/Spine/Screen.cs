using System.Buffers.Binary;
using System.Globalization;

namespace BorderInfo.Tests.Spine;

/// <summary>A virtual X display whose pixels can be read at any instant, without a program in between.</summary>
/// <remarks>
/// Source: <c>Xvfb -fbdir</c> maps its picture to a file in the XWD format: 25 big-endian words (0 = header size, 12 = bytes a line, 19 = colours),
/// the colours of 12 bytes each, then the lines of B, G, R, X bytes.
/// </remarks>
internal sealed class Screen : IDisposable
{
    private readonly Running xvfb;
    private readonly string file;
    private FileStream? picture;
    private long start;
    private int stride;

    /// <param name="size">Pixels, for example <c>960x540</c>.</param>
    public Screen(string size, string folder)
    {
        file = Path.Combine(Directory.CreateDirectory(folder).FullName, "Xvfb_screen0");
        xvfb = new("Xvfb", null, "-displayfd", "1", "-screen", "0", size + "x24", "-fbdir", folder, "-nolisten", "tcp", "-noreset");
    }

    public bool Ready => xvfb.Lines.Any(IsNumber);

    public string Display => ":" + xvfb.Lines.First(IsNumber);

    /// <summary>R, G, B of a rectangle, line by line.</summary>
    /// <param name="every">Only every so many pixels of every so many lines.</param>
    public byte[] Region(int x, int y, int width, int height, int every = 1)
    {
        Open();
        var (columns, lines) = ((width + every - 1) / every, (height + every - 1) / every);
        var rgb = new byte[columns * lines * 3];
        Span<byte> line = stackalloc byte[width * 4];
        for (var j = 0; j < lines; j++)
        {
            RandomAccess.Read(picture!.SafeFileHandle, line, start + ((y + (j * every)) * (long)stride) + (x * 4));
            for (var i = 0; i < columns; i++)
            {
                var (from, to) = (i * every * 4, ((j * columns) + i) * 3);
                (rgb[to], rgb[to + 1], rgb[to + 2]) = (line[from + 2], line[from + 1], line[from]);
            }
        }

        return rgb;
    }

    public void Dispose()
    {
        picture?.Dispose();
        xvfb.Dispose();
    }

    private void Open()
    {
        if (picture is not null)
            return;
        var opened = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        Span<byte> head = stackalloc byte[100];
        opened.ReadExactly(head);
        stride = BinaryPrimitives.ReadInt32BigEndian(head[48..]);
        start = BinaryPrimitives.ReadInt32BigEndian(head) + (BinaryPrimitives.ReadInt32BigEndian(head[76..]) * 12L);
        picture = opened;
    }

    private static bool IsNumber(string line) => int.TryParse(line, NumberStyles.None, CultureInfo.InvariantCulture, out _);
}
