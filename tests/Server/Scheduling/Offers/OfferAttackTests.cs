using System.Net.Http.Json;
using BorderInfo.Contract;
using BorderInfo.Contract.Plans;
using BorderInfo.Server.Identity.Public;
using BorderInfo.Server.Platform.Database;
using BorderInfo.Server.Scheduling;
using BorderInfo.Server.Scheduling.Offers;
using BorderInfo.Server.Scheduling.Public;
using BorderInfo.Tests.Server.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using static BorderInfo.Tests.Server.Scheduling.Offers.Communes;

namespace BorderInfo.Tests.Server.Scheduling.Offers;

/// <summary>Attempts on offers: to end somebody else's, to answer twice, to slip a schedule on air while it is being offered.</summary>
public sealed class OfferAttackTests : IDisposable
{
    private readonly SchedulingWorld world = new();
    private readonly Communes communes;

    public OfferAttackTests() => communes = new(world);

    [Fact]
    public async Task The_only_commune_of_an_offer_does_not_withdraw_it_for_the_source()
    {
        var offer = (await communes.Make(await communes.Drafted(targets: [new(TargetWidth.Commune, DongDang)]))).Value;
        var browser = await world.Server.ClientAs(Roles.Editor, new AreaScope(false, [], [DongDang], []));

        var refused = await communes.Withdraw(offer.Id, Editor(DongDang));
        var page = await browser.GetStringAsync($"/de-nghi-phat/{offer.Id}");
        var done = await communes.Withdraw(offer.Id);

        Assert.Equal("offer.not-a-source", refused.Why?.Code);
        Assert.DoesNotContain("/thu-hoi", page, StringComparison.Ordinal);
        Assert.Null(done.Why);
    }

    [Fact]
    public async Task Of_answers_and_a_withdrawal_sent_at_once_one_answer_at_most_counts_and_none_after_the_withdrawal()
    {
        var offer = await communes.Offered();

        await Task.WhenAll(Enumerable.Range(0, 9).Select(n => Task.Run(() => world.Within(async s => n switch
        {
            4 => (object)await s.GetRequiredService<WithdrawOffer>().Handle(new(Province, offer.Id, "Nội dung thay đổi"), default),
            _ when n % 2 == 0 => await s.GetRequiredService<AcceptOffer>().Handle(new(Editor(DongDang), offer.Id, DongDang, Times(Evening)), default),
            _ => await s.GetRequiredService<DeclineOffer>().Handle(new(Editor(DongDang), offer.Id, DongDang, "Trùng lễ hội của xã"), default),
        }))));

        var after = await world.Within(async s => (await s.GetRequiredService<OfferBook>().Of(offer.Id, default))!);
        var answers = after.At(DongDang)!.Answers;
        Assert.NotNull(after.WithdrawnAt);
        Assert.True(answers.Count <= 1, string.Join(' ', answers.Select(a => a.Kind)));
        Assert.Equal(1 + answers.Count(a => a.Kind == AnswerKind.Accepted), await world.Within(s => s.GetRequiredService<BorderInfoDb>().Set<ScheduleRow>().CountAsync()));
    }

    [Fact]
    public async Task What_is_offered_while_somebody_publishes_it_is_not_published()
    {
        var draft = await communes.Drafted();
        world.Items.Meanwhile = async () => Assert.Null((await communes.Make(draft)).Why);

        var refused = await world.Publish(Province, draft);

        Assert.Equal("publish.changed-meanwhile", refused.Why?.Code);
        Assert.Equal(ScheduleStanding.Offered, (await Stand(draft))!.Standing);
        Assert.Null(await world.OnItsWay(SchedulingWorld.HuuNghi));
    }

    [Fact]
    public async Task Of_saves_from_one_revision_sent_at_once_one_is_kept_and_the_others_are_told()
    {
        var draft = await communes.Drafted();
        var read = (await Stand(draft))!.Newest;

        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(n => Task.Run(() => world.Save(read with { Name = $"Người thứ {n}" }, Province, revision: 1))));

        Assert.Single(answers, a => a.Why is null);
        Assert.All(answers.Where(a => a.Why is not null), a => Assert.Equal("schedule.changed-meanwhile", a.Why!.Code));
        Assert.Equal(2, (await Stand(draft))!.Revision);
    }

    [Fact]
    public async Task A_year_that_no_calendar_has_is_refused_as_a_time()
    {
        var draft = await communes.Drafted();
        var source = await world.Server.ClientAs(Roles.Editor, Province.Scope);

        var answer = await source.PostToPage("/de-nghi-phat", "de-nghi", ("schedule", $"{draft}"), ("answerBy", "0001-01-01T00:00"), ("note", ""));

        Assert.Equal(System.Net.HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains("alert-danger", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bulletins_meet_at_the_starts_that_a_rule_names_and_not_in_its_window()
    {
        var rule = new BorderInfo.Contract.Calendars.DayRule { Solar = new("FREQ=DAILY;BYHOUR=9,15", new(2026, 11, 23)) };
        var own = (await world.Save(SchedulingWorld.Wanted("Của xã", Tier.Priority, items: [2], targets: [new(TargetWidth.Commune, DongDang)], windows: [new(new(6, 0), new(6, 10))]) with { Days = rule }, Editor(DongDang))).Value.Id;
        await world.Publish(Editor(DongDang), own);
        await communes.Published(Province, "Sáng sớm của tỉnh", 1, WholeProvince);
        var afternoon = await communes.Published(Province, "Buổi chiều của tỉnh", 1, WholeProvince, window: new(new(15, 5), new(16, 0)));
        var browser = await world.Server.ClientAs(Roles.Editor, Province.Scope);

        var met = await browser.GetFromJsonAsync<System.Text.Json.JsonElement>("/api/v1/priority-meetings");

        var only = Assert.Single(met.EnumerateArray());
        Assert.Equal((afternoon, own), (only.GetProperty("source").GetInt64(), only.GetProperty("own").GetInt64()));
    }

    [Fact]
    public async Task Dragging_a_schedule_of_others_tells_nothing_of_it()
    {
        var draft = await communes.Drafted();
        var foreign = (await world.Server.ClientAs(Roles.Editor, new AreaScope(false, ["52"], [], []))).AsScript();

        var answer = await foreign.PostAsJsonAsync($"/api/v1/schedules/{draft}/move", new { window = 7, from = "2026-11-24", day = "2026-11-24", start = "06:00", end = "07:00" });

        Assert.Contains("schedule.unknown", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private Task<ScheduleStand?> Stand(long id) => world.Within(s => s.GetRequiredService<ISchedules>().Of(id, default));

    public void Dispose() => world.Dispose();
}
