using System.Globalization;
using BorderInfo.Contract.Plans;
using BorderInfo.Server.Content.Slides;
using BorderInfo.Server.Content.Transcode;
using BorderInfo.Server.Platform;
using Microsoft.Extensions.Logging.Abstractions;

namespace BorderInfo.Tests.Server.Content;

/// <summary>What the programs that the server starts can reach, and who can reach them.</summary>
public sealed class HardeningTests : IDisposable
{
    private readonly DataFolder data = new(Directory.CreateTempSubdirectory("borderinfo-hardening-").FullName);
    private readonly ChildProcess children;

    public HardeningTests() => children = new(NullLogger<ChildProcess>.Instance, data);

    private string Key => Path.Combine(data.Keys, "plan.key");

    [Fact]
    public async Task The_slide_browser_opens_no_port_that_another_user_could_speak_to()
    {
        await using var browser = new SlideBrowser(NullLogger<SlideBrowser>.Instance);
        var renderer = new SlideRenderer(browser, new FontCoverage(children));
        var slide = new Slide("Xin chào", "vi", BulletinClass.Normal, 1, false);

        var pages = (await renderer.Draw(slide, 320, 160, default)).Value;

        var family = FamilyOf(browser.ProcessId!.Value);
        Assert.Single(pages);
        Assert.True(family.Count >= 2, "the browser and its children");
        Assert.Empty(ListeningSockets().Intersect(family.SelectMany(SocketsOf)));
    }

    [RootFact]
    public async Task A_media_program_of_a_root_server_is_a_stranger_that_cannot_read_the_keys()
    {
        await File.WriteAllTextAsync(Key, "the secret of the test");
        File.SetUnixFileMode(Key, UnixFileMode.UserRead | UnixFileMode.UserWrite);

        var id = await children.Run(new("id", ["-u"]), default);
        var capabilities = await children.Run(new("grep", ["CapEff", "/proc/self/status"]), default);
        var direct = await children.Run(new("cat", [Key]), default);
        var upwards = await children.Run(new("cat", ["../../../keys/plan.key"]), default);
        var theServer = await children.Run(new("cat", [$"/proc/{Environment.ProcessId}/environ"]), default);

        Assert.Equal($"{ChildRoom.User}", id.Output.Trim());
        Assert.Contains("0000000000000000", capabilities.Output, StringComparison.Ordinal);
        Assert.All(new[] { direct, upwards, theServer }, e => Assert.True(!e.Good && e.Output.Length == 0 && e.ErrorTail.Contains("denied", StringComparison.Ordinal), e.ErrorTail));
    }

    [RootFact]
    public async Task A_media_program_reads_and_writes_only_the_files_of_its_call_and_leaves_no_folder()
    {
        var (input, output) = (Path.Combine(data.Work, "in.bin"), Path.Combine(data.Content, "out.bin"));
        await File.WriteAllTextAsync(input, "sample");
        File.SetUnixFileMode(input, UnixFileMode.UserRead);

        var copied = await children.Run(new("cp", [input, output]) { Reads = [input], Writes = output }, default);

        Assert.True(copied.Good, copied.ErrorTail);
        Assert.Equal("sample", await File.ReadAllTextAsync(output));
        Assert.Equal("0 644", (await Media.Run("stat", ["-c", "%u %a", output])).Trim());
        Assert.Empty(Directory.EnumerateDirectories(Path.Combine(data.Content, "tmp")));
    }

    [RootFact]
    public async Task A_program_that_puts_a_link_to_a_key_in_the_place_of_its_output_gains_nothing()
    {
        await File.WriteAllTextAsync(Key, "the secret of the test");
        var output = Path.Combine(data.Content, "out.bin");

        await children.Run(new("ln", ["-sf", Key, output]) { Writes = output }, default);

        Assert.Null(new FileInfo(output).LinkTarget);
        Assert.Equal(0, new FileInfo(output).Length);
    }

    [Fact]
    public async Task A_media_program_does_not_inherit_the_environment_of_the_server()
    {
        Environment.SetEnvironmentVariable("BORDERINFO_TEST_SECRET", "x");

        var seen = await children.Run(new("env", []), default);

        Assert.True(seen.Good);
        Assert.DoesNotContain("BORDERINFO_TEST_SECRET", seen.Output, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(data.Root, recursive: true);

    private static HashSet<int> FamilyOf(int first)
    {
        var parents = new Dictionary<int, int>();
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var id) && Text(folder + "/stat") is { Length: > 0 } stat)
                parents[id] = int.Parse(stat[(stat.LastIndexOf(')') + 4)..].Split(' ')[0], CultureInfo.InvariantCulture);
        }

        var family = new HashSet<int> { first };
        while (parents.Where(p => family.Contains(p.Value)).Any(p => family.Add(p.Key)))
            continue;
        return family;
    }

    private static IEnumerable<string> SocketsOf(int process) =>
        new DirectoryInfo($"/proc/{process}/fd").EnumerateFileSystemInfos().Select(f => f.LinkTarget ?? "").Where(t => t.StartsWith("socket:[", StringComparison.Ordinal)).Select(t => t[8..^1]);

    /// <summary>Inodes of the TCP sockets that listen (state 0A).</summary>
    private static IEnumerable<string> ListeningSockets() =>
        new[] { "/proc/net/tcp", "/proc/net/tcp6" }.Where(File.Exists).SelectMany(File.ReadLines).Select(l => l.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Where(w => w[3] == "0A").Select(w => w[9]);

    /// <summary>Empty when the process is gone by now.</summary>
    private static string Text(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (IOException)
        {
            return "";
        }
    }

    private sealed class RootFactAttribute : FactAttribute
    {
        public RootFactAttribute() => Skip = ChildProcess.IsRoot ? null : "only root can give up root";
    }
}
