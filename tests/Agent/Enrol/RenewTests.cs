using System.Net.Security;
using System.Security.Cryptography;
using BorderInfo.Agent.Enrol;
using BorderInfo.Contract;
using BorderInfo.Contract.Messages;

namespace BorderInfo.Tests.Agent.Enrol;

/// <summary>The certificate renews itself: real TLS both ways, the real broker, files as they lie on the disk.</summary>
public sealed class RenewTests
{
    private static readonly DateTimeOffset Now = DateTimeOffset.UtcNow;

    [Fact]
    public async Task With_a_third_left_a_new_key_gets_a_new_certificate_and_the_agent_comes_again_with_it()
    {
        using var authority = new Authority(Now.AddDays(-300));
        await using var broker = await new Mosquitto(authority).Start();
        await using var server = await new ServerSide().Connect(broker.Port, ServerTls(authority));
        await using var rig = new AgentRig(brokerPort: broker.Port, brokerTls: true, authority: authority);
        rig.Identify(broker.Port, Now.AddDays(-300), Now.AddDays(100));
        using var before = SiteIdentity.Load(rig.Folder).Certificate;
        rig.Server.Renew = ask =>
        {
            SpinWait.SpinUntil(() => server.States.Any(s => s.State == Presence.Online), TimeSpan.FromSeconds(30));
            return Done(rig, ask);
        };

        rig.Start();

        await Eventually.True(() => rig.Server.InUse.Contains(SiteIdentity.Load(rig.Folder).Certificate.SerialNumber) && !rig.Server.InUse.Contains(""), "the new certificate is told to be in use", 60);
        var after = SiteIdentity.Load(rig.Folder).Certificate;
        Assert.NotEqual((before.SerialNumber, before.GetPublicKeyString()), (after.SerialNumber, after.GetPublicKeyString()));
        Assert.Equal([before.SerialNumber], rig.Server.RenewedFrom);
        Assert.True(server.States.Count(s => s.State == Presence.Online) >= 2, "born again");
        Assert.Single(Directory.GetFiles(rig.Folder.Root, "site-*.key.pem"), f => OperatingSystem.IsWindows() || File.GetUnixFileMode(f) == (UnixFileMode.UserRead | UnixFileMode.UserWrite));
        await rig.Stop();
        rig.Start();
        await Eventually.True(() => server.States.Any(s => s is { State: Presence.Online, Boot: 2 }), "connected after a restart", 60);
        Assert.False(File.Exists(rig.Folder.Key));
        Assert.Single(rig.Server.RenewedFrom);
    }

    [Fact]
    public async Task A_site_whose_certificate_ended_while_it_was_off_renews_it_and_is_let_in()
    {
        using var authority = new Authority(Now.AddDays(-400));
        await using var broker = await new Mosquitto(authority).Start();
        await using var server = await new ServerSide().Connect(broker.Port, ServerTls(authority));
        await using var rig = new AgentRig(brokerPort: broker.Port, brokerTls: true, authority: authority);
        rig.Identify(broker.Port, Now.AddDays(-390), Now.AddDays(-25));
        rig.Server.Renew = ask => Done(rig, ask);

        rig.Start();

        await Eventually.True(() => server.States.Any(s => s.State == Presence.Online), "connected", 90);
        Assert.Single(rig.Server.RenewedFrom);
    }

    [Fact]
    public async Task A_refusal_changes_nothing_and_is_not_asked_again_at_once()
    {
        await using var rig = new AgentRig();
        rig.Identify(Mosquitto.FreePort(), Now.AddDays(-300), Now.AddDays(1));
        rig.Server.Renew = _ => new AgentRefusal("renew.slow-down", "sample");
        var identity = File.ReadAllText(rig.Folder.Identity);

        rig.Start();
        await Eventually.True(() => !rig.Server.RenewedFrom.IsEmpty, "asked");
        await rig.OnAir(rig.Plans.Rotation(1, 60, 1));

        Assert.Single(rig.Server.RenewedFrom);
        Assert.Equal(identity, File.ReadAllText(rig.Folder.Identity));
        Assert.Contains(rig.Agent.Health.Findings, f => f.Code == "certificate-expiring");
    }

    [Fact]
    public async Task A_certificate_for_another_key_is_not_taken()
    {
        await using var rig = new AgentRig();
        rig.Identify(Mosquitto.FreePort(), Now.AddDays(-300), Now.AddDays(1));
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        rig.Server.Renew = ask => Done(rig, ask with { CsrPem = EnrolSite.CsrFor(SamplePlan.Site, other) });
        var identity = File.ReadAllText(rig.Folder.Identity);

        rig.Start();
        await Eventually.True(() => !rig.Server.RenewedFrom.IsEmpty, "asked");
        await rig.OnAir(rig.Plans.Rotation(1, 60, 1));

        Assert.Equal(identity, File.ReadAllText(rig.Folder.Identity));
    }

    [Fact]
    public async Task A_key_that_a_power_cut_left_without_its_certificate_is_dropped_and_the_pair_in_use_stays()
    {
        await using var rig = new AgentRig();
        var stray = Path.Combine(rig.Folder.Root, "site-0123456789abcdef.key.pem");
        File.WriteAllText(stray, "half a renewal");

        rig.Start();

        await Eventually.True(() => !File.Exists(stray), "dropped");
        Assert.True(SiteIdentity.Load(rig.Folder).Certificate.HasPrivateKey);
        Assert.Empty(rig.Server.RenewedFrom);
    }

    private static RenewDone Done(AgentRig rig, RenewAsk ask)
    {
        var identity = SiteIdentity.Load(rig.Folder);
        return new()
        {
            CertificatePem = rig.Authority.IssueFor(SamplePlan.Site, ask.CsrPem, Now.AddDays(-1), Now.AddDays(290)).ExportCertificatePem(),
            AuthorityPem = rig.Authority.Certificate.ExportCertificatePem(),
            PlanKeys = [rig.Plans.Trusted],
            Brokers = identity.Brokers,
            Utc = DateTimeOffset.UtcNow,
        };
    }

    private static SslClientAuthenticationOptions ServerTls(Authority authority)
    {
        var certificate = authority.Issue("CN=server", ECDsa.Create(ECCurve.NamedCurves.nistP256));
        return new()
        {
            TargetHost = "127.0.0.1",
            ClientCertificateContext = SslStreamCertificateContext.Create(certificate, [authority.Certificate], offline: true),
            RemoteCertificateValidationCallback = (_, _, _, _) => true,
        };
    }
}
