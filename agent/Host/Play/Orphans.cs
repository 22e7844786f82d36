using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace BorderInfo.Agent.Play;

/// <summary>Remembers our players in the run folder (<c>OUTPUT.pid</c>: pid and start time) and ends those an agent before us left behind.</summary>
/// <remarks>A process is ours only when pid, start time (clock ticks since boot) and the socket in its command line all agree.</remarks>
internal static class Orphans
{
    public static void Remember(string pidFile, int pid)
    {
        if (StartTicks(pid) is { } ticks)
            File.WriteAllText(pidFile, string.Create(CultureInfo.InvariantCulture, $"{pid} {ticks}"));
    }

    public static void Forget(string pidFile) => File.Delete(pidFile);

    /// <summary>Ends every player recorded in the folder. Called once, before the first player starts.</summary>
    /// <returns>How many were ended.</returns>
    public static int Reap(string runFolder) => Directory.GetFiles(runFolder, "*.pid").Count(ReapOne);

    /// <summary>True when an orphan was found and ended.</summary>
    public static bool ReapOne(string pidFile)
    {
        var found = Recorded(pidFile) is { } who && StartTicks(who.Pid) == who.Ticks && Names(who.Pid, Path.ChangeExtension(pidFile, ".sock"));
        if (found)
            End(Recorded(pidFile)!.Value.Pid);
        File.Delete(pidFile);
        return found;
    }

    private static (int Pid, string Ticks)? Recorded(string pidFile)
    {
        if (!File.Exists(pidFile))
            return null;
        var words = File.ReadAllText(pidFile).Split(' ');
        return words.Length == 2 && int.TryParse(words[0], NumberStyles.None, CultureInfo.InvariantCulture, out var pid) ? (pid, words[1]) : null;
    }

    private static void End(int pid)
    {
        try
        {
            using var orphan = Process.GetProcessById(pid);
            orphan.Kill();
            orphan.WaitForExit(2_000);
        }
        catch (Exception gone) when (gone is ArgumentException or InvalidOperationException or Win32Exception)
        {
            // It ended between the look and the kill.
        }
    }

    private static bool Names(int pid, string socket) => (ReadProc(pid, "cmdline") ?? "").Contains(socket, StringComparison.Ordinal);

    // Field 22 of /proc/PID/stat; the name in field 2 may hold blanks, so count from its closing bracket.
    private static string? StartTicks(int pid)
    {
        var stat = ReadProc(pid, "stat");
        var fields = stat?[(stat.LastIndexOf(')') + 2)..].Split(' ');
        return fields?.Length > 19 ? fields[19] : null;
    }

    private static string? ReadProc(int pid, string file)
    {
        try
        {
            return File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{pid}/{file}"));
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
