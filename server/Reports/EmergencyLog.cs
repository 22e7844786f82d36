using System.Globalization;
using BorderInfo.Server.Identity.Public;
using BorderInfo.Server.Platform.Languages;
using BorderInfo.Server.Platform.Pages;
using BorderInfo.Server.Publishing.Public;

namespace BorderInfo.Server.Reports;

/// <summary>The emergencies sent in the period of a report to the clusters it covers: who, when, why, how they ended; for the page, the workbook, the list of its own and the draft.</summary>
internal sealed class EmergencyLog(IEmergencies book, BuildReport reports, Texts texts)
{
    /// <summary>Newest first.</summary>
    public async Task<Emergency[]> Of(ReportAsk ask, Actor actor, ReportPeriod period, CancellationToken stop)
    {
        var covered = reports.Asked(ask, actor, period).Clusters.Select(c => c.Site!.Value).ToHashSet();
        var all = await book.Between(actor.Scope, LocalTime.Utc(period.From, TimeOnly.MinValue), LocalTime.Utc(period.CutOff.AddDays(1), TimeOnly.MinValue), stop);
        return [.. all.Where(e => e.Sites.Any(covered.Contains))];
    }

    /// <summary>In the reader's language.</summary>
    public ReportTable Table(IReadOnlyList<Emergency> all, ReportPeriod period) => new(
        texts["reports.emergencies-sheet"],
        [.. Columns.Select(c => new ReportColumn(texts[$"reports.doc.col.{c}"], c == "clusters-reached" ? ColumnKind.Whole : ColumnKind.Text))],
        [.. all.Select(Row)], null, [texts["reports.head.period", LocalTime.Text(period.From), LocalTime.Text(period.CutOff)]], []);

    /// <summary>As an annex of the draft, oldest first.</summary>
    public DraftTable Annex(IReadOnlyList<Emergency> all) => new(
        texts["reports.doc.annex", 3], texts["reports.doc.pl3-emergency"], [texts["reports.doc.col.no"], .. Columns.Select(c => texts[$"reports.doc.col.{c}"])],
        [.. all.Reverse().Select((e, i) => (IReadOnlyList<string>)[$"{i + 1}", .. Row(e).Select(c => Convert.ToString(c, CultureInfo.InvariantCulture)!)])]);

    private static readonly string[] Columns = ["bulletin", "sent-at", "sent-by", "reason", "clusters-reached", "ended"];

    private object?[] Row(Emergency e) =>
        [$"{e.Name} ({e.Schedule})", LocalTime.Exact(e.At), e.By, e.Reason, (long)e.AllSites, e.EndedAt is { } at ? texts["reports.emergency-ended", LocalTime.Exact(at), e.EndedBy ?? ""] : texts["reports.emergency-not-ended"]];
}
