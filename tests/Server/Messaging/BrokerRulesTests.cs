using System.Security.Cryptography.X509Certificates;
using System.Security.Cryptography;
using System.Text;
using BorderInfo.Contract;
using BorderInfo.Mqtt;
using BorderInfo.Server.Messaging.Broker;
using BorderInfo.Server.Messaging.Certificates;
using BorderInfo.Server.Messaging.Public;
using BorderInfo.Server.Messaging;
using BorderInfo.Server.Platform.Database;
using Microsoft.Extensions.DependencyInjection;

namespace BorderInfo.Tests.Server.Messaging;

/// <summary>The broker's rules against the real broker: deliveries are the proof, never a SUBACK.</summary>
public sealed class BrokerRulesTests(BrokerUnderTest broker) : IClassFixture<BrokerUnderTest>
{
    [Fact]
    public async Task A_plan_enqueued_in_a_transaction_reaches_its_site_and_no_other()
    {
        var (mine, got) = await broker.Site("LS-0001");
        var (other, foreign) = await broker.Site("GL-0001");
        await mine.SubscribeAsync([Topics.AllDownlinks(SiteId.Parse("LS-0001"))], Qos.AtLeastOnce);
        await other.SubscribeAsync(["bi/v1/s/+/dn/+", "#", "bi/#", Topics.AllDownlinks(SiteId.Parse("LS-0001"))], Qos.AtLeastOnce);

        using (var scope = broker.Host.Services.CreateScope())
        {
            var db = scope.ServiceProvider.GetRequiredService<BorderInfoDb>();
            scope.ServiceProvider.GetRequiredService<IDownlink>().Enqueue(db, Topics.Plan(SiteId.Parse("LS-0001")), "sealed"u8.ToArray(), retain: true, about: "LS-0001/2026-0147");
            await db.SaveChangesAsync();
        }

        await BrokerUnderTest.Until(() => Count(got) == 1, "the plan arrives");
        Assert.Equal(Topics.Plan(SiteId.Parse("LS-0001")), got[0].Topic);
        Assert.Empty(foreign);
        await BrokerUnderTest.Until(() => broker.Lines.All.Any(l => l.StartsWith("1311 ", StringComparison.Ordinal) && l.Contains("LS-0001/2026-0147", StringComparison.Ordinal)), "the line of the log with the plan's number");
        await mine.DisposeAsync();
        await other.DisposeAsync();
    }

    [Fact]
    public async Task A_site_speaks_only_in_its_own_name()
    {
        var (site, _) = await broker.Site("CB-0007");
        var before = broker.Heard.All.Count(h => h.Text == "forged");

        foreach (var topic in new[] { "bi/v1/s/LS-0001/up/health", "bi/v1/s/CB-0007/dn/plan", "bi/v1/g/all/urgent", "bi/v1/s/CB-0007/up/../../LS-0001/up/health" })
            Assert.True(await site.PublishAsync(Message(topic, "forged")) >= 0x80, topic);
        await site.PublishAsync(Message("bi/v1/s/CB-0007/up/health", "own"));

        await BrokerUnderTest.Until(() => broker.Heard.All.Any(h => h.Text == "own"), "its own health arrives");
        Assert.Equal(SiteId.Parse("CB-0007"), broker.Heard.All.Single(h => h.Text == "own").Site);
        Assert.Equal(before, broker.Heard.All.Count(h => h.Text == "forged"));
        await site.DisposeAsync();
    }

    [Theory]
    [InlineData("server")]
    [InlineData("GL-0009")]
    public async Task A_stolen_certificate_cannot_take_over_another_client(string clientId)
    {
        var (victim, _) = await broker.Site("GL-0009");
        var (thief, _) = await broker.Site("HG-0003", clientId);

        await thief.PublishAsync(Message("bi/v1/s/HG-0003/up/health", "thief " + clientId));

        await BrokerUnderTest.Until(() => broker.Heard.All.Any(h => h.Text == "thief " + clientId), "the server still hears");
        Assert.False(victim.Closed.IsCompleted);
        Assert.True(broker.Host.Services.GetRequiredService<IDownlink>().Connected);
        await victim.DisposeAsync();
        await thief.DisposeAsync();
    }

    [Fact]
    public async Task A_revoked_site_is_cut_and_stays_out()
    {
        var certificate = broker.Certificate("LC-0004");
        var (site, _) = await broker.Site("LC-0004", certificate: certificate);

        await broker.Certificates.Revoke(SiteId.Parse("LC-0004"), CancellationToken.None);

        await BrokerUnderTest.Until(() => site.Closed.IsCompleted, "the live connection is cut");
        await Assert.ThrowsAnyAsync<Exception>(() => broker.Site("LC-0004", certificate: certificate));
        Assert.False(broker.Certificates.Recognises(certificate, out _));
        await site.DisposeAsync();
    }

    [Fact]
    public async Task A_renewed_certificate_lets_the_site_in_its_connection_stays_and_the_one_before_lets_nobody_in_any_more()
    {
        var id = SiteId.Parse("HG-0012");
        var (old, renewed) = (broker.Certificate(id.Value), broker.Certificate(id.Value));
        var (site, _) = await broker.Site(id.Value, certificate: old);
        await site.DisconnectAsync();
        (site, _) = await broker.Site(id.Value, certificate: renewed);

        await broker.Certificates.RetireBefore(id, renewed, CancellationToken.None);

        await site.PublishAsync(Message("bi/v1/s/HG-0012/up/health", "renewed"));
        await BrokerUnderTest.Until(() => broker.Heard.All.Any(h => h.Text == "renewed"), "the renewed one is heard");
        Assert.False(site.Closed.IsCompleted);
        await BrokerUnderTest.Until(() => Refused(() => broker.Site(id.Value, certificate: old)), "the old certificate is refused");
        Assert.False(broker.Certificates.Recognises(old, out _));
        Assert.False(broker.Certificates.MayRenew(old, out _));
        await site.DisposeAsync();

        static bool Refused(Func<Task> connect)
        {
            try
            {
                connect().GetAwaiter().GetResult();
                return false;
            }
            catch (Exception e) when (e is IOException or System.Security.Authentication.AuthenticationException)
            {
                return true;
            }
        }
    }

    [Fact]
    public async Task The_daily_renewal_of_the_revocation_list_reaches_the_running_broker()
    {
        var certificate = broker.Certificate("LC-0005");
        var certificates = broker.Host.Services.GetRequiredService<ServerCertificates>();
        var other = certificates.Devices.RevocationList([Convert.FromHexString(certificate.SerialNumber)], 1, DateTimeOffset.UtcNow);
        await File.WriteAllTextAsync(certificates.FileOf("device.crl"), PemEncoding.WriteString("X509 CRL", other));
        broker.Host.Services.GetRequiredService<BrokerProcess>().Reread();
        await Until(async () => !await Enters(certificate), "the broker knows the other list");

        using (var scope = broker.Host.Services.CreateScope())
            await scope.ServiceProvider.GetRequiredService<RevocationRenewal>().Run(default);

        await Until(() => Enters(certificate), "the broker knows the renewed list");
    }

    [Fact]
    public async Task Nobody_enters_without_a_certificate_of_a_site()
    {
        var plain = new ManagedMqttLink();
        var withoutCertificate = broker.OptionsFor(broker.Certificate("LS-0001"), "LS-0001");
        withoutCertificate.Tls!.ClientCertificateContext = null;

        await Assert.ThrowsAnyAsync<Exception>(() => plain.ConnectAsync(withoutCertificate));
        await Assert.ThrowsAnyAsync<Exception>(() => new ManagedMqttLink().ConnectAsync(new MqttOptions { Port = broker.BrokerPort, ClientId = "LS-0001", ConnectTimeout = TimeSpan.FromSeconds(3) }));
    }

    [Fact]
    public void A_request_that_is_not_one_is_refused() =>
        Assert.Equal("enrol.bad-request", broker.Certificates.Issue(SiteId.Parse("LS-0001"), "-----BEGIN CERTIFICATE REQUEST-----\nAAAA\n-----END CERTIFICATE REQUEST-----").Why?.Code);

    private static MqttMessage Message(string topic, string text) => new(topic, Encoding.UTF8.GetBytes(text)) { Qos = Qos.AtLeastOnce };

    private static int Count(List<MqttMessage> got)
    {
        lock (got)
            return got.Count;
    }

    private async Task<bool> Enters(X509Certificate2 certificate)
    {
        try
        {
            await using var link = (await broker.Site("LC-0005", certificate: certificate)).Link;
            return true;
        }
        catch (Exception)
        {
            return false;
        }
    }

    private static async Task Until(Func<Task<bool>> happened, string what)
    {
        for (var deadline = DateTime.UtcNow.AddSeconds(20); !await happened(); await Task.Delay(50))
            Assert.True(DateTime.UtcNow < deadline, what);
    }
}
