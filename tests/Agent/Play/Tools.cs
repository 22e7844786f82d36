using System.Diagnostics;

namespace BorderInfo.Tests.Agent.Play;

/// <summary>Runs the real programs the tests look through.</summary>
internal static class Tools
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    public static Process Start(string program, IReadOnlyDictionary<string, string> environment, params string[] words)
    {
        var info = new ProcessStartInfo(program) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var word in words)
            info.ArgumentList.Add(word);
        foreach (var (name, value) in environment)
            info.Environment[name] = value;
        var child = Process.Start(info)!;
        child.ErrorDataReceived += (_, _) => { };
        child.BeginErrorReadLine();
        return child;
    }

    /// <summary>Standard output of a program that must succeed.</summary>
    public static async Task<byte[]> Read(string program, IReadOnlyDictionary<string, string> environment, params string[] words)
    {
        using var child = Start(program, environment, words);
        using var output = new MemoryStream();
        await child.StandardOutput.BaseStream.CopyToAsync(output);
        await child.WaitForExitAsync();
        return child.ExitCode == 0 ? output.ToArray() : throw new InvalidOperationException($"{program} ended with {child.ExitCode}");
    }

    public static Task<byte[]> Ffmpeg(params string[] words) =>
        Read("ffmpeg", new Dictionary<string, string>(), ["-v", "error", "-nostdin", "-y", .. words]);

    /// <param name="what">Asked when the waiting was in vain, so that it can tell what had come by then.</param>
    public static async Task Until(Func<Task<bool>> holds, Func<string> what)
    {
        var end = DateTime.UtcNow + Patience;
        while (!await holds())
        {
            Assert.True(DateTime.UtcNow < end, DateTime.UtcNow < end ? "" : $"waited in vain for {what()}");
            await Task.Delay(25);
        }
    }

    public static Task Until(Func<Task<bool>> holds, string what) => Until(holds, () => what);

    public static Task Until(Func<bool> holds, Func<string> what) => Until(() => Task.FromResult(holds()), what);

    public static Task Until(Func<bool> holds, string what) => Until(holds, () => what);
}
