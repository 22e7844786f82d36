using System.Globalization;
using System.Runtime.InteropServices;

namespace BorderInfo.Agent.Service;

/// <summary>
/// Hands the system back what only the start needed: rubbish, free memory of the C library, and pages of the program file. What is used again of those comes back by itself, a page at a time.
/// </summary>
/// <remarks>Pages: only mappings of the program file itself that cannot be written and of which no page was ever written: those are on the disk as they are in memory (madvise(2), MADV_DONTNEED). Linux only.</remarks>
internal static partial class StartPages
{
    private const int DontNeed = 4;

    /// <summary>Bytes of address room of the program file given back; 0 where the system does not tell its mappings. Takes some hundredths of a second.</summary>
    public static long GiveBack()
    {
        if (!OperatingSystem.IsLinux() || Environment.ProcessPath is not { } program)
            return 0;
        try
        {
            // Asked twice: a mapping that is just being loaded, and written once for it, is not there the first time.
            var before = Unwritten(File.ReadLines("/proc/self/smaps"), program);
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            _ = Trim(0);
            return Unwritten(File.ReadLines("/proc/self/smaps"), program).Intersect(before).Sum(m => Advise(m.From, m.Length, DontNeed) == 0 ? (long)m.Length : 0);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or EntryPointNotFoundException)
        {
            return 0;
        }
    }

    /// <summary>Pure: mappings of this file without the right to write and without a page of our own, out of the lines of proc_pid_smaps(5).</summary>
    internal static List<(nint From, nint Length)> Unwritten(IEnumerable<string> smaps, string program)
    {
        var found = new List<(nint, nint)>();
        (nint, nint)? here = null;
        foreach (var line in smaps)
        {
            if (line.StartsWith("Anonymous:", StringComparison.Ordinal) && here is { } mapping && Words(line)[1] == "0")
                found.Add(mapping);
            else if (char.IsAsciiHexDigitLower(line[0]) && line.Contains('-', StringComparison.Ordinal))
                here = Mapping(line, program);
        }

        return found;
    }

    // 7f01a000-7f02b000 r-xp 0129c000 fe:00 1234   /opt/…/borderinfo-agent
    private static (nint, nint)? Mapping(string head, string program)
    {
        var words = Words(head);
        if (words.Length < 6 || words[1][1] == 'w' || !head.EndsWith(' ' + program, StringComparison.Ordinal))
            return null;
        var bounds = words[0].Split('-').Select(b => nint.Parse(b, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture)).ToArray();
        return (bounds[0], bounds[1] - bounds[0]);
    }

    private static string[] Words(string line) => line.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    [LibraryImport("libc", EntryPoint = "malloc_trim")]
    private static partial int Trim(nint keep);

    [LibraryImport("libc", EntryPoint = "madvise")]
    private static partial int Advise(nint from, nint length, int advice);
}
