using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using BorderInfo.Contract;
using BorderInfo.Contract.Messages;
using BorderInfo.Server.Fleet;
using BorderInfo.Server.Fleet.Enrol;
using BorderInfo.Server.Identity.Public;
using BorderInfo.Server.Messaging;
using BorderInfo.Server.Messaging.Public;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using static BorderInfo.Tests.Server.Fleet.FleetUnderTest;

namespace BorderInfo.Tests.Server.Fleet;

/// <summary>The renewal door: for the site's own certificate, from its half time to a year after its end.</summary>
public sealed class RenewTests
{
    [Fact]
    public async Task A_certificate_in_its_last_third_is_renewed_for_a_new_key_and_both_are_good_until_the_new_one_is_in_use()
    {
        await using var fleet = await Start();
        var old = await fleet.Enrolled(LangSon);
        fleet.Clock.Advance(TimeSpan.FromDays(250));

        var done = (await (await Renew(fleet, old)).Content.ReadFromJsonAsync(ContractJson.Wire.RenewDone))!;
        var both = (Recognised(fleet, old), Recognised(fleet, done.CertificatePem));
        var used = await Call(fleet, "/agent/v1/renewed", done.CertificatePem);

        using var was = X509Certificate2.CreateFromPem(old);
        using var now = X509Certificate2.CreateFromPem(done.CertificatePem);
        Assert.Equal((LangSon, LangSon), both);
        Assert.Equal(HttpStatusCode.NoContent, used.StatusCode);
        Assert.Equal((null, LangSon), (Recognised(fleet, old), Recognised(fleet, done.CertificatePem)));
        Assert.NotEqual(was.GetPublicKeyString(), now.GetPublicKeyString());
        Assert.Equal(fleet.Clock.GetUtcNow().AddDays(365).UtcDateTime.Date, now.NotAfter.ToUniversalTime().Date);
        Assert.NotEqual(HttpStatusCode.OK, (await Renew(fleet, old)).StatusCode);
    }

    [Theory]
    [InlineData(180, "renew.too-early")]
    [InlineData(184, null)]
    [InlineData(364, null)]
    [InlineData(366, null)]
    [InlineData(729, null)]
    [InlineData(732, "")]
    public async Task From_half_time_to_a_year_after_its_end_a_certificate_may_be_renewed(int days, string? why)
    {
        await using var fleet = await Start();
        var old = await fleet.Enrolled(LangSon);
        fleet.Clock.Advance(TimeSpan.FromDays(days));

        var answer = await Renew(fleet, old);

        Assert.Equal(why is null, answer.IsSuccessStatusCode);
        if (why is { Length: > 0 })
            Assert.Equal(why, (await answer.Content.ReadFromJsonAsync(ContractJson.Wire.AgentRefusal))!.Code);
    }

    [Fact]
    public async Task An_ended_certificate_opens_the_renewal_and_nothing_else()
    {
        await using var fleet = await Start();
        var old = await fleet.Enrolled(LangSon);
        fleet.Clock.Advance(TimeSpan.FromDays(400));

        var used = await Call(fleet, "/agent/v1/renewed", old);
        var media = await Call(fleet, "/agent/v1/media/" + new string('0', 64), old, HttpMethod.Get);

        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized), (used.StatusCode, media.StatusCode));
        Assert.Equal(HttpStatusCode.OK, (await Renew(fleet, old)).StatusCode);
    }

    [Fact]
    public async Task A_revoked_certificate_is_not_renewed()
    {
        await using var fleet = await Start();
        var old = await fleet.Enrolled(LangSon);
        fleet.Clock.Advance(TimeSpan.FromDays(300));
        await (await fleet.Browser(Roles.Technician)).DeleteAsync("/api/v1/sites/LS-0001/certificates");

        var answer = await Renew(fleet, old);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Fact]
    public async Task A_renewal_that_passed_the_door_before_the_revocation_gets_nothing_after_it()
    {
        await using var fleet = await Start();
        var old = await fleet.Enrolled(LangSon);
        fleet.Clock.Advance(TimeSpan.FromDays(300));
        using var shown = X509Certificate2.CreateFromPem(old);
        Assert.True(fleet.Services.GetRequiredService<ISiteCertificates>().MayRenew(shown, out _));
        await (await fleet.Browser(Roles.Technician)).DeleteAsync("/api/v1/sites/LS-0001/certificates");

        using var scope = fleet.Services.CreateScope();
        var answer = await scope.ServiceProvider.GetRequiredService<RenewSite>().Handle(LangSon, shown, new(Request(), "0.1.0"), default);

        Assert.Equal("renew.revoked", answer.Why?.Code);
        Assert.Equal(1, await fleet.WithDb(db => db.Set<IssuedCertificate>().CountAsync(c => c.Site == LangSon.Value)));
    }

    [Fact]
    public async Task Renewals_asked_for_at_once_are_no_more_than_six()
    {
        await using var fleet = await Start();
        var old = await fleet.Enrolled(LangSon);
        fleet.Clock.Advance(TimeSpan.FromDays(300));

        var answers = await Task.WhenAll(Enumerable.Range(0, 15).Select(_ => Task.Run(() => Renew(fleet, old))));

        Assert.Equal((6, 9), (answers.Count(a => a.StatusCode == HttpStatusCode.OK), answers.Count(a => a.StatusCode == HttpStatusCode.TooManyRequests)));
        var row = await fleet.WithDb(db => db.Set<SiteRow>().SingleAsync(s => s.Site == LangSon.Value));
        Assert.Equal(7, row.Certificates.Count);
    }

    [Theory]
    [InlineData("none")]
    [InlineData("self-signed")]
    [InlineData("of another authority of ours")]
    public async Task What_the_device_authority_did_not_issue_is_not_renewed(string which)
    {
        await using var fleet = await Start();
        await fleet.Enrolled(LangSon);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var now = fleet.Clock.GetUtcNow();
        var own = fleet.Services.GetRequiredService<BorderInfo.Server.Messaging.Certificates.ServerCertificates>();
        var shown = which switch
        {
            "none" => null,
            "self-signed" => new CertificateRequest("CN=LS-0001", key, HashAlgorithmName.SHA256).CreateSelfSigned(now.AddDays(-300), now.AddDays(10)).ExportCertificatePem(),
            _ => own.Link.Issue("LS-0001", new PublicKey(key), now.AddDays(-300), now.AddDays(10), server: false, hosts: []).ExportCertificatePem(),
        };

        var answer = await Renew(fleet, shown);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Fact]
    public async Task Six_renewals_a_day_are_enough_and_each_answer_that_was_lost_may_be_asked_for_again()
    {
        await using var fleet = await Start();
        var old = await fleet.Enrolled(LangSon);
        fleet.Clock.Advance(TimeSpan.FromDays(300));

        var answers = new List<HttpStatusCode>();
        for (var i = 0; i < 7; i++)
            answers.Add((await Renew(fleet, old)).StatusCode);
        fleet.Clock.Advance(TimeSpan.FromDays(1));

        Assert.Equal([.. Enumerable.Repeat(HttpStatusCode.OK, 6), HttpStatusCode.TooManyRequests], answers);
        Assert.Equal(HttpStatusCode.OK, (await Renew(fleet, old)).StatusCode);
    }

    private static Task<HttpResponseMessage> Renew(FleetUnderTest fleet, string? certificate) =>
        Call(fleet, "/agent/v1/renew", certificate, HttpMethod.Post, JsonContent.Create(new RenewAsk(Request(), "0.1.0"), ContractJson.Wire.RenewAsk));

    private static string Request()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return new CertificateRequest("CN=GL-0001", key, HashAlgorithmName.SHA256).CreateSigningRequestPem();
    }

    private static Task<HttpResponseMessage> Call(FleetUnderTest fleet, string path, string? certificate, HttpMethod? method = null, HttpContent? body = null)
    {
        var ask = new HttpRequestMessage(method ?? HttpMethod.Post, path) { Content = body };
        if (certificate is not null)
            ask.Headers.Add("X-Test-Certificate", Uri.EscapeDataString(certificate));
        return fleet.Anonymous().SendAsync(ask);
    }

    private static SiteId? Recognised(FleetUnderTest fleet, string pem)
    {
        using var certificate = X509Certificate2.CreateFromPem(pem);
        return fleet.Services.GetRequiredService<ISiteCertificates>().Recognises(certificate, out var site) ? site : null;
    }
}
