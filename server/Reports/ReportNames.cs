using BorderInfo.Contract.Plans;
using BorderInfo.Server.Content.Public;
using BorderInfo.Server.Fleet.Public;
using BorderInfo.Server.Geo.Public;
using BorderInfo.Server.Platform.Languages;

namespace BorderInfo.Server.Reports;

/// <summary>Names of places, languages, themes and classes in the reader's language; a code shows itself where nothing is known.</summary>
internal sealed class ReportNames(IClusters clusters, IServiceProvider services, Texts texts)
{
    private readonly IGeoCatalogue? geo = services.GetService<IGeoCatalogue>();

    public Cluster? ClusterOf(string site) => SiteId.TryParse(site, out var id) ? clusters.BySite(id) : null;

    public string Cluster(string site) => ClusterOf(site)?.Name ?? texts["reports.gone", site];

    public string Commune(string code) => geo?.Commune(code)?.Name ?? code;

    public string Sector(string? id) => id is null or "" ? texts["reports.no-sector"] : geo?.Sector(id)?.Shown() ?? id;

    public string Province(string code) => geo?.Province(code)?.Shown() ?? code;

    /// <summary>What has no words fits every language and stands by itself: counted once, with no language.</summary>
    public string Language(string tag) => tag == ContentLanguage.Wordless ? texts["reports.wordless"] : ContentLanguage.ShownOf(tag);

    public string Theme(string theme) => Themes.Shown(texts, theme);

    public string Class(BulletinClass kind) => texts["content.class." + kind];
}
