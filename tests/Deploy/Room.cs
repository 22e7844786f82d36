using System.Diagnostics;
using System.Runtime.Versioning;
using System.Security.Cryptography;

[assembly: SupportedOSPlatform("linux")]

namespace BorderInfo.Tests.Deploy;

/// <summary>A temporary folder and the scripts of <c>deploy/</c>, run for real.</summary>
public sealed class Room : IDisposable
{
    private readonly List<Process> running = [];

    public static string Root { get; } = FindRoot();

    /// <summary>The programs these tests use besides bash, fetched once when they are missing; what then is still missing fails its test by name.</summary>
    static Room() => Deploy("need", "sqlite3", "curl", "analyze", "shellcheck");

    public string Folder { get; } = Directory.CreateTempSubdirectory("borderinfo-deploy-").FullName;

    public string this[string path] => Path.Combine(Folder, path);

    /// <summary>Runs <c>deploy/WORDS</c> to its end.</summary>
    public static Ended Deploy(string script, params string[] words) => Run(Path.Combine(Root, "deploy", script), words);

    public static Ended Run(string program, params string[] words)
    {
        using var process = Start(program, words);
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return new(process.ExitCode, output, errors.GetAwaiter().GetResult());
    }

    public static string Sql(string database, string question)
    {
        var ended = Run("sqlite3", "-bail", "-cmd", ".timeout 10000", database, question);
        Assert.True(ended.Code == 0, ended.ToString());
        return ended.Output.Trim();
    }

    /// <summary>Runs a shell line until the room is left.</summary>
    public Process Background(string line)
    {
        var process = Start("bash", ["-c", line]);
        running.Add(process);
        return process;
    }

    public string Write(string path, string text, bool executable = false)
    {
        var file = this[path];
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
        if (executable)
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return file;
    }

    /// <summary>A file of the content store: named by its hash, two folders deep.</summary>
    public string WriteContent(string data, byte[] bytes)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(bytes));
        var file = this[Path.Combine(data, "content", hash[..2], hash[2..4], hash)];
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllBytes(file, bytes);
        return file;
    }

    public static void FlipByte(string file, long at)
    {
        using var stream = File.Open(file, FileMode.Open, FileAccess.ReadWrite);
        stream.Position = at;
        var was = stream.ReadByte();
        stream.Position = at;
        stream.WriteByte((byte)(was ^ 0x40));
    }

    public void Dispose()
    {
        foreach (var process in running)
        {
            process.Kill(entireProcessTree: true);
            process.WaitForExit();
            process.Dispose();
        }

        Directory.Delete(Folder, recursive: true);
    }

    private static Process Start(string program, string[] words)
    {
        var start = new ProcessStartInfo(program, words) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        var process = Process.Start(start)!;
        process.StandardInput.Close();
        return process;
    }

    private static string FindRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "BorderInfo.sln")))
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("BorderInfo.sln not found above the test");
        return folder;
    }
}

/// <summary>A test that mounts a file over another.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RootFactAttribute : FactAttribute
{
    public RootFactAttribute()
    {
        if (Environment.UserName != "root")
            Skip = "mounts a file that cannot be read, which needs root";
    }
}

/// <summary>How a script ended.</summary>
public sealed record Ended(int Code, string Output, string Errors)
{
    /// <summary>It refused with code 2 and its two sentences name this.</summary>
    public void Refused(string vietnamese, string english)
    {
        Assert.True(Code == 2, ToString());
        Assert.Contains(vietnamese, Errors, StringComparison.Ordinal);
        Assert.Contains(english, Errors, StringComparison.Ordinal);
    }

    public void Done() => Assert.True(Code == 0, ToString());
}
