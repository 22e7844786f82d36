using System.Collections.Concurrent;
using System.Text.Json;
using BorderInfo.Contract.Messages;
using BorderInfo.Contract.Signing;
using BorderInfo.Server.Fleet.Public;
using BorderInfo.Server.Messaging.Public;

namespace BorderInfo.Server.Fleet.Watch;

/// <summary>Signed time and newest plan: at each birth and every hour after.</summary>
internal sealed class SendPulse(ISigner signer, IDownlink downlink, IServiceProvider services, PulseTimes times, TimeProvider clock)
{
    /// <summary>A pulse that comes later than this confirms no clock.</summary>
    private static readonly TimeSpan Expiry = TimeSpan.FromSeconds(30);

    public async Task To(SiteMemory site, CancellationToken stop)
    {
        var (epoch, counter) = services.GetService<INewestPlan>() is { } plans ? await plans.Of(site.Site, stop) : (0, 0L);
        var now = clock.GetUtcNow();
        var pulse = new Pulse { Site = site.Site, Utc = now, PlanEpoch = epoch, PlanCounter = counter, Boot = site.Boot, Birth = site.Birth };
        await downlink.SendNow(Topics.Pulse(site.Site), signer.Seal(SignedTypes.Pulse, JsonSerializer.SerializeToUtf8Bytes(pulse, ContractJson.Wire.Pulse)), Expiry, stop);
        times.Sent(site.Site, now);
    }
}

/// <summary>When each site last got a pulse.</summary>
internal sealed class PulseTimes
{
    public static readonly TimeSpan Every = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<SiteId, DateTimeOffset> sent = [];

    public void Sent(SiteId site, DateTimeOffset at) => sent[site] = at;

    public bool Due(SiteId site, DateTimeOffset now) => !sent.TryGetValue(site, out var at) || now - at >= Every;
}
