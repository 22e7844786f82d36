using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography.X509Certificates;
using BorderInfo.Contract;
using BorderInfo.Contract.Messages;
using BorderInfo.Server.Fleet;
using BorderInfo.Server.Fleet.Public;
using BorderInfo.Server.Messaging.Public;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using static BorderInfo.Tests.Server.Fleet.FleetUnderTest;

namespace BorderInfo.Tests.Server.Fleet;

public sealed class EnrolTests
{
    [Fact]
    public async Task A_computer_with_the_code_of_its_site_gets_a_certificate_with_the_sites_name()
    {
        await using var fleet = await Start();
        var code = await fleet.Code(LangSon);

        var answer = await fleet.Enrol(LangSon, code);

        var done = (await answer.Content.ReadFromJsonAsync(ContractJson.Wire.EnrolDone))!;
        using var certificate = X509Certificate2.CreateFromPem(done.CertificatePem);
        Assert.True(fleet.Services.GetRequiredService<ISiteCertificates>().Recognises(certificate, out var site));
        Assert.Equal(LangSon, site);
        Assert.NotEmpty(done.PlanKeys);
        Assert.Equal(fleet.Clock.GetUtcNow(), done.Utc);
        Assert.Equal(Standing.Offline, fleet.Standings.Of(LangSon).Standing);
        var row = await fleet.WithDb(db => db.Set<SiteRow>().SingleAsync(s => s.Site == "LS-0001"));
        Assert.Equal([certificate.SerialNumber], row.Certificates);
    }

    [Fact]
    public async Task A_code_may_be_typed_as_people_type()
    {
        await using var fleet = await Start();
        var code = await fleet.Code(LangSon);

        var answer = await fleet.Enrol(LangSon, " " + code.ToLowerInvariant().Replace('0', 'o').Replace('1', 'l').Replace("-", " "));

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Theory]
    [InlineData("another code", "enrol.wrong-code", HttpStatusCode.Forbidden)]
    [InlineData("code of another site", "enrol.wrong-code", HttpStatusCode.Forbidden)]
    [InlineData("no such site", "enrol.wrong-code", HttpStatusCode.Forbidden)]
    [InlineData("code replaced by a newer", "enrol.wrong-code", HttpStatusCode.Forbidden)]
    [InlineData("too late", "enrol.expired-code", HttpStatusCode.Gone)]
    [InlineData("second time", "enrol.used-code", HttpStatusCode.Gone)]
    [InlineData("after five wrong", "enrol.too-many-tries", HttpStatusCode.TooManyRequests)]
    [InlineData("broken request", "enrol.bad-request", HttpStatusCode.BadRequest)]
    public async Task A_refused_enrolment_says_why_and_issues_nothing(string trial, string why, HttpStatusCode status)
    {
        await using var fleet = await Start();
        var code = await fleet.Code(LangSon);
        var (site, csr) = (LangSon, (string?)null);
        switch (trial)
        {
            case "another code": code = "0000-0000-0000-0000"; break;
            case "code of another site": code = await fleet.Code(GiaLai); break;
            case "no such site": site = SiteId.Parse("XX-0001"); break;
            case "code replaced by a newer": await fleet.Code(LangSon); break;
            case "too late": fleet.Clock.Advance(TimeSpan.FromHours(72)); break;
            case "second time": await fleet.Enrol(LangSon, code); break;
            case "after five wrong":
                foreach (var _ in Enumerable.Range(0, 5))
                    await fleet.Enrol(LangSon, "0000-0000-0000-0000");
                break;
            case "broken request": csr = "-----BEGIN CERTIFICATE REQUEST-----\nAAAA\n-----END CERTIFICATE REQUEST-----"; break;
        }

        var before = await Installations(fleet);
        var answer = await fleet.Enrol(site, code, csr);

        Assert.Equal(status, answer.StatusCode);
        var refusal = (await answer.Content.ReadFromJsonAsync(ContractJson.Wire.AgentRefusal))!;
        Assert.Equal(why, refusal.Code);
        Assert.DoesNotContain("enrol.", refusal.Detail);
        Assert.Equal(before, await Installations(fleet));
    }

    [Fact]
    public async Task Refused_enrolments_are_counted_on_the_site_page()
    {
        await using var fleet = await Start();
        await fleet.Code(LangSon);
        await fleet.Enrol(LangSon, "0000-0000-0000-0000");
        await fleet.Enrol(LangSon, "0000-0000-0000-0001");

        var page = await (await fleet.Administrator()).GetStringAsync("/diem/LS-0001");

        Assert.Contains("<dd>2 · 23/11/2026 08:00</dd>", page);
    }

    [Fact]
    public async Task A_code_is_kept_as_a_hash_only()
    {
        await using var fleet = await Start();

        var code = await fleet.Code(LangSon);

        await fleet.WithDb(db => db.Database.ExecuteSqlRawAsync("PRAGMA wal_checkpoint(TRUNCATE)"));
        var file = System.Text.Encoding.Latin1.GetString(await File.ReadAllBytesAsync(Path.Combine(fleet.Folder, "borderinfo.db")));
        Assert.DoesNotContain(code, file);
        Assert.DoesNotContain(code.Replace("-", ""), file);
    }

    [Fact]
    public async Task A_site_with_a_live_certificate_needs_the_confirmation_that_its_computer_is_replaced()
    {
        await using var fleet = await Start();
        using var old = X509Certificate2.CreateFromPem(await fleet.Enrolled(LangSon));
        var administrator = await fleet.Administrator();

        var refused = await administrator.PostAsync("/api/v1/sites/LS-0001/enrol-codes", Body(new { replacesComputer = false }));
        var made = await Json(await administrator.PostAsync("/api/v1/sites/LS-0001/enrol-codes", Body(new { replacesComputer = true })));
        var enrolled = await fleet.Enrol(LangSon, made.GetProperty("code").GetString()!);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.Equal(HttpStatusCode.OK, enrolled.StatusCode);
        Assert.False(fleet.Services.GetRequiredService<ISiteCertificates>().Recognises(old, out _));
    }

    [Fact]
    public async Task The_last_word_of_a_replaced_computer_does_not_deafen_the_server_to_the_new_one()
    {
        await using var fleet = await Start();
        await fleet.Enrolled(LangSon);
        await fleet.State(LangSon, Presence.Online, boot: 57, birth: 3);
        var retained = new SiteState { State = Presence.Lost, Boot = 57, Birth = 3, At = fleet.Clock.GetUtcNow() };
        fleet.Clock.Advance(TimeSpan.FromDays(1));
        await fleet.Enrolled(LangSon);

        await fleet.Hear(LangSon, "state", retained, ContractJson.Wire.SiteState, retained: true);
        await fleet.State(LangSon, Presence.Online, boot: 1, birth: 1);

        Assert.Equal(Presence.Online, fleet.Standings.Of(LangSon).Presence);
    }

    [Fact]
    public async Task A_revoked_site_is_no_longer_recognised_nor_heard()
    {
        await using var fleet = await Start();
        using var certificate = X509Certificate2.CreateFromPem(await fleet.Enrolled(LangSon));
        await fleet.State(LangSon, Presence.Online, 1, 1);

        var answer = await (await fleet.Browser("technician")).DeleteAsync("/api/v1/sites/LS-0001/certificates");
        await fleet.State(LangSon, Presence.Online, 1, 2);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.False(fleet.Services.GetRequiredService<ISiteCertificates>().Recognises(certificate, out _));
        Assert.Equal(Standing.NotEnrolled, fleet.Standings.Of(LangSon).Standing);
    }

    [Fact]
    public async Task The_door_is_slow_to_who_knocks_too_often()
    {
        await using var fleet = await Start();
        var last = HttpStatusCode.OK;

        foreach (var _ in Enumerable.Range(0, 21))
            last = (await fleet.Enrol(SiteId.Parse("XX-0001"), "0")).StatusCode;

        Assert.Equal(HttpStatusCode.TooManyRequests, last);
    }

    [Fact]
    public async Task Two_computers_with_one_code_get_one_certificate()
    {
        await using var fleet = await Start();
        var code = await fleet.Code(LangSon);

        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => fleet.Enrol(LangSon, code))));

        Assert.Single(answers, a => a.IsSuccessStatusCode);
        Assert.Equal(1, (await Installations(fleet))["LS-0001"]);
    }

    private static Task<Dictionary<string, int>> Installations(FleetUnderTest fleet) => fleet.WithDb(db => db.Set<SiteRow>().ToDictionaryAsync(s => s.Site, s => s.Installation));
}
