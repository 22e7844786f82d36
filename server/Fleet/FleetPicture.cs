using BorderInfo.Server.Fleet.Public;
using BorderInfo.Server.Geo.Public;
using BorderInfo.Server.Identity.Public;

namespace BorderInfo.Server.Fleet;

/// <summary>Register, standing, names of places and what is planned, put together for pages and the API.</summary>
internal sealed class FleetPicture(IClusters clusters, ISiteStandings standings, IServiceProvider services, TimeProvider clock)
{
    private readonly IGeoCatalogue? geo = services.GetService<IGeoCatalogue>();

    public Standing StandingOf(Cluster cluster) => cluster.Site is { } site ? standings.Of(site).Standing : Standing.Printed;

    public string Province(string code) => geo?.Province(code)?.Shown() ?? code;

    public string Commune(string code) => geo?.Commune(code)?.Name ?? code;

    public string? Sector(string? id) => id is null ? null : geo?.Sector(id)?.Shown() ?? id;

    public string? Gate(string? id) => id is null ? null : geo?.Gate(id)?.Name ?? id;

    public IReadOnlyList<ClusterDot> Dots(AreaScope scope) => [.. clusters.Within(scope).Select(Dot)];

    public ClusterDot Dot(Cluster c)
    {
        var known = c.Site is { } site ? standings.Of(site) : null;
        return new(
            c.Id, c.Name, c.Kind, c.ProvinceCode, c.CommuneCode, c.SectorId, c.GateId, c.Lat, c.Lon, c.Tags, c.Site?.Value, known?.Standing ?? Standing.Printed, known?.LastContact,
            c.Outputs.Count, c.RequiredLanguages, [.. (known?.Findings ?? []).Select(f => f.Code).Distinct()], UrlOf(c));
    }

    public static string UrlOf(Cluster cluster) => cluster.Site is { } site ? $"/diem/{site}" : $"/cum/{cluster.Id}";

    public Task<IReadOnlyList<PlannedNow>> Planned(SiteId site, CancellationToken stop) => Planned(site, clock.GetUtcNow(), stop);

    public async Task<IReadOnlyList<PlannedNow>> Planned(SiteId site, DateTimeOffset at, CancellationToken stop) =>
        services.GetService<IPlanNow>() is { } plans ? await plans.Of(site, at, stop) : [];

    /// <summary>The same with what silent loudspeakers say next.</summary>
    public async Task<IReadOnlyList<PlannedNow>> PlannedAndNext(SiteId site, DateTimeOffset at, CancellationToken stop)
    {
        var next = services.GetService<IPlanNow>() is { } plans ? await plans.SpeakNext(site, at, stop) : new Dictionary<OutputId, NextWords>();
        return [.. (await Planned(site, at, stop)).Select(p => p with { Next = next.GetValueOrDefault(p.Output) })];
    }

    /// <summary>The number of the newest plan made for a site; 0 = none yet.</summary>
    public async Task<long> NewestPlan(SiteId site, CancellationToken stop) =>
        services.GetService<INewestPlan>() is { } plans ? (await plans.Of(site, stop)).Counter : 0;

    public async Task<IReadOnlyDictionary<ItemId, string>> Titles(SiteId site, CancellationToken stop) =>
        services.GetService<IPlanNow>() is { } plans ? await plans.Titles(site, stop) : new Dictionary<ItemId, string>();

    /// <summary>Playing = online, every output of the cluster reported as planned, and by no older plan than it should have by now.</summary>
    public FleetApi.Health Health(IReadOnlyList<Cluster> all, string version)
    {
        var sites = all.Where(c => c.Site is not null).Select(c => (Cluster: c, Known: standings.Of(c.Site!.Value))).ToList();
        var online = sites.Where(s => s.Known.Standing is Standing.Good or Standing.Warning or Standing.Fault).ToList();
        var playing = online.Count(s => s.Cluster.Outputs.Count > 0 && s.Known.Findings.All(f => f.Code != Contract.Health.Findings.PlanBehind.Code) && s.Cluster.Outputs.All(o => s.Known.Outputs.Any(h => h.Output == o.Id && h.AsPlanned)));
        return new(sites.Count, online.Count, playing, version);
    }
}
