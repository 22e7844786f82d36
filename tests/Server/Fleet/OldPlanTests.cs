using System.Net;
using BorderInfo.Server.Identity.Public;
using static BorderInfo.Tests.Server.Fleet.FleetUnderTest;

namespace BorderInfo.Tests.Server.Fleet;

/// <summary>A site that is online and plays an older plan than the one it was sent.</summary>
public sealed class OldPlanTests
{
    [Fact]
    public async Task A_site_that_goes_on_with_an_older_plan_than_the_one_sent_is_seen_so_after_five_minutes()
    {
        await using var fleet = await Start();
        await fleet.Online(LangSon);
        await fleet.PlanSent(LangSon, 1);
        await fleet.Plays(LangSon, 1);
        await fleet.PlanSent(LangSon, 2);

        var seen = new List<string>();
        foreach (var (minutes, plan) in new[] { (2, 1), (2, 1), (2, 1), (1, 2) })
        {
            fleet.Clock.Advance(TimeSpan.FromMinutes(minutes));
            await fleet.Plays(LangSon, plan);
            await fleet.NoticeOldPlans();
            await fleet.Sweep();
            var health = await Json(await fleet.Anonymous().GetAsync("/healthz"));
            seen.Add($"{fleet.Standings.Of(LangSon).Standing} {string.Join(',', fleet.Standings.Of(LangSon).Findings.Select(f => f.Code))} {health.GetProperty("playing").GetInt32()}");
        }

        Assert.Equal(["Good  1", "Good  1", "Warning plan-behind 0", "Good  1"], seen);
    }

    [Fact]
    public async Task An_older_plan_is_shown_in_the_list_and_on_the_wall_by_word_and_shape()
    {
        await using var fleet = await Start();
        await fleet.Online(LangSon);
        await fleet.PlanSent(LangSon, 1);
        for (var minute = 0; minute < 7; minute += 2)
        {
            fleet.Clock.Advance(TimeSpan.FromMinutes(2));
            await fleet.Plays(LangSon, null);
            await fleet.NoticeOldPlans();
        }

        var browser = await fleet.Browser(Roles.Monitor);
        var pages = new[] { await browser.GetStringAsync("/cum"), await browser.GetStringAsync("/tuong"), await browser.GetStringAsync("/diem/LS-0001") }.Select(WebUtility.HtmlDecode);

        Assert.All(pages, page =>
        {
            Assert.Contains("Còn phát kế hoạch cũ", page, StringComparison.Ordinal);
            Assert.Contains("fleet-mark fleet-warning", page, StringComparison.Ordinal);
        });
    }
}
