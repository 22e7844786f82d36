using BorderInfo.Contract.Plans;
using BorderInfo.Server.Fleet.Public;
using BorderInfo.Server.Geo.Public;
using BorderInfo.Server.Identity.Public;
using BorderInfo.Server.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace BorderInfo.Server.Fleet.Registry;

/// <summary>The register in memory, read anew after every change.</summary>
internal sealed class Clusters(IServiceScopeFactory scopes) : IClusters
{
    private readonly Lock loading = new();
    private volatile Loaded? loaded;

    public IReadOnlyList<Cluster> All => Now.All;

    private Loaded Now => loaded ?? Reload();

    public Cluster? ById(long id) => Now.ById.GetValueOrDefault(id);

    public Cluster? BySite(SiteId site) => Now.BySite.GetValueOrDefault(site);

    public IReadOnlyList<Cluster> Within(AreaScope scope) => scope.Everything ? All : [.. All.Where(c => c.Within(scope))];

    public Loaded Reload()
    {
        using var scope = scopes.CreateScope();
        return Reload(scope.ServiceProvider.GetRequiredService<BorderInfoDb>());
    }

    /// <summary>With a change that is written but not yet committed, so that who hears the news in the same transaction sees it.</summary>
    public Loaded Reload(BorderInfoDb db)
    {
        using var scope = scopes.CreateScope();
        lock (loading)
            return loaded = new Loaded(Read(db, scope.ServiceProvider.GetService<IGeoCatalogue>()));
    }

    private static List<Cluster> Read(BorderInfoDb db, IGeoCatalogue? geo)
    {
        var sites = db.Set<SiteRow>().AsNoTracking().ToDictionary(s => s.ClusterId, s => SiteId.Parse(s.Site));
        var outputs = db.Set<OutputRow>().AsNoTracking().AsEnumerable().ToLookup(o => o.ClusterId);
        var panels = db.Set<PanelRow>().AsNoTracking().AsEnumerable().ToLookup(p => p.ClusterId);
        return [.. db.Set<ClusterRow>().AsNoTracking().OrderBy(c => c.Name).AsEnumerable().Select(c => View(c, sites, outputs[c.Id], panels[c.Id], geo))];
    }

    private static Cluster View(ClusterRow row, Dictionary<long, SiteId> sites, IEnumerable<OutputRow> outputs, IEnumerable<PanelRow> panels, IGeoCatalogue? geo)
    {
        ClusterOutput[] views = [.. outputs.OrderBy(o => o.Kind).ThenBy(o => o.Screen).ThenBy(o => o.Output, StringComparer.Ordinal).Select(OutputRules.View)];
        return new(
            row.Id, row.Name, row.Kind, row.ProvinceCode, row.CommuneCode, row.SectorId, row.GateId, geo?.Gate(row.GateId)?.Class, row.Lat, row.Lon, row.Tags,
            sites.TryGetValue(row.Id, out var site) ? site : null, views,
            [.. views.SelectMany(o => o.Languages).Concat(panels.SelectMany(p => p.Languages)).Distinct()]);
    }

    internal sealed class Loaded(IReadOnlyList<Cluster> all)
    {
        public IReadOnlyList<Cluster> All { get; } = all;

        public Dictionary<long, Cluster> ById { get; } = all.ToDictionary(c => c.Id);

        public Dictionary<SiteId, Cluster> BySite { get; } = all.Where(c => c.Site is not null).ToDictionary(c => c.Site!.Value);
    }
}
