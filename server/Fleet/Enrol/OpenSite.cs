using BorderInfo.Server.Fleet.Public;
using BorderInfo.Server.Fleet.Registry;
using BorderInfo.Server.Fleet.Watch;
using BorderInfo.Server.Identity.Public;
using BorderInfo.Server.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace BorderInfo.Server.Fleet.Enrol;

/// <summary>“Mở điểm”: a cluster gets a site id for its computer.</summary>
/// <remarks>Refuses with <c>fleet.site-id-form</c>, <c>fleet.site-taken</c>, <c>fleet.cluster-has-site</c>, <c>fleet.printed-has-no-site</c>.</remarks>
internal sealed class OpenSite(BorderInfoDb db, RegisterDoor door, Clusters clusters, StandingBoard board)
{
    public async Task<Outcome<SiteId>> Handle(long clusterId, string siteText, Actor actor, CancellationToken stop)
    {
        if (!door.Editable(actor, clusterId).Is(out var cluster, out var closed))
            return closed;
        if (!SiteId.TryParse(siteText.Trim().ToUpperInvariant(), out var site))
            return new Refusal("fleet.site-id-form") { Field = "Site" };
        if (cluster.Kind == ClusterKinds.Printed)
            return new Refusal("fleet.printed-has-no-site");
        if (cluster.Site is { } has)
            return new Refusal("fleet.cluster-has-site", has.Value);
        if (clusters.BySite(site) is not null || await UsedBefore(site, stop))
            return new Refusal("fleet.site-taken", site.Value) { Field = "Site" };

        await door.Change(actor, "site.open", () =>
        {
            db.Add(new SiteRow { Site = site.Value, ClusterId = clusterId, Standing = Standing.NotEnrolled });
            return Task.FromResult((clusterId, site.Value, cluster.Name));
        }, stop);
        board.Put(new SiteMemory(site));
        return site;
    }

    /// <summary>Records name sites by id: an id is never given to another place. The newest change of each site is kept for ever (<c>ForgetHealth</c>).</summary>
    private Task<bool> UsedBefore(SiteId site, CancellationToken stop) => db.Set<StandingChangeRow>().AnyAsync(c => c.Site == site.Value, stop);
}
