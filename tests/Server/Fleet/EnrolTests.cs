using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography.X509Certificates;
using BorderInfo.Contract;
using BorderInfo.Contract.Messages;
using BorderInfo.Server.Fleet;
using BorderInfo.Server.Fleet.Public;
using BorderInfo.Server.Identity.Public;
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
                    await fleet.Enrol(LangSon, code[..4] + "-0000-0000-0000");
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
    public async Task Strangers_who_do_not_know_how_the_code_begins_cannot_lock_it()
    {
        await using var fleet = await Start();
        var code = await fleet.Code(LangSon);
        var other = code[0] == '0' ? '1' : '0';
        for (var i = 0; i < 150; i++)
            await fleet.Enrol(LangSon, $"{other}{i:D3}-0000-0000-0000", address: $"203.0.113.{i / 5}");

        var answer = await fleet.Enrol(LangSon, code);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task One_address_has_five_tries_at_a_code_and_another_still_has_its_own()
    {
        await using var fleet = await Start();
        var code = await fleet.Code(LangSon);
        for (var i = 0; i < 5; i++)
            await fleet.Enrol(LangSon, code[..4] + "-0000-0000-0000", address: $"2001:db8:1:1::{i}");

        var sameNet = await fleet.Enrol(LangSon, code, address: "2001:db8:1:1:ffff::9");
        var elsewhere = await fleet.Enrol(LangSon, code, address: "2001:db8:1:2::1");

        Assert.Equal((HttpStatusCode.TooManyRequests, HttpStatusCode.OK), (sameNet.StatusCode, elsewhere.StatusCode));
    }

    [Fact]
    public async Task A_hundred_wrong_tries_from_anywhere_lock_a_code_whose_beginning_is_known()
    {
        await using var fleet = await Start();
        var code = await fleet.Code(LangSon);
        for (var i = 0; i < 100; i++)
            await fleet.Enrol(LangSon, code[..4] + "-0000-0000-0000", address: $"198.51.100.{i}");

        var answer = await fleet.Enrol(LangSon, code, address: "192.0.2.1");

        Assert.Equal(HttpStatusCode.TooManyRequests, answer.StatusCode);
    }

    [Fact]
    public async Task Replacing_a_computer_works_when_a_second_person_has_agreed()
    {
        await using var fleet = await Start();
        using var old = X509Certificate2.CreateFromPem(await fleet.Enrolled(LangSon));
        var (first, second) = (await fleet.Browser(Roles.Technician, "p:20"), await fleet.Administrator());

        var unsaid = await first.PostAsync("/api/v1/sites/LS-0001/enrol-codes", Body(new { replacesComputer = false }));
        var made = await Json(await first.PostAsync("/api/v1/sites/LS-0001/enrol-codes", Body(new { replacesComputer = true })));
        var code = made.GetProperty("code").GetString()!;
        var before = await fleet.Enrol(LangSon, code);
        var stillThere = fleet.Services.GetRequiredService<ISiteCertificates>().Recognises(old, out _);
        var waiting = await Json(await second.GetAsync("/api/v1/sites/LS-0001/replacement"));
        var agreed = await second.PostAsync($"/api/v1/sites/LS-0001/enrol-codes/{waiting.GetProperty("code").GetInt64()}/confirmation", null);
        var after = await fleet.Enrol(LangSon, code);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, unsaid.StatusCode);
        Assert.True(made.GetProperty("needsSecond").GetBoolean());
        Assert.Equal("enrol.not-confirmed", (await before.Content.ReadFromJsonAsync(ContractJson.Wire.AgentRefusal))!.Code);
        Assert.True(stillThere);
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (agreed.StatusCode, after.StatusCode));
        Assert.False(fleet.Services.GetRequiredService<ISiteCertificates>().Recognises(old, out _));
        Assert.Equal(["site.enrol-code", "site.replace-confirm", "site.enrol"], await Noted(fleet, last: 3));
    }

    [Theory]
    [InlineData("the same person", HttpStatusCode.UnprocessableEntity)]
    [InlineData("of another area", HttpStatusCode.NotFound)]
    [InlineData("without the role", HttpStatusCode.Forbidden)]
    [InlineData("a request that a newer one replaced", HttpStatusCode.UnprocessableEntity)]
    [InlineData("too late", HttpStatusCode.UnprocessableEntity)]
    [InlineData("already agreed", HttpStatusCode.UnprocessableEntity)]
    public async Task Not_everybody_is_a_second_person(string who, HttpStatusCode status)
    {
        await using var fleet = await Start();
        await fleet.Enrolled(LangSon);
        var first = await fleet.Browser(Roles.Technician, "p:20");
        var code = (await Json(await first.PostAsync("/api/v1/sites/LS-0001/enrol-codes", Body(new { replacesComputer = true })))).GetProperty("code").GetString()!;
        var waiting = (await Json(await first.GetAsync("/api/v1/sites/LS-0001/replacement"))).GetProperty("code").GetInt64();
        if (who == "too late")
            fleet.Clock.Advance(TimeSpan.FromHours(72));
        var second = who switch
        {
            "the same person" => first,
            "of another area" => await fleet.Browser(Roles.Administrator, "p:52"),
            "without the role" => await fleet.Browser(Roles.Approver),
            _ => await fleet.Administrator(),
        };
        if (who == "a request that a newer one replaced")
            await first.PostAsync("/api/v1/sites/LS-0001/enrol-codes", Body(new { replacesComputer = true }));
        if (who == "already agreed")
            await (await fleet.Administrator()).PostAsync($"/api/v1/sites/LS-0001/enrol-codes/{waiting}/confirmation", null);

        var answer = await second.PostAsync($"/api/v1/sites/LS-0001/enrol-codes/{waiting}/confirmation", null);

        Assert.Equal(status, answer.StatusCode);
        if (who != "already agreed")
            Assert.NotEqual(HttpStatusCode.OK, (await fleet.Enrol(LangSon, code)).StatusCode);
    }

    [Fact]
    public async Task A_revoked_certificate_is_no_way_around_the_second_person_nor_is_a_code_made_before_the_first_enrolment()
    {
        await using var fleet = await Start();
        var technician = await fleet.Browser(Roles.Technician);
        await fleet.Enrolled(LangSon);
        await technician.DeleteAsync("/api/v1/sites/LS-0001/certificates");

        var made = await Json(await technician.PostAsync("/api/v1/sites/LS-0001/enrol-codes", Body(new { replacesComputer = true })));
        var answer = await fleet.Enrol(LangSon, made.GetProperty("code").GetString()!);

        Assert.Equal("enrol.not-confirmed", (await answer.Content.ReadFromJsonAsync(ContractJson.Wire.AgentRefusal))!.Code);
    }

    [Fact]
    public async Task The_site_page_asks_the_second_person_and_not_the_first()
    {
        await using var fleet = await Start();
        await fleet.Enrolled(LangSon);
        var first = await fleet.Browser(Roles.Technician, "p:20");
        await first.PostAsync("/api/v1/sites/LS-0001/enrol-codes", Body(new { replacesComputer = true }));

        var own = await first.GetStringAsync("/diem/LS-0001");
        var others = await (await fleet.Administrator()).GetStringAsync("/diem/LS-0001");

        Assert.Contains("người khác phải đồng ý", own);
        Assert.DoesNotContain("/dong-y\"", own);
        Assert.Contains("/dong-y\"", others);
    }

    [Fact]
    public async Task A_computer_that_is_enrolled_anew_is_told_the_last_numbers_of_its_site()
    {
        await using var fleet = await Start();
        await fleet.Enrolled(LangSon);
        await fleet.State(LangSon, Presence.Online, boot: 57, birth: 1);
        await fleet.Events(LangSon, 1, 2, 3);
        await fleet.Hear(LangSon, "play", new PlayBatch([Play(fleet, 1), Play(fleet, 2)]), ContractJson.Wire.PlayBatch);

        var answer = await fleet.Enrol(LangSon, await fleet.Code(LangSon));
        await fleet.Events(LangSon, 4);

        var done = (await answer.Content.ReadFromJsonAsync(ContractJson.Wire.EnrolDone))!;
        Assert.Equal((2L, 3L, 57L), (done.LastPlaySeq, done.LastEventSeq, done.LastBoot));
        Assert.Equal(4, fleet.Sent.Acks(LangSon).Last(a => a.Stream == Contract.Messages.Stream.Event).UpTo);
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

    private static PlayRecord Play(FleetUnderTest fleet, long seq) => new()
    {
        Seq = seq,
        Boot = 1,
        Plan = new PlanNumber(LangSon, 2026, 1),
        Entry = "L-1",
        Tier = Contract.Plans.Tier.Programme,
        Output = new OutputId("LCD-1"),
        Item = new ItemId(7),
        Version = 1,
        Language = "vi",
        StartedAt = fleet.Clock.GetUtcNow().AddSeconds(-10 * (3 - seq)),
        EndedAt = fleet.Clock.GetUtcNow().AddSeconds(-10 * (2 - seq)),
        DurationMs = 10_000,
        End = PlayEnd.Completed,
        Grade = ProofGrade.Played,
        Clock = ClockTrust.Confirmed,
    };

    private static async Task<IReadOnlyList<string>> Noted(FleetUnderTest fleet, int last) =>
        [.. (await fleet.WithDb(db => db.Set<BorderInfo.Server.Identity.AuditRow>().OrderByDescending(a => a.N).Select(a => a.Action).Take(last).ToListAsync())).AsEnumerable().Reverse()];

    private static Task<Dictionary<string, int>> Installations(FleetUnderTest fleet) => fleet.WithDb(db => db.Set<SiteRow>().ToDictionaryAsync(s => s.Site, s => s.Installation));
}
