using BorderInfo.Agent.Play;
using BorderInfo.Contract;
using BorderInfo.Contract.Plans;
using Microsoft.Extensions.Logging.Abstractions;

namespace BorderInfo.Tests.Agent.Play;

/// <summary>A shelf, a run folder and players on a given display or sound service, in a temporary folder.</summary>
internal sealed class PlayRoom : IAsyncDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("bi-play-").FullName;
    private readonly List<IPlayer> players = [];
    private MpvPlayerMaker? maker;

    public PlayRoom(XDisplay display)
        : this(new PlaySettings { VideoOutput = "x11", HardwareDecoding = "no", Displays = new() { [1] = display.Name } })
    {
    }

    public PlayRoom(PlaySettings settings)
    {
        Directory.CreateDirectory(Shelf);
        Settings = settings with { RunFolder = Path.Combine(folder, "run") };
    }

    public string Shelf => Path.Combine(folder, "shelf");

    public PlaySettings Settings { get; set; }

    public NewsPaper News { get; } = new();

    public MpvPlayerMaker Maker => maker ??= new(Settings, Shelf, TimeProvider.System, NullLogger<MpvPlayer>.Instance);

    public static PlanOutput Region(string id, int x, int y, int width, int height) => new()
    {
        Id = new(id), Kind = OutputKind.LedRegion, X = x, Y = y, WidthPx = width, HeightPx = height, Languages = ["vi"],
    };

    public MpvPlayer Play(PlanOutput output)
    {
        var player = (MpvPlayer)Maker.Make(output, "Cụm thử nghiệm", News.Add);
        players.Add(player);
        player.Start();
        return player;
    }

    public Showing Still(string key, (byte R, byte G, byte B) colour, int width = 320, int height = 160) =>
        new(key, Put(key + ".png", FlatPng.Draw(width, height, colour, colour)), PartKind.Still, TimeSpan.Zero);

    public Showing Red(string key) => Still(key, (255, 0, 0));

    public Showing Green(string key) => Still(key, (0, 255, 0));

    /// <summary>A blue clip.</summary>
    public async Task<Showing> Clip(string key, double seconds)
    {
        var path = Path.Combine(Shelf, key + ".mp4");
        await Tools.Ffmpeg("-f", "lavfi", "-i", FormattableString.Invariant($"color=blue:s=320x160:r=25:d={seconds}"), "-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", path);
        return new(key, path, PartKind.Clip, TimeSpan.Zero);
    }

    /// <summary>A tone.</summary>
    public async Task<Showing> Speech(string key, double seconds)
    {
        var path = Path.Combine(Shelf, key + ".flac");
        await Tools.Ffmpeg("-f", "lavfi", "-i", FormattableString.Invariant($"sine=440:d={seconds}"), path);
        return new(key, path, PartKind.Speech, TimeSpan.Zero);
    }

    public string Put(string name, byte[] bytes)
    {
        var path = Path.Combine(Shelf, name);
        File.WriteAllBytes(path, bytes);
        return path;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var player in players)
            await player.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }
}

/// <summary>Collects what the players told, in order.</summary>
internal sealed class NewsPaper
{
    private readonly List<PlayerNews> all = [];

    public IReadOnlyList<PlayerNews> All
    {
        get
        {
            lock (all)
                return [.. all];
        }
    }

    public void Add(PlayerNews one)
    {
        lock (all)
            all.Add(one);
    }

    public Task Started(string key, int times = 1) =>
        Tools.Until(() => All.OfType<ShowingStarted>().Count(one => one.Key == key) >= times, () => $"start {times} of {key}; told: {Words()}");

    public Task Ended(string key) => Tools.Until(() => All.OfType<ShowingEnded>().Any(one => one.Key == key), () => $"the end of {key}; told: {Words()}");

    public Task Failed(string key) => Tools.Until(() => All.OfType<ShowingFailed>().Any(one => one.Key == key), () => $"the failure of {key}; told: {Words()}");

    /// <summary>Without instants, for example <c>start a, end a, start b</c>.</summary>
    public string Words() => string.Join(", ", All.Select(one => one switch
    {
        PlayerStarted started => $"player {started.Restarts}",
        ShowingStarted started => "start " + started.Key,
        ShowingEnded { Broken: true } ended => "break " + ended.Key,
        ShowingEnded ended => "end " + ended.Key,
        ShowingFailed failed => "fail " + failed.Key,
        ShowingSeen seen => "seen " + seen.Key,
        _ => "?",
    }));
}
