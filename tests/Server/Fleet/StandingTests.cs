using BorderInfo.Contract;
using BorderInfo.Contract.Health;
using BorderInfo.Contract.Messages;
using BorderInfo.Contract.Signing;
using BorderInfo.Server.Fleet;
using BorderInfo.Server.Fleet.Public;
using BorderInfo.Server.Fleet.Watch;
using BorderInfo.Server.Messaging.Public;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using System.Text.Json;
using static BorderInfo.Tests.Server.Fleet.FleetUnderTest;

namespace BorderInfo.Tests.Server.Fleet;

public sealed class StandingTests
{
    [Fact]
    public async Task A_site_that_plays_as_planned_is_good_and_counted()
    {
        await using var fleet = await Start();

        await fleet.Online(LangSon);

        Assert.Equal(Standing.Good, fleet.Standings.Of(LangSon).Standing);
        var health = await Json(await fleet.Anonymous().GetAsync("/healthz"));
        Assert.Equal((3, 1, 1), (health.GetProperty("sites").GetInt32(), health.GetProperty("online").GetInt32(), health.GetProperty("playing").GetInt32()));
        Assert.Matches(@"^\d+\.\d+", health.GetProperty("version").GetString());
    }

    [Fact]
    public async Task A_site_with_one_output_off_its_plan_is_online_but_not_playing()
    {
        await using var fleet = await Start();
        await fleet.Online(LangSon);

        await OffPlan(fleet, 1, null);
        await OffPlan(fleet, 2, null);

        Assert.Equal(Standing.Fault, fleet.Standings.Of(LangSon).Standing);
        var health = await Json(await fleet.Anonymous().GetAsync("/healthz"));
        Assert.Equal((1, 0), (health.GetProperty("online").GetInt32(), health.GetProperty("playing").GetInt32()));
    }

    [Fact]
    public async Task One_report_off_the_plan_while_the_plan_changes_is_no_trouble()
    {
        await using var fleet = await Start();
        await fleet.Online(LangSon);

        await OffPlan(fleet, 1, 1);
        var once = fleet.Standings.Of(LangSon).Standing;
        await OffPlan(fleet, 2, 2);
        var ofAnother = fleet.Standings.Of(LangSon).Standing;
        await fleet.Health(LangSon, boot: 1);
        await OffPlan(fleet, 4, 2);

        Assert.Equal([Standing.Good, Standing.Good, Standing.Good], [once, ofAnother, fleet.Standings.Of(LangSon).Standing]);
    }

    [Fact]
    public async Task What_went_astray_stays_in_trouble_until_it_is_as_planned()
    {
        await using var fleet = await Start();
        await fleet.Online(LangSon);

        await OffPlan(fleet, 1, 1);
        await OffPlan(fleet, 2, 1);
        await OffPlan(fleet, 3, 2);
        var still = fleet.Standings.Of(LangSon).Standing;
        await fleet.Health(LangSon, boot: 1);

        Assert.Equal([Standing.Fault, Standing.Good], [still, fleet.Standings.Of(LangSon).Standing]);
    }

    private static Task OffPlan(FleetUnderTest fleet, long seq, long? plan) => fleet.Hear(LangSon, "health", new HealthReport
    {
        Boot = 1,
        Seq = fleet.Clock.GetUtcNow().UtcTicks + seq,
        At = fleet.Clock.GetUtcNow(),
        Plan = plan is { } number ? new PlanNumber(LangSon, 2026, number) : null,
        Outputs = [new OutputHealth { Output = OutputId.Parse("LCD-1"), PlayerAlive = true, AsPlanned = false, Wanted = new ItemId(7), Shown = new ItemId(8) }],
    }, ContractJson.Wire.HealthReport);

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 1)]
    public async Task A_late_will_of_an_older_connection_never_overrules_a_newer_birth(long boot, long birth)
    {
        await using var fleet = await Start();
        await fleet.Online(LangSon);
        await fleet.State(LangSon, Presence.Online, boot: 2, birth: 2);
        await fleet.Health(LangSon, boot: 2);

        await fleet.State(LangSon, Presence.Lost, boot, birth);

        Assert.Equal(Standing.Good, fleet.Standings.Of(LangSon).Standing);
    }

    [Theory]
    [InlineData(Presence.Lost)]
    [InlineData(Presence.Stopped)]
    public async Task The_end_of_the_newest_connection_makes_a_site_offline_until_it_is_born_again(Presence end)
    {
        await using var fleet = await Start();
        await fleet.Online(LangSon);

        await fleet.State(LangSon, end, boot: 1, birth: 1);
        await fleet.Health(LangSon, boot: 1);
        var after = fleet.Standings.Of(LangSon);
        await fleet.State(LangSon, Presence.Online, boot: 1, birth: 2);

        Assert.Equal((Standing.Offline, end), (after.Standing, after.Presence));
        Assert.Contains(after.Findings, f => f.Code == Findings.SiteOffline.Code);
        Assert.Equal(Standing.Good, fleet.Standings.Of(LangSon).Standing);
    }

    [Fact]
    public async Task A_will_that_comes_before_its_birth_was_heard_counts_and_the_birth_after_it_does_not()
    {
        await using var fleet = await Start();
        await fleet.Online(LangSon);

        await fleet.State(LangSon, Presence.Lost, boot: 1, birth: 2);
        await fleet.State(LangSon, Presence.Online, boot: 1, birth: 2);

        Assert.Equal(Standing.Offline, fleet.Standings.Of(LangSon).Standing);
    }

    [Fact]
    public async Task Silence_for_90_seconds_is_offline_without_a_will_and_a_report_ends_it()
    {
        await using var fleet = await Start();
        await fleet.Online(LangSon);

        fleet.Clock.Advance(TimeSpan.FromSeconds(90));
        await fleet.Sweep();
        var still = fleet.Standings.Of(LangSon).Standing;
        fleet.Clock.Advance(TimeSpan.FromSeconds(1));
        await fleet.Sweep();
        var silent = fleet.Standings.Of(LangSon);
        await fleet.Health(LangSon, boot: 1);

        Assert.Equal(Standing.Good, still);
        Assert.Equal((Standing.Offline, Presence.Lost), (silent.Standing, silent.Presence));
        Assert.Equal(Standing.Good, fleet.Standings.Of(LangSon).Standing);
    }

    [Fact]
    public async Task A_finding_is_seen_when_it_has_held_and_is_not_explained_by_another()
    {
        await using var fleet = await Start();
        await fleet.Online(LangSon);
        var (led, lcd) = (OutputId.Parse("LED-1.A"), OutputId.Parse("LCD-1"));
        var now = fleet.Clock.GetUtcNow();

        await fleet.Health(LangSon, 1, new Finding("player-dead", now, led), new Finding("black-screen", now, led), new Finding("black-screen", now, lcd));
        var atOnce = fleet.Standings.Of(LangSon).Findings;
        fleet.Clock.Advance(TimeSpan.FromSeconds(21));
        await fleet.Sweep();

        Assert.Empty(atOnce);
        Assert.Equal([("player-dead", led), ("black-screen", lcd)], fleet.Standings.Of(LangSon).Findings.Select(f => (f.Code, f.Output!.Value)).OrderByDescending(f => f.Code));
        Assert.Equal(Standing.Fault, fleet.Standings.Of(LangSon).Standing);
    }

    [Fact]
    public async Task Everything_hangs_on_the_link_so_offline_explains_the_rest_away()
    {
        await using var fleet = await Start();
        await fleet.Online(LangSon);
        await fleet.Health(LangSon, 1, new Finding("plan-refused", fleet.Clock.GetUtcNow()), new Finding("disk-low", fleet.Clock.GetUtcNow()));
        fleet.Clock.Advance(TimeSpan.FromMinutes(2));

        await fleet.Sweep();

        Assert.Equal(["site-offline", "disk-low"], fleet.Standings.Of(LangSon).Findings.Select(f => f.Code));
    }

    [Fact]
    public async Task A_birth_is_told_once_and_answered_with_a_signed_pulse_for_that_connection()
    {
        await using var fleet = await Start();
        await fleet.Enrolled(LangSon);
        fleet.News.Told.Clear();

        await fleet.State(LangSon, Presence.Online, boot: 4, birth: 2);
        await fleet.State(LangSon, Presence.Online, boot: 4, birth: 2);

        Assert.Equal(4, Assert.IsType<SiteWasBorn>(Assert.Single(fleet.News.Told)).State.Boot);
        var pulse = PulseIn(Assert.Single(fleet.Sent.Messages, m => m.Topic == Topics.Pulse(LangSon)).Payload, fleet);
        Assert.Equal((4, 2, fleet.Clock.GetUtcNow()), (pulse.Boot, pulse.Birth, pulse.Utc));
    }

    [Fact]
    public async Task An_online_site_gets_a_pulse_every_hour()
    {
        await using var fleet = await Start();
        await fleet.Online(LangSon);
        fleet.Sent.Messages.Clear();

        foreach (var _ in Enumerable.Range(0, 61))
        {
            fleet.Clock.Advance(TimeSpan.FromMinutes(1));
            await fleet.Health(LangSon, boot: 1);
            await fleet.Sweep();
        }

        Assert.Single(fleet.Sent.Messages, m => m.Topic == Topics.Pulse(LangSon));
    }

    [Fact]
    public async Task A_birth_whose_news_fails_below_is_not_known_and_is_taken_when_it_comes_again()
    {
        await using var fleet = await Start();
        await fleet.Enrolled(LangSon);
        fleet.News.Fails = true;
        await fleet.State(LangSon, Presence.Online, boot: 1, birth: 1);
        var unheard = fleet.Standings.Of(LangSon).Standing;
        fleet.News.Fails = false;

        await fleet.State(LangSon, Presence.Online, boot: 1, birth: 1);

        Assert.Equal(Standing.Offline, unheard);
        Assert.Equal(Presence.Online, fleet.Standings.Of(LangSon).Presence);
    }

    [Fact]
    public async Task After_a_restart_of_the_server_everything_is_known_as_before()
    {
        await using var fleet = await Start();
        await fleet.Online(LangSon);
        await fleet.Health(LangSon, 1, new Finding("plan-refused", fleet.Clock.GetUtcNow()));
        var before = fleet.Standings.Of(LangSon);

        var after = ActivatorUtilities.CreateInstance<StandingBoard>(fleet.Services).Of(LangSon);

        Assert.Equal((before.Standing, before.Since, before.LastContact, before.AgentVersion, before.Presence), (after.Standing, after.Since, after.LastContact, after.AgentVersion, after.Presence));
        Assert.Equal("plan-refused", Assert.Single(after.Findings).Code);
        Assert.Equal(before.Outputs.Count, after.Outputs.Count);
    }

    [Fact]
    public async Task Changes_of_standing_and_findings_are_written_down()
    {
        await using var fleet = await Start();
        await fleet.Online(LangSon);

        await fleet.State(LangSon, Presence.Lost, 1, 1);
        await fleet.State(LangSon, Presence.Online, 1, 2);

        var changes = await fleet.WithDb(db => db.Set<StandingChangeRow>().Where(c => c.Site == "LS-0001").OrderBy(c => c.Id).Select(c => c.To).ToListAsync());
        Assert.Equal([Standing.Offline, Standing.Warning, Standing.Good, Standing.Offline, Standing.Good], changes);
        var findings = await fleet.WithDb(db => db.Set<SiteFindingRow>().ToListAsync());
        Assert.Equal(2, findings.Count);
        Assert.All(findings, f => Assert.True(f is { Code: "site-offline", ClearedAt: not null }));
    }

    [Fact]
    public async Task What_cannot_be_read_is_counted_and_changes_nothing()
    {
        await using var fleet = await Start();
        await fleet.Online(LangSon);

        await fleet.Hear(LangSon, "state", "{"u8.ToArray());
        await fleet.Hear(LangSon, "health", "{}"u8.ToArray());
        await fleet.Hear(LangSon, "state", []);
        await fleet.State(SiteId.Parse("XX-9999"), Presence.Online, 1, 1);

        var site = await Json(await (await fleet.Administrator()).GetAsync("/api/v1/sites/LS-0001"));
        Assert.Equal("""{"state":1,"health":1}""", JsonSerializer.Serialize(site.GetProperty("unreadableMessages").Deserialize<SortedDictionary<string, int>>()!.Reverse().ToDictionary()));
        Assert.Equal("Good", site.GetProperty("standing").GetProperty("standing").GetString());
    }

    [Theory]
    [InlineData("""{"boot":1,"seq":5,"at":"2026-11-23T01:00:00Z","outputs":[]}""", true)]
    [InlineData("""{"boot":1,"seq":5,"at":"2026-11-23T01:00:00Z","outputs":[],"findings":null,"refused":null}""", false)]
    [InlineData("""{"boot":1,"seq":5,"at":"2026-11-23T01:00:00Z","outputs":null}""", false)]
    [InlineData("""{"boot":1,"seq":5,"at":"2026-11-23T01:00:00Z","outputs":[null]}""", false)]
    [InlineData("""{"boot":1,"seq":5,"at":"2026-11-23T01:00:00Z","outputs":[],"findings":[null]}""", false)]
    public async Task A_report_with_members_left_out_is_taken_and_a_broken_one_counted(string json, bool taken)
    {
        await using var fleet = await Start();
        await fleet.Enrolled(LangSon);
        await fleet.State(LangSon, Presence.Online, 1, 1);

        await fleet.Hear(LangSon, "health", System.Text.Encoding.UTF8.GetBytes(json));

        Assert.Equal(taken, fleet.Standings.Of(LangSon).Health is not null);
        Assert.Equal(taken ? 0 : 1, fleet.Services.GetRequiredService<StandingBoard>().Malformed(LangSon).Values.Sum());
    }

    private static Pulse PulseIn(byte[] payload, FleetUnderTest fleet) =>
        JsonSerializer.Deserialize(Sealing.Open(payload, SignedTypes.Pulse, fleet.Services.GetRequiredService<ISigner>().Keys).Value, ContractJson.Wire.Pulse)!;
}
