using System.Globalization;

namespace BorderInfo.Tests.Contract.Calendars;

/// <summary>The fact files of this folder, without comments, and paths of the checkout.</summary>
internal static class Facts
{
    public static IEnumerable<string> Lines(string file)
    {
        var assembly = typeof(Facts).Assembly;
        using var stream = assembly.GetManifestResourceStream(assembly.GetManifestResourceNames().Single(n => n.EndsWith(file, StringComparison.Ordinal)))!;
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line)
        {
            if (line.Length > 0 && line[0] != '#')
                yield return line;
        }
    }

    public static string Checkout(string path)
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "BorderInfo.sln")))
            folder = Path.GetDirectoryName(folder)!;
        return Path.Combine(folder, path);
    }

    public static DateOnly Day(string iso) => DateOnly.ParseExact(iso, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    public static DateTime Time(string text) => DateTime.ParseExact(text, ["yyyyMMdd'T'HHmmss", "yyyy-MM-dd'T'HH:mm:ss"], CultureInfo.InvariantCulture, DateTimeStyles.None);
}
