using System.Globalization;
using BorderInfo.Contract.Plans;
using BorderInfo.Server.Fleet.Public;
using BorderInfo.Server.Identity.Public;
using BorderInfo.Server.Platform.Languages;
using BorderInfo.Server.Platform.Pages;
using BorderInfo.Server.Proof.Public;

namespace BorderInfo.Server.Reports;

/// <summary>One line of a report.</summary>
/// <param name="Key">Cluster id, code, tag, word or item id; of a site that left the register its id.</param>
/// <param name="EstimatedPlays">The whole period at the pace up to the cut-off; null = the period is complete.</param>
/// <param name="Air">Planned against played; null where it has no meaning.</param>
public sealed record ReportRow(string Key, string Name, long Plays, long Ms, long? EstimatedPlays, AirSum? Air)
{
    public double Hours => Ms / 3_600_000.0;
}

/// <param name="Day">Local.</param>
public sealed record ReportDay(DateOnly Day, long Plays, long Ms);

/// <param name="Clusters">How many clusters with electronics the report covers.</param>
/// <param name="Pending">Days of sites whose comparison with the plan is still being worked on.</param>
/// <param name="Notes">Text keys of what the reader must know.</param>
public sealed record Report(ReportPeriod Period, GroupBy Group, int Clusters, IReadOnlyList<ReportRow> Rows, ReportRow Total, IReadOnlyList<ReportDay> Days, int Pending, DateTimeOffset MadeAt, IReadOnlyList<string> Notes);

/// <summary>A person asks for plays and hours of a period: sums within their area, beside what should have been on air.</summary>
/// <remarks>Refuses what <see cref="ReportAsk.Period"/> refuses. What lies outside the area is not there; it is never an error.</remarks>
internal sealed class BuildReport(IPlayFigures plays, IAirFigures air, IClusters clusters, ReportNames names, Texts texts, TimeProvider clock)
{
    public async Task<Outcome<Report>> Handle(ReportAsk ask, Actor actor, CancellationToken stop)
    {
        var now = clock.GetUtcNow();
        if (!ask.Period(now).Is(out var period, out var why))
            return why;
        var (covered, which) = Asked(ask, actor, period);
        var sums = await plays.Sum(which, By(ask.Group), stop);
        var items = ask.Group is GroupBy.Theme or GroupBy.Class or GroupBy.Item ? (await plays.Items(stop)).ToDictionary(i => $"{i.Item}/{i.Version}") : [];
        var aired = await Air(ask, covered, period, stop);
        var rows = Rows(ask.Group, sums, aired.Sums, items, period);
        var days = (await plays.Sum(which, PlaysBy.Day, stop)).Select(d => new ReportDay(DateOnly.ParseExact(d.Key, "yyyyMMdd", CultureInfo.InvariantCulture), d.Plays, d.Ms)).ToArray();
        var total = new ReportRow("", texts["reports.total"], rows.Sum(r => r.Plays), rows.Sum(r => r.Ms), Estimate(rows.Sum(r => r.Plays), period), ask.OfContent ? null : AirSum.Of("", aired.Sums));
        return new Report(period, ask.Group, covered.Count, rows, total, days, aired.Pending, now, Notes(ask, period, aired, rows));
    }

    /// <summary>The plays a person may see of what they ask for.</summary>
    public (IReadOnlyList<Cluster> Clusters, PlayAsk Ask) Asked(ReportAsk ask, Actor actor, ReportPeriod period)
    {
        Cluster[] covered = [.. clusters.Within(actor.Scope).Where(c => c.Site is not null
            && (ask.Cluster is null || c.Id == ask.Cluster) && (ask.Commune is null || c.CommuneCode == ask.Commune) && (ask.Sector is null || (c.SectorId ?? "") == (ask.Sector == "-" ? "" : ask.Sector))
            && (ask.Province is null || c.ProvinceCode == ask.Province) && (ask.Site is null || c.Site.Value.Value == ask.Site))];
        var everywhere = actor.Scope.Everything && ask is { Cluster: null, Commune: null, Sector: null, Province: null };
        IReadOnlyCollection<string>? sites = everywhere ? ask.Site is { } one ? [one] : null : [.. covered.Select(c => c.Site!.Value.Value)];
        return (covered, new PlayAsk(period.From, period.CutOff, sites, ask.Language, ask.Theme, ask.Class, ask.Item, ask.Output));
    }

    private async Task<AirAnswer> Air(ReportAsk ask, IReadOnlyList<Cluster> covered, ReportPeriod period, CancellationToken stop) =>
        ask.OfContent || covered.Count == 0 ? new([], 0) : await air.Sum([.. covered.Select(c => c.Site!.Value.Value)], period.From, period.CutOff, AirBy.Site, stop);

    private List<ReportRow> Rows(GroupBy group, IReadOnlyList<PlaySum> sums, IReadOnlyList<AirSum> air, Dictionary<string, PlayedItem> items, ReportPeriod period)
    {
        var aired = Places(group) ? air.ToLookup(a => Key(group, a.Key, items).Key) : null;
        var played = sums.ToLookup(s => Key(group, s.Key, items).Key);
        var all = sums.Select(s => s.Key).Concat(aired is null ? [] : air.Select(a => a.Key)).Select(k => Key(group, k, items)).DistinctBy(k => k.Key);
        return [.. all.Select(k => new ReportRow(k.Key, k.Name, played[k.Key].Sum(s => s.Plays), played[k.Key].Sum(s => s.Ms), Estimate(played[k.Key].Sum(s => s.Plays), period),
            aired is not null && aired[k.Key].Any() ? AirSum.Of(k.Key, aired[k.Key]) : null)).OrderByDescending(r => r.Ms).ThenBy(r => r.Name, StringComparer.CurrentCulture)];
    }

    private (string Key, string Name) Key(GroupBy group, string key, Dictionary<string, PlayedItem> items) => group switch
    {
        GroupBy.Language => (key, names.Language(key)),
        GroupBy.Theme => (items[key].Theme, names.Theme(items[key].Theme)),
        GroupBy.Class => (items[key].Class.ToString(), names.Class(items[key].Class)),
        GroupBy.Item => (items[key].Item, Title(items, items[key].Item)),
        _ => Place(group, key),
    };

    private (string Key, string Name) Place(GroupBy group, string site) => (group, names.ClusterOf(site)) switch
    {
        (_, null) => (site, names.Cluster(site)),
        (GroupBy.Commune, { } c) => (c.CommuneCode, names.Commune(c.CommuneCode)),
        (GroupBy.Sector, { } c) => (c.SectorId ?? "-", names.Sector(c.SectorId)),
        (GroupBy.Province, { } c) => (c.ProvinceCode, names.Province(c.ProvinceCode)),
        (_, { } c) => (c.Id.ToString(CultureInfo.InvariantCulture), c.Name),
    };

    /// <summary>An item goes by the title of its newest version that was shown.</summary>
    private static string Title(Dictionary<string, PlayedItem> items, string id) => items.Values.Where(i => i.Item == id).MaxBy(i => i.Version)!.Title;

    private static bool Places(GroupBy group) => group <= GroupBy.Province;

    private static PlaysBy By(GroupBy group) => group switch
    {
        GroupBy.Language => PlaysBy.Language,
        GroupBy.Theme or GroupBy.Class or GroupBy.Item => PlaysBy.ItemVersion,
        _ => PlaysBy.Site,
    };

    private static long? Estimate(long plays, ReportPeriod period) => period.Cut ? (long)Math.Round((double)plays * period.Days / period.DaysIn) : null;

    private static List<string> Notes(ReportAsk ask, ReportPeriod period, AirAnswer air, List<ReportRow> rows)
    {
        var notes = new List<string> { "reports.note.what-is-a-play" };
        if (!ask.OfContent)
            notes.Add("reports.note.availability");
        if (ask.OfContent)
            notes.Add("reports.note.content-filter");
        if (air.Sums.Any(s => s.Unknown > 0))
            notes.Add("reports.note.unknown");
        if (period.Cut)
            notes.Add("reports.note.estimate");
        if (air.Pending > 0)
            notes.Add("reports.note.pending");
        if (ask.Group == GroupBy.Language && rows.Any(r => r.Key == Content.Public.ContentLanguage.Wordless))
            notes.Add("reports.note.wordless");
        return notes;
    }
}
