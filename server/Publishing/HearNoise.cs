using System.Globalization;
using BorderInfo.Server.Platform.Database;
using BorderInfo.Server.Platform.News;
using BorderInfo.Server.Scheduling.Public;

namespace BorderInfo.Server.Publishing;

/// <summary>Rules of noise zones or what belongs to one changed: the plans concerned are made anew right after the commit; those that say the same are not sent.</summary>
internal sealed class HearNoise(HearChanges changes) : IHear<NoiseChanged>
{
    public Task Hear(NoiseChanged news, BorderInfoDb db, CancellationToken stop) => news.Cluster is { } cluster
        ? changes.Wish(db, PublishCause.ClusterChanged, cluster.ToString(CultureInfo.InvariantCulture), stop)
        : changes.Wish(db, PublishCause.NoiseRules, "", stop);
}
