using System.Globalization;

namespace BorderInfo.Agent.Health;

/// <summary>The machine by <c>/proc</c> and <c>/sys</c>; zero or null where a figure cannot be had.</summary>
public static class Machine
{
    /// <summary>1-minute load average.</summary>
    public static double Load => First("/proc/loadavg");

    public static long UptimeSeconds => (long)First("/proc/uptime");

    public static long MemoryAvailableBytes
    {
        get
        {
            var line = Lines("/proc/meminfo").FirstOrDefault(l => l.StartsWith("MemAvailable:", StringComparison.Ordinal));
            var words = line?.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            return words is { Length: > 1 } && long.TryParse(words[1], NumberStyles.None, CultureInfo.InvariantCulture, out var kib) ? kib * 1024 : 0;
        }
    }

    /// <summary>The hottest zone in °C.</summary>
    public static double? CpuTempC
    {
        get
        {
            if (!Directory.Exists("/sys/class/thermal"))
                return null;
            var zones = Directory.EnumerateDirectories("/sys/class/thermal", "thermal_zone*").Select(z => First(Path.Combine(z, "temp")) / 1000).Where(t => t > 0).ToArray();
            return zones.Length == 0 ? null : zones.Max();
        }
    }

    private static double First(string path) =>
        double.TryParse(Lines(path).FirstOrDefault()?.Split(' ')[0], NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : 0;

    private static string[] Lines(string path)
    {
        try
        {
            return File.Exists(path) ? File.ReadAllLines(path) : [];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
