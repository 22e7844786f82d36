namespace BorderInfo.Server.Scheduling;

/// <summary>A content line of RFC 5545: <c>NAME;PARAM=VALUE:VALUE</c>.</summary>
internal sealed record CalendarLine(string Name, IReadOnlyDictionary<string, string> Parameters, string Value)
{
    public string? this[string parameter] => Parameters.GetValueOrDefault(parameter);

    /// <summary>Unfolded lines of a file; a line without a name is left out. LF is taken for CRLF.</summary>
    public static IEnumerable<CalendarLine> Read(string text)
    {
        var unfolded = text.Replace("\r\n", "\n", StringComparison.Ordinal).Replace("\n ", "", StringComparison.Ordinal).Replace("\n\t", "", StringComparison.Ordinal);
        return unfolded.Split(['\n', '\r'], StringSplitOptions.RemoveEmptyEntries).Select(Of).OfType<CalendarLine>();
    }

    public static string Unescaped(string text)
    {
        var plain = new System.Text.StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
            plain.Append(text[i] != '\\' || i + 1 == text.Length ? text[i] : text[++i] is 'n' or 'N' ? '\n' : text[i]);
        return plain.ToString();
    }

    private static CalendarLine? Of(string line)
    {
        var colon = Outside(line, ':', 0);
        if (colon < 1)
            return null;
        var head = new List<string>();
        for (var at = 0; at <= colon;)
        {
            var next = Outside(line[..colon], ';', at) is var semicolon && semicolon < 0 ? colon : semicolon;
            head.Add(line[at..next]);
            at = next + 1;
        }

        var parameters = head.Skip(1).Select(p => p.Split('=', 2)).Where(p => p.Length == 2).GroupBy(p => p[0].ToUpperInvariant()).ToDictionary(g => g.Key, g => g.First()[1].Trim('"'));
        return new(head[0].Trim().ToUpperInvariant(), parameters, line[(colon + 1)..].Trim());
    }

    /// <summary>The next such character that is not within quotation marks; −1 = none.</summary>
    private static int Outside(string text, char wanted, int from)
    {
        var quoted = false;
        for (var i = from; i < text.Length; i++)
        {
            quoted ^= text[i] == '"';
            if (!quoted && text[i] == wanted)
                return i;
        }

        return -1;
    }
}
