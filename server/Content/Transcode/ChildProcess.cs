using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace BorderInfo.Server.Content.Transcode;

/// <summary>One run of a foreign program over a foreign file.</summary>
/// <param name="Arguments">One by one; no shell ever sees them.</param>
public sealed record ChildCall(string Program, IReadOnlyList<string> Arguments)
{
    /// <summary>Default: 30 s. Then the child and its children are killed.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Address space. Default: 2 GiB.</summary>
    public long MemoryBytes { get; init; } = 2L << 30;

    /// <summary>Processor time. Default: 600 s.</summary>
    public int CpuSeconds { get; init; } = 600;

    /// <summary>Largest file it may write. Default: 1 MiB.</summary>
    public long FileBytes { get; init; } = 1 << 20;

    /// <summary>Those of <see cref="Arguments"/> that are files it may read. A child that gave up root can open no other file of ours.</summary>
    public IReadOnlyList<string> Reads { get; init; } = [];

    /// <summary>The one of <see cref="Arguments"/> that is the file it may write; null = none.</summary>
    public string? Writes { get; init; }

    /// <summary>Text for its standard input; null = nothing to read.</summary>
    public string? Input { get; init; }

    /// <summary>Called for each line of its standard output, for progress.</summary>
    public Action<string>? EachLine { get; init; }
}

/// <param name="Output">At most 1 MiB of standard output.</param>
/// <param name="ErrorTail">Last 4 KiB of standard error.</param>
public sealed record ChildEnd(int ExitCode, string Output, string ErrorTail, bool TimedOut)
{
    public bool Good => ExitCode == 0 && !TimedOut;
}

/// <summary>
/// The server's only door to other programs. A call runs with limits on memory, processor time and file size, without network, without privileges and without
/// the server's environment where the system allows it, and at most two at a time. When the server is root the child is a user that owns nothing and
/// sees only what its <see cref="ChildRoom"/> holds; when the server is not, the child keeps the server's user and may read what that user may.
/// </summary>
/// <param name="data">Where the rooms are, so that files can be linked into them; null = in the system's temporary folder.</param>
public sealed partial class ChildProcess(ILogger<ChildProcess> log, DataFolder? data = null)
{
    private static readonly string Stranger = string.Create(CultureInfo.InvariantCulture, $"{ChildRoom.User}");
    private const int TailCharacters = 4096;
    private const int OutputCharacters = 1 << 20;
    private readonly SemaphoreSlim slots = new(2);
    private string[]? sandbox;

    public async Task<ChildEnd> Run(ChildCall call, CancellationToken stop)
    {
        await slots.WaitAsync(stop);
        try
        {
            return await RunNow(call, stop);
        }
        finally
        {
            slots.Release();
        }
    }

    /// <summary>A long-lived child without the limits above (the slide browser); the caller ends it.</summary>
    /// <param name="home">A folder of its own that the child may write to.</param>
    /// <param name="asNobody">Gives up root before starting; only when the server is root.</param>
    public static Process Start(string program, IReadOnlyList<string> arguments, string home, bool asNobody)
    {
        string[] before = asNobody ? ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--no-new-privs", "--"] : [];
        if (asNobody && ChangeOwner(home, 65534, 65534) != 0)
            throw new IOException($"cannot give {home} to nobody");
        var start = Described([.. before, program, .. arguments]);
        start.Environment["HOME"] = home;
        start.Environment["TMPDIR"] = home;
        return Process.Start(start) ?? throw new IOException($"{program} did not start");
    }

    /// <summary>True when the server itself is root and should not run a browser as such.</summary>
    public static bool IsRoot => !OperatingSystem.IsWindows() && Environment.UserName == "root";

    private async Task<ChildEnd> RunNow(ChildCall call, CancellationToken stop)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
        patience.CancelAfter(call.Timeout);
        sandbox ??= await FindSandbox();
        using var room = !OperatingSystem.IsWindows() && sandbox.Contains($"--reuid={Stranger}") ? ChildRoom.For(call, data is null ? Path.GetTempPath() : Path.Combine(data.Content, "tmp")) : null;
        using var process = Process.Start(Confined([.. Limits(call), .. sandbox, call.Program, .. room?.Arguments ?? call.Arguments], room))
            ?? throw new IOException($"{call.Program} did not start");
        var output = new StringBuilder();
        var error = new StringBuilder();
        var reading = Task.WhenAll(Read(process.StandardOutput, output, OutputCharacters, call.EachLine), Read(process.StandardError, error, TailCharacters, null));
        try
        {
            await Feed(process, call.Input);
            await process.WaitForExitAsync(patience.Token);
            await reading;
            return new(process.ExitCode, output.ToString(), error.ToString(), TimedOut: false);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            await End(process);
            Log.TimedOut(log, call.Program, call.Timeout.TotalSeconds);
            return new(-1, "", error.ToString(), TimedOut: true);
        }
        catch (OperationCanceledException)
        {
            await End(process);
            throw;
        }
    }

    private static async Task End(Process process)
    {
        process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync(CancellationToken.None);
    }

    private static async Task Feed(Process process, string? input)
    {
        try
        {
            await process.StandardInput.WriteAsync(input ?? "");
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It ended without reading; its exit code tells.
        }
    }

    private static async Task Read(StreamReader from, StringBuilder into, int keep, Action<string>? each)
    {
        while (await from.ReadLineAsync() is { } line)
        {
            each?.Invoke(line);
            into.Append(line).Append('\n');
            if (into.Length > keep)
                into.Remove(0, into.Length - keep);
        }
    }

    private static ProcessStartInfo Described(IReadOnlyList<string> words)
    {
        var start = new ProcessStartInfo(words[0], words.Skip(1))
        {
            UseShellExecute = false,
            CreateNoWindow = true,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = new UTF8Encoding(false),
        };
        start.Environment["LC_ALL"] = "C.UTF-8";
        return start;
    }

    /// <summary>Nothing of the server's environment, which may hold secrets, but what a program needs to be found and to read letters.</summary>
    private static ProcessStartInfo Confined(IReadOnlyList<string> words, ChildRoom? room)
    {
        var start = Described(words);
        foreach (var name in start.Environment.Keys.Except(["PATH", "LC_ALL", "SystemRoot", "TEMP", "TMP"]).ToArray())
            start.Environment.Remove(name);
        if (room is not null)
            start.WorkingDirectory = room.Folder;
        return start;
    }

    private static string[] Limits(ChildCall call) => OperatingSystem.IsLinux()
        ? ["prlimit", Limit("as", call.MemoryBytes), Limit("cpu", call.CpuSeconds), Limit("fsize", call.FileBytes), "--core=0", "--"]
        : [];

    private static string Limit(string what, long value) => string.Create(CultureInfo.InvariantCulture, $"--{what}={value}");

    /// <summary>The strongest of the known wrappings that this machine lets us use, found by trying.</summary>
    private async Task<string[]> FindSandbox()
    {
        string[][] known =
        [
            ["unshare", "--net", "--", "setpriv", $"--reuid={Stranger}", $"--regid={Stranger}", "--clear-groups", "--no-new-privs", "--bounding-set=-all", "--inh-caps=-all", "--"],
            ["setpriv", $"--reuid={Stranger}", $"--regid={Stranger}", "--clear-groups", "--", "unshare", "--map-root-user", "--net", "--", "setpriv", "--no-new-privs", "--"],
            ["setpriv", $"--reuid={Stranger}", $"--regid={Stranger}", "--clear-groups", "--no-new-privs", "--bounding-set=-all", "--inh-caps=-all", "--"],
            ["unshare", "--net", "--", "setpriv", "--no-new-privs", "--bounding-set=-all", "--inh-caps=-all", "--"],
            ["unshare", "--map-root-user", "--net", "--", "setpriv", "--no-new-privs", "--"],
            ["setpriv", "--no-new-privs", "--"],
        ];
        foreach (var words in OperatingSystem.IsLinux() ? known : [])
        {
            using var trial = Process.Start(Described([.. words, "true"]));
            if (trial is null)
                continue;
            await trial.WaitForExitAsync();
            if (trial.ExitCode == 0)
            {
                Log.Sandbox(log, string.Join(' ', words));
                return words;
            }
        }

        Log.NoSandbox(log);
        return [];
    }

    [LibraryImport("libc", EntryPoint = "chown", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int ChangeOwner(string path, int user, int group);

    private static partial class Log
    {
        [LoggerMessage(1501, LogLevel.Warning, "{Program} was ended after {Seconds} s")]
        public static partial void TimedOut(ILogger log, string program, double seconds);

        [LoggerMessage(1502, LogLevel.Information, "Media programs run under: {Words}")]
        public static partial void Sandbox(ILogger log, string words);

        [LoggerMessage(1503, LogLevel.Warning, "Media programs run without a sandbox: neither unshare nor setpriv works here")]
        public static partial void NoSandbox(ILogger log);
    }
}
