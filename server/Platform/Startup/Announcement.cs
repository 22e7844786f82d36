namespace BorderInfo.Server.Platform.Startup;

/// <summary>One line that the start prints for the person who started it, such as a one-time sign-in link. Added by slices before the address is printed.</summary>
/// <param name="Vietnamese">What it is for.</param>
/// <param name="English">The same in English.</param>
/// <param name="Path">Path on this server, for example <c>/vao/…</c>.</param>
public sealed record StartLink(string Vietnamese, string English, string Path);

/// <summary>A slice that has links to announce or samples to lay out. Called once, in order, after the database is ready and before the doors open.</summary>
public interface IAtStart
{
    /// <summary>Smaller comes first; slices use their place in the house: Identity 20, Geo 30 … Reports 100.</summary>
    int Order { get; }

    /// <param name="sample">True when the sample set is wanted.</param>
    Task<IReadOnlyList<StartLink>> AtStart(IServiceProvider services, bool sample, CancellationToken stop);
}

/// <summary>Runs everything that wants to happen at the start and tells the operator.</summary>
public static class Announcement
{
    public static async Task<IReadOnlyList<StartLink>> RunStart(this IServiceProvider services, bool sample, CancellationToken stop = default)
    {
        var links = new List<StartLink>();
        foreach (var step in services.GetServices<IAtStart>().OrderBy(s => s.Order))
        {
            using var scope = services.CreateScope();
            links.AddRange(await step.AtStart(scope.ServiceProvider, sample, stop));
        }

        return links;
    }

    /// <summary>The missing programs this server would use, as one sentence each; it runs on without them as far as it can.</summary>
    public static IEnumerable<string> MissingPrograms()
    {
        foreach (var (name, what) in new[] { ("ffmpeg", "ảnh, video, âm thanh / images, video, audio"), ("ffprobe", "kiểm tra tệp / checking files"), ("chromium-headless-shell", "vẽ chữ / drawing text"), ("espeak-ng", "bản đọc nháp / draft speech"), ("mosquitto", "liên lạc với các điểm / reaching the sites") })
        {
            if (!Find(name) && !(name == "chromium-headless-shell" && Find("chromium")))
                yield return $"Thiếu {name} ({what}): apt-get install {(name == "ffprobe" ? "ffmpeg" : name)}";
        }
    }

    public static void Print(string address, IReadOnlyList<StartLink> links)
    {
        Console.WriteLine();
        Console.WriteLine($"  BorderInfo: {address}");
        foreach (var link in links)
            Console.WriteLine($"  {link.Vietnamese} / {link.English}:\n    {address}{link.Path}");
        foreach (var missing in MissingPrograms())
            Console.WriteLine($"  ! {missing}");
        Console.WriteLine("  Ctrl-C để dừng / to stop");
        Console.WriteLine();
    }

    private static bool Find(string program) =>
        (Environment.GetEnvironmentVariable("PATH") + ":/usr/sbin:/usr/local/sbin").Split(':').Any(folder => File.Exists(Path.Combine(folder, program)));
}
