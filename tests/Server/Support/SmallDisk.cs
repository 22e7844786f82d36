using System.Diagnostics;

namespace BorderInfo.Tests.Server.Support;

/// <summary>A real file system of a few MiB that a test can fill to the last byte. Needs root.</summary>
public sealed class SmallDisk : IDisposable
{
    public SmallDisk(int mib)
    {
        Folder = Directory.CreateTempSubdirectory("borderinfo-disk-").FullName;
        Run("mount", "-t", "tmpfs", "-o", $"size={mib}m,mode=700", "none", Folder);
    }

    public string Folder { get; }

    private string Filler => Path.Combine(Folder, ".filler");

    /// <param name="leave">Bytes that stay free, in steps of 4 KiB.</param>
    public void Fill(long leave = 0)
    {
        using var file = new FileStream(Filler, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        var left = new DriveInfo(Folder).AvailableFreeSpace - leave;
        var block = new byte[4096];
        try
        {
            for (; left >= block.Length; left -= block.Length)
                file.Write(block);
            while (leave == 0)
                file.Write(block);
        }
        catch (IOException e) when (e.HResult == 28)
        {
            Assert.Equal(0, leave);
        }
    }

    public void MakeRoom() => File.Delete(Filler);

    public void Dispose()
    {
        Run("umount", "-l", Folder);
        Directory.Delete(Folder);
    }

    internal static void Run(string program, params string[] words)
    {
        using var run = Process.Start(new ProcessStartInfo(program, words) { RedirectStandardError = true })!;
        var said = run.StandardError.ReadToEnd();
        run.WaitForExit();
        Assert.True(run.ExitCode == 0, $"{program}: {said}");
    }
}

/// <summary>A file that is there and answers every read with an input/output error, as on a disk that fails. Needs root.</summary>
public sealed class UnreadableFile : IDisposable
{
    private readonly string path;

    /// <remarks>Memory of a process cannot be read at address 0.</remarks>
    public UnreadableFile(string path) => SmallDisk.Run("mount", "--bind", $"/proc/{Environment.ProcessId}/mem", this.path = path);

    public void Dispose() => SmallDisk.Run("umount", "-l", path);
}

/// <summary>A test that mounts a file system.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RootFactAttribute : FactAttribute
{
    public RootFactAttribute()
    {
        if (!OperatingSystem.IsLinux() || Environment.UserName != "root")
            Skip = "mounts a file system of its own, which needs root on Linux";
    }
}

/// <summary>As <see cref="RootFactAttribute"/>, with cases.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RootTheoryAttribute : TheoryAttribute
{
    public RootTheoryAttribute() => Skip = new RootFactAttribute().Skip;
}
