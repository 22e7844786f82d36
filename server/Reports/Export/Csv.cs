using System.Globalization;
using System.Text;

namespace BorderInfo.Server.Reports.Export;

/// <summary>Pure: a table as CSV by RFC 4180, UTF-8 with a byte order mark so that spreadsheets read Vietnamese.</summary>
/// <remarks>
/// Separator is the comma; a text with comma, semicolon, quote or line break stands in quotes, so a program that splits at semicolons sees whole texts too.
/// A text that a spreadsheet would take for a formula begins with an apostrophe. Numbers have a point, shares are 0–1, days are <c>yyyy-MM-dd</c>, lengths <c>h:mm:ss</c>.
/// </remarks>
internal static class Csv
{
    public static byte[] Write(ReportTable table)
    {
        var text = new StringBuilder();
        Line(text, table.Columns.Select(c => (object?)c.Name));
        foreach (var row in table.Rows)
            Line(text, row);
        if (table.Total is { } total)
            Line(text, total);
        return [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(text.ToString())];
    }

    private static void Line(StringBuilder text, IEnumerable<object?> cells) => text.AppendJoin(',', cells.Select(Cell)).Append("\r\n");

    private static string Cell(object? cell) => cell switch
    {
        null => "",
        DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        TimeSpan length => Show.Clock(length),
        double number => Math.Round(number, 6).ToString(CultureInfo.InvariantCulture),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => Quoted(Harmless(FileText.Of(cell.ToString()!))),
    };

    private static string Harmless(string text) => text.Length > 0 && text[0] is '=' or '+' or '-' or '@' or '\t' or '\r' ? "'" + text : text;

    private static string Quoted(string text) => text.AsSpan().IndexOfAny(",;\"\r\n\t") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
