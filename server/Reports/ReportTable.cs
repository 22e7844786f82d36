using System.Globalization;
using BorderInfo.Server.Platform.Languages;
using BorderInfo.Server.Platform.Pages;

namespace BorderInfo.Server.Reports;

internal enum ColumnKind
{
    Text,
    Whole,

    /// <summary>Hours, minutes, seconds.</summary>
    Length,

    /// <summary>0–1, shown as per cent.</summary>
    Share,
    Day,
}

internal sealed record ReportColumn(string Name, ColumnKind Kind);

/// <summary>A report as rows and columns in the reader's language, for files. Cells are <see cref="string"/>, <see cref="long"/>, <see cref="double"/>, <see cref="TimeSpan"/>, <see cref="DateOnly"/> or null.</summary>
internal sealed record ReportTable(string Title, IReadOnlyList<ReportColumn> Columns, IReadOnlyList<object?[]> Rows, object?[]? Total, IReadOnlyList<string> Head, IReadOnlyList<string> Notes)
{
    public static ReportTable Of(Report report, Texts t)
    {
        var air = report.Total.Air is not null;
        var places = report.Group <= GroupBy.Province && air;
        List<ReportColumn> columns = [new(t[$"reports.group.{report.Group}"], ColumnKind.Text), new(t["reports.plays"], ColumnKind.Whole), new(t["reports.hours"], ColumnKind.Length)];
        if (report.Period.Cut)
            columns.Add(new(t["reports.estimate"], ColumnKind.Whole));
        if (places)
            columns.AddRange([new(t["reports.scheduled"], ColumnKind.Length), new(t["reports.played"], ColumnKind.Length), new(t["reports.missed"], ColumnKind.Length), new(t["reports.unknown"], ColumnKind.Length), new(t["reports.silenced"], ColumnKind.Length), new(t["reports.availability"], ColumnKind.Share)]);
        return new(t["reports.title"], columns, [.. report.Rows.Select(r => Cells(r, report.Period.Cut, places))], Cells(report.Total, report.Period.Cut, places), HeadOf(report, t), [.. report.Notes.Select(n => t[n, report.Pending])]);
    }

    public static ReportTable Days(Report report, Texts t) =>
        new(t["reports.by-day"], [new(t["reports.day"], ColumnKind.Day), new(t["reports.plays"], ColumnKind.Whole), new(t["reports.hours"], ColumnKind.Length)], [.. report.Days.Select(d => new object?[] { d.Day, d.Plays, Length(d.Ms) })], null, [], []);

    public static string[] HeadOf(Report report, Texts t) =>
    [
        t["reports.head.period", LocalTime.Text(report.Period.From), LocalTime.Text(report.Period.To)],
        t["reports.head.cut-off", LocalTime.Text(report.Period.CutOff)],
        t["reports.head.clusters", report.Clusters.ToString(CultureInfo.InvariantCulture)],
        t["reports.head.unit"],
        t["reports.head.made-at", LocalTime.Text(report.MadeAt)],
    ];

    private static TimeSpan Length(long ms) => TimeSpan.FromSeconds((ms + 500) / 1000);

    /// <summary>Hours with two decimals, for the chart.</summary>
    public static double Hours(long ms) => Math.Round(ms / 3_600_000.0, 2);

    private static object?[] Cells(ReportRow r, bool cut, bool places)
    {
        List<object?> cells = [r.Name, r.Plays, Length(r.Ms)];
        if (cut)
            cells.Add(r.EstimatedPlays);
        if (places)
            cells.AddRange(r.Air is { } a ? [Length(a.Scheduled), Length(a.Played), Length(a.Missed), Length(a.Unknown), Length(a.Silenced), a.Availability] : [null, null, null, null, null, null]);
        return [.. cells];
    }
}
