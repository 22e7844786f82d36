using System.Diagnostics;
using System.Globalization;

namespace BorderInfo.Tests.Agent.Play;

/// <summary>A real X server without a screen, 640 x 480, on a display number of its own choice.</summary>
public sealed class XDisplay : IAsyncLifetime
{
    public const int WidthPx = 640;
    public const int HeightPx = 480;

    private Process? server;

    /// <summary>For example <c>:7</c>.</summary>
    public string Name { get; private set; } = "";

    public async Task InitializeAsync()
    {
        server = Tools.Start("Xvfb", new Dictionary<string, string>(), "-displayfd", "1", "-screen", "0", $"{WidthPx}x{HeightPx}x24", "-nolisten", "tcp", "-noreset");
        Name = ":" + await server.StandardOutput.ReadLineAsync();
    }

    public Task DisposeAsync()
    {
        server!.Kill();
        server.WaitForExit();
        server.Dispose();
        return Task.CompletedTask;
    }

    public async Task<Pixels> Look() => new(await Tools.Ffmpeg(
        "-f", "x11grab", "-draw_mouse", "0", "-video_size", $"{WidthPx}x{HeightPx}", "-i", Name, "-frames:v", "1", "-pix_fmt", "rgb24", "-f", "rawvideo", "pipe:1"));

    /// <summary>Waits until the pixel has the colour.</summary>
    public Task Shows(int x, int y, Colour colour) => Tools.Until(async () => (await Look()).At(x, y) == colour, $"{colour} at {x},{y}");

    /// <summary>Colours of one point, about 60 a second; calls back once after the first.</summary>
    public async Task<IReadOnlyList<Colour>> Film(int x, int y, double seconds, Func<Task> onceRunning)
    {
        using var camera = Tools.Start(
            "ffmpeg", new Dictionary<string, string>(), "-v", "error", "-nostdin", "-f", "x11grab", "-draw_mouse", "0", "-framerate", "60", "-video_size", "16x16",
            "-i", string.Create(CultureInfo.InvariantCulture, $"{Name}+{x},{y}"), "-t", seconds.ToString(CultureInfo.InvariantCulture),
            "-vf", "crop=1:1,format=rgb24", "-f", "rawvideo", "-flush_packets", "1", "pipe:1");
        var one = new byte[3];
        var film = new List<Colour>();
        while (await camera.StandardOutput.BaseStream.ReadAtLeastAsync(one, 3, throwOnEndOfStream: false) == 3)
        {
            film.Add(Colour.Near(one[0], one[1], one[2]));
            if (film.Count == 1)
                await onceRunning();
        }

        return film;
    }

    public sealed class Pixels(byte[] rgb)
    {
        public Colour At(int x, int y) => Colour.Near(rgb[Place(x, y)], rgb[Place(x, y) + 1], rgb[Place(x, y) + 2]);

        /// <summary>How many pixels of the colour, and their smallest frame.</summary>
        public (int Count, int Left, int Top, int Right, int Bottom) Area(Colour colour)
        {
            var found = (Count: 0, Left: WidthPx, Top: HeightPx, Right: -1, Bottom: -1);
            for (var y = 0; y < HeightPx; y++)
                for (var x = 0; x < WidthPx; x++)
                    if (At(x, y) == colour)
                        found = (found.Count + 1, Math.Min(found.Left, x), Math.Min(found.Top, y), Math.Max(found.Right, x), Math.Max(found.Bottom, y));
            return found;
        }

        private static int Place(int x, int y) => ((y * WidthPx) + x) * 3;
    }
}

/// <summary>A colour after rounding each channel to quarters, so that YUV errors do not matter.</summary>
public readonly record struct Colour(int R, int G, int B)
{
    public static readonly Colour Black = new(0, 0, 0);
    public static readonly Colour Red = new(4, 0, 0);
    public static readonly Colour Green = new(0, 4, 0);
    public static readonly Colour Blue = new(0, 0, 4);

    /// <summary>Field of the built-in safe screen (12, 45, 94).</summary>
    public static readonly Colour Safe = new(0, 1, 1);

    public static Colour Near(byte r, byte g, byte b) => new((r + 32) / 64, (g + 32) / 64, (b + 32) / 64);
}
