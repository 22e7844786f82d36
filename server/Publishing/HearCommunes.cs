using BorderInfo.Server.Platform.Database;
using BorderInfo.Server.Platform.News;
using BorderInfo.Server.Scheduling.Public;

namespace BorderInfo.Server.Publishing;

/// <summary>A commune accepted a bulletin, took that back, or decided who goes first: the plans of its sites are made anew right after the commit.</summary>
internal sealed class HearCommunes(HearChanges changes) : IHear<CommuneDecided>
{
    public Task Hear(CommuneDecided news, BorderInfoDb db, CancellationToken stop) => changes.Wish(db, PublishCause.CommuneDecision, news.Commune, stop);
}
