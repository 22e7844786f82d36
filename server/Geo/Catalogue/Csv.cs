using System.Text;

namespace BorderInfo.Server.Geo;

/// <summary>Comma-separated values with a line of names on top and double quotes where needed (RFC 4180), UTF-8. Pure.</summary>
internal static class Csv
{
    public static IEnumerable<CsvRow> Read(string file) => Parse(File.ReadAllText(file));

    /// <summary>A semicolon as separator, as spreadsheets set to Vietnamese write it.</summary>
    public static bool IsBySemicolon(string text) => text.AsSpan().IndexOfAny(";,\n") is >= 0 and var first && text[first] == ';';

    /// <remarks>Separated by what comes first on the line of names, comma or semicolon.</remarks>
    public static IEnumerable<CsvRow> Parse(string text)
    {
        var lines = Lines(text, IsBySemicolon(text) ? ';' : ',').GetEnumerator();
        if (!lines.MoveNext())
            yield break;
        var names = lines.Current.Select((name, i) => (name, i)).ToDictionary(x => x.name, x => x.i, StringComparer.Ordinal);
        while (lines.MoveNext())
        {
            if (lines.Current.Length == names.Count)
                yield return new CsvRow(names, lines.Current);
            else if (lines.Current.Length > 1)
                throw new FormatException($"a line with {lines.Current.Length} values under {names.Count} names: {string.Join(',', lines.Current)}");
        }
    }

    private static IEnumerable<string[]> Lines(string text, char separator)
    {
        var (cells, cell, quoted) = (new List<string>(), new StringBuilder(), false);
        for (var i = text.StartsWith('\ufeff') ? 1 : 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c == '"' && quoted && i + 1 < text.Length && text[i + 1] == '"')
                cell.Append(text[i++]);
            else if (c == '"')
                quoted = !quoted;
            else if (quoted || (c != separator && c is not ('\n' or '\r')))
                cell.Append(c);
            else if (c != '\r')
            {
                cells.Add(cell.ToString());
                cell.Clear();
                if (c == '\n')
                {
                    yield return [.. cells];
                    cells.Clear();
                }
            }
        }

        if (cells.Count > 0 || cell.Length > 0)
            yield return [.. cells, cell.ToString()];
    }
}

/// <summary>One line, by the names of the first one.</summary>
internal readonly struct CsvRow(Dictionary<string, int> names, string[] cells)
{
    /// <exception cref="KeyNotFoundException">No such column.</exception>
    public string this[string name] => cells[names[name]];

    public double? Number(string name) => this[name] is { Length: > 0 } text ? double.Parse(text, System.Globalization.CultureInfo.InvariantCulture) : null;

    public DateOnly? Day(string name) => this[name] is { Length: > 0 } text ? DateOnly.ParseExact(text, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture) : null;

    public string[] Words(string name) => this[name].Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
