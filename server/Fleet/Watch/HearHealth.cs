using BorderInfo.Server.Messaging.Public;

namespace BorderInfo.Server.Fleet.Watch;

/// <summary>What each output shows and what is wrong, about every 30 s.</summary>
internal sealed class HearHealth(Heard heard, KeepStanding keep) : IUplink
{
    public string Word => "health";

    public async Task Take(SiteId site, ReadOnlyMemory<byte> payload, CancellationToken stop)
    {
        if (heard.Read(site, Word, payload, ContractJson.Wire.HealthReport, Tidy.Of) is { } health)
            await keep.Change(site, (known, now) => StandingRules.Hear(known, health, now), stop);
    }
}
