using BorderInfo.Server.Messaging.Certificates;

namespace BorderInfo.Server.Messaging;

/// <summary>Writes the revocation list at start and every day: an expired list would lock out every site.</summary>
internal sealed class RevocationRenewal(SiteCertificates certificates, TimeProvider clock) : BackgroundService
{
    public override Task StartAsync(CancellationToken cancellationToken)
    {
        certificates.WriteRevocationList();
        return base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromDays(1), clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
            certificates.WriteRevocationList();
    }
}
