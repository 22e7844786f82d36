using BorderInfo.Server.Identity.Public;

namespace BorderInfo.Server.Fleet.Public;

/// <summary>Which live topics a person may listen to: those of a site (<c>site:LS-0001</c>, <c>delivery:LS-0001</c>, <c>plays:LS-0001</c>) only within their area.</summary>
public static class LiveTopics
{
    public static bool MayHear(Actor actor, string topic, IClusters clusters)
    {
        var at = topic.IndexOf(':', StringComparison.Ordinal);
        return at < 0 || !SiteId.TryParse(topic[(at + 1)..], out var site) || clusters.BySite(site)?.Within(actor.Scope) == true;
    }
}
