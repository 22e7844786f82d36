using BorderInfo.Server.Platform.Pages;
using System.Globalization;
using BorderInfo.Server.Identity.Public;
using BorderInfo.Server.Platform.Languages;

namespace BorderInfo.Server.Reports;

/// <summary>The draft of the half-year report: what the system knows, filled in; what only people know, left as dots.</summary>
/// <param name="Paragraphs">Headings and sentences in order.</param>
internal sealed record HalfYearDraft(ReportPeriod Period, string Agency, string Title, string Subtitle, IReadOnlyList<DraftLine> Paragraphs, IReadOnlyList<DraftTable> Annexes);

internal enum DraftLevel
{
    Chapter,
    Section,
    Subsection,
    Text,
}

internal sealed record DraftLine(DraftLevel Level, string Text);

/// <param name="Rows">As they are printed.</param>
internal sealed record DraftTable(string Name, string Title, IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<string>> Rows);

/// <summary>Fills the headings of the half-year report on foreign information with the figures of the period. Always in Vietnamese: it is an official document.</summary>
internal sealed class BuildHalfYear(BuildReport reports, EmergencyLog emergencies, ReportNames names, Texts texts)
{
    private static readonly string[] Headings =
        ["c.1", "s.1.1", "s.1.2", "s.1.3", "c.2", "s.2.1", "s.2.2", "s.2.3", "u.2.3.1", "u.2.3.2", "u.2.3.3", "u.2.3.4", "u.2.3.5", "s.2.4", "s.2.5", "s.2.6", "c.3", "s.3.1", "s.3.2", "s.3.3", "c.4", "c.5"];

    private static readonly CultureInfo Vietnamese = CultureInfo.GetCultureInfo("vi-VN");

    public async Task<Outcome<HalfYearDraft>> Handle(ReportAsk ask, Actor actor, CancellationToken stop)
    {
        (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (Vietnamese, Vietnamese);
        if (!(await By(ask, GroupBy.Cluster, actor, stop)).Is(out var clusters, out var why))
            return why;
        var themes = (await By(ask, GroupBy.Theme, actor, stop)).Value;
        var languages = (await By(ask, GroupBy.Language, actor, stop)).Value;
        var classes = (await By(ask, GroupBy.Class, actor, stop)).Value;
        var urgent = await emergencies.Of(ask, actor, clusters.Period, stop);
        return new HalfYearDraft(clusters.Period, texts["reports.doc.agency"], texts["reports.doc.kind"], Subtitle(clusters.Period),
            Lines(clusters, themes, languages, classes, urgent.Length),
            [Register(ask, actor, clusters), Activity(clusters), Content("theme", themes), Content("language", languages), Content("class", classes), .. urgent.Length > 0 ? [emergencies.Annex(urgent)] : Array.Empty<DraftTable>()]);
    }

    private Task<Outcome<Report>> By(ReportAsk ask, GroupBy group, Actor actor, CancellationToken stop) => reports.Handle(ask.With(("nhom", group.ToString())), actor, stop);

    private List<DraftLine> Lines(Report clusters, Report themes, Report languages, Report classes, int urgent)
    {
        var lines = new List<DraftLine>();
        foreach (var heading in Headings)
        {
            lines.Add(new(heading[0] switch { 'c' => DraftLevel.Chapter, 's' => DraftLevel.Section, _ => DraftLevel.Subsection }, texts[$"reports.doc.h.{heading}"]));
            lines.AddRange(Sentences(heading, clusters, themes, languages, classes, urgent).Select(s => new DraftLine(DraftLevel.Text, s)));
        }

        return lines;
    }

    private string[] Sentences(string heading, Report clusters, Report themes, Report languages, Report classes, int urgent) => heading switch
    {
        "s.2.1" => [texts["reports.doc.content", themes.Rows.Count, Whole(themes.Total.Plays), Words(themes.Total.Ms), languages.Rows.Count], texts["reports.doc.see", "3"]],
        "u.2.3.1" => Operation(clusters),
        "u.2.3.2" => [.. classes.Rows.Select(r => texts["reports.doc.class", r.Name, Whole(r.Plays), Words(r.Ms)]), .. urgent > 0 ? [texts["reports.doc.emergencies", urgent]] : Array.Empty<string>(), texts["reports.doc.see", "3"]],
        "c.1" or "c.2" or "s.2.3" or "c.3" => [],
        _ => [texts["reports.doc.to-write"]],
    };

    private string[] Operation(Report clusters)
    {
        var air = clusters.Total.Air!;
        List<string> lines = [texts["reports.doc.operation", clusters.Clusters, Whole(clusters.Total.Plays), Words(clusters.Total.Ms), Day(clusters.Period.CutOff)]];
        if (air.Availability is { } share)
            lines.Add(texts["reports.doc.availability", share.ToString("P1", Vietnamese), Words(air.Unknown)]);
        if (clusters.Total.EstimatedPlays is { } estimate)
            lines.Add(texts["reports.doc.estimate", Whole(estimate), Day(clusters.Period.To)]);
        return [.. lines, texts["reports.doc.see", "1, 2"]];
    }

    private DraftTable Register(ReportAsk ask, Actor actor, Report report) => new(texts["reports.doc.annex", 1], texts["reports.doc.pl1"],
        Columns("no", "cluster", "site", "commune", "sector", "outputs", "languages"),
        [.. reports.Asked(ask, actor, report.Period).Clusters.Select((c, i) => (IReadOnlyList<string>)[Whole(i + 1), c.Name, c.Site.ToString() ?? "", names.Commune(c.CommuneCode), names.Sector(c.SectorId), Whole(c.Outputs.Count), string.Join(", ", c.RequiredLanguages.Select(names.Language))])]);

    private DraftTable Activity(Report report) => new(texts["reports.doc.annex", 2], texts["reports.doc.pl2"],
        Columns("no", "cluster", "plays", "hours", "scheduled", "missed", "unknown", "availability"),
        [.. report.Rows.Append(report.Total).Select((r, i) => (IReadOnlyList<string>)[i == report.Rows.Count ? "" : Whole(i + 1), r.Name, Whole(r.Plays), Hours(r.Ms), Hours(r.Air?.Scheduled ?? 0), Hours(r.Air?.Missed ?? 0), Hours(r.Air?.Unknown ?? 0), r.Air?.Availability?.ToString("P1", Vietnamese) ?? "–"])]);

    private DraftTable Content(string what, Report report) => new(texts["reports.doc.annex", 3], texts[$"reports.doc.pl3-{what}"],
        Columns("no", what, "plays", "hours"),
        [.. report.Rows.Append(report.Total).Select((r, i) => (IReadOnlyList<string>)[i == report.Rows.Count ? "" : Whole(i + 1), r.Name, Whole(r.Plays), Hours(r.Ms)])]);

    private string[] Columns(params string[] keys) => [.. keys.Select(k => texts[$"reports.doc.col.{k}"])];

    private static string Whole(long number) => number.ToString("N0", Vietnamese);

    private static string Hours(long ms) => Show.Hours(ms);

    /// <summary>12 hours 5 minutes; under an hour, minutes and seconds.</summary>
    private string Words(long ms)
    {
        var seconds = (ms + 500) / 1000;
        return seconds >= 3600 ? texts["reports.length-hours", Whole(seconds / 3600), seconds / 60 % 60] : texts["reports.length-minutes", seconds / 60, seconds % 60];
    }

    /// <summary>Only a half year or a year is called one; any other period is called by its days.</summary>
    private string Subtitle(ReportPeriod period) => period.Preset switch
    {
        "nua-dau" or "ky-6-thang" => texts["reports.doc.subtitle-1", period.To.Year],
        "nua-cuoi" or "nam" or "ky-nam" => texts["reports.doc.subtitle-2", period.To.Year],
        _ when period.From == period.To => texts["reports.doc.subtitle-day", Day(period.From)],
        _ => texts["reports.doc.subtitle-days", Day(period.From), Day(period.To)],
    };

    private static string Day(DateOnly day) => Platform.Pages.LocalTime.Text(day);
}
