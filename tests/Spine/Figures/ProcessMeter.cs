using System.Diagnostics;
using System.Globalization;

namespace BorderInfo.Tests.Spine.Figures;

/// <summary>What Linux tells of a process, and of those it started.</summary>
internal static class ProcessMeter
{
    private const double TicksPerSecond = 100;

    /// <summary>Memory in RAM, MB of 10⁶ bytes.</summary>
    public static double Rss(int pid) =>
        long.Parse(File.ReadLines($"/proc/{pid}/status").First(l => l.StartsWith("VmRSS", StringComparison.Ordinal)).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) * 1024 / 1e6;

    /// <summary>Seconds of processor time of the process itself, its children not counted.</summary>
    public static double CpuSeconds(int pid) => Stat(pid) is var s ? (double.Parse(s[11], CultureInfo.InvariantCulture) + double.Parse(s[12], CultureInfo.InvariantCulture)) / TicksPerSecond : 0;

    /// <summary>Processes below this one whose command line holds a word.</summary>
    public static IReadOnlyList<int> Below(int parent, string word = "") => [.. Process.GetProcesses().Select(IdAndDone).Where(id => CommandOf(id).Contains(word, StringComparison.Ordinal) && Ancestors(id).Contains(parent))];

    /// <summary>As <c>kill -9</c>; true when there was one.</summary>
    public static bool KillBelow(int parent, string word)
    {
        foreach (var id in Below(parent, word))
        {
            using var process = Process.GetProcessById(id);
            process.Kill();
            return true;
        }

        return false;
    }

    private static int IdAndDone(Process process)
    {
        using (process)
            return process.Id;
    }

    private static IEnumerable<int> Ancestors(int pid)
    {
        while (pid > 1 && Stat(pid) is { Length: > 1 } stat)
            yield return pid = int.Parse(stat[1], CultureInfo.InvariantCulture);
    }

    private static string CommandOf(int pid) => Read($"/proc/{pid}/cmdline");

    /// <summary>The fields after the name: state, parent, …, user and system time at 11 and 12.</summary>
    private static string[] Stat(int pid) => Read($"/proc/{pid}/stat") is { Length: > 0 } stat ? stat[(stat.LastIndexOf(')') + 2)..].Split(' ') : [];

    private static string Read(string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
