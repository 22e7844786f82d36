using BorderInfo.Server.Messaging.Broker;
using BorderInfo.Server.Messaging.Certificates;
using BorderInfo.Server.Platform.Jobs;
using BorderInfo.Server.Platform.Startup;

namespace BorderInfo.Server.Messaging;

/// <summary>Writes the revocation list every day and makes the broker read it: an expired list would lock out every site, and a broker that is not told goes on with the old one.</summary>
internal sealed class RevocationRenewal(SiteCertificates certificates, BrokerProcess broker) : IChore
{
    public Task Run(CancellationToken stop)
    {
        certificates.WriteRevocationList();
        broker.Reread();
        return Task.CompletedTask;
    }
}

/// <summary>The list must stand before the broker is started.</summary>
internal sealed class RevocationAtStart : IAtStart
{
    public int Order => 40;

    public Task<IReadOnlyList<StartLink>> AtStart(IServiceProvider services, bool sample, CancellationToken stop)
    {
        services.GetRequiredService<SiteCertificates>().WriteRevocationList();
        return Task.FromResult<IReadOnlyList<StartLink>>([]);
    }
}
