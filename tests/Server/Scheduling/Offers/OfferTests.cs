using BorderInfo.Contract;
using BorderInfo.Contract.Plans;
using BorderInfo.Server.Identity.Public;
using BorderInfo.Server.Platform.Database;
using BorderInfo.Server.Publishing;
using BorderInfo.Server.Scheduling;
using BorderInfo.Server.Scheduling.Offers;
using BorderInfo.Server.Scheduling.Public;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using static BorderInfo.Tests.Server.Scheduling.Offers.Communes;

namespace BorderInfo.Tests.Server.Scheduling.Offers;

/// <summary>Ordinary bulletins are offered and the commune picks its time (Circular 39/2020/TT-BTTTT).</summary>
public sealed class OfferTests : IDisposable
{
    private readonly SchedulingWorld world = new();
    private readonly Communes communes;

    public OfferTests() => communes = new(world);

    [Fact]
    public async Task An_offered_bulletin_plays_only_where_the_commune_accepts_it_and_at_the_communes_times()
    {
        var offer = await communes.Offered();
        var before = (await communes.OnScreen(SchedulingWorld.HuuNghi, 6, 10), await communes.OnScreen(SchedulingWorld.HuuNghi, 17, 10));

        var done = (await communes.Accept(offer.Id, Editor(DongDang), DongDang)).Value;

        Assert.Equal((null, null), before);
        Assert.Null(await communes.OnScreen(SchedulingWorld.HuuNghi, 6, 10));
        Assert.Equal(new ItemId(1), await communes.OnScreen(SchedulingWorld.HuuNghi, 17, 10));
        Assert.Null(await world.OnItsWay(SchedulingWorld.TanThanh));
        Assert.Equal([PlaceState.Accepted, PlaceState.Waiting], done.Places.Select(p => p.State(OfferState.Open)));
        Assert.Equal([new Target(TargetWidth.Commune, DongDang)], done.At(DongDang)!.Own!.Newest.Targets);
        Assert.Equal(["06184"], done.At(DongDang)!.Own!.PublishedArea.Communes);
        Assert.StartsWith("L-2 ", await world.Noted("offer.accept", "DN-1/06184"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_commune_answers_for_itself_alone_and_nobody_above_answers_for_it()
    {
        var offer = await communes.Offered();
        var monitor = new Actor(9, "m", "m", new HashSet<string> { Roles.Monitor }, new(false, [], [DongDang], []));

        var refused = new[]
        {
            await communes.Accept(offer.Id, Province, DongDang),
            await communes.Accept(offer.Id, SchedulingWorld.Approver, DongDang),
            await communes.Decline(offer.Id, Province, DongDang),
            await communes.Accept(offer.Id, monitor, DongDang),
            await communes.Accept(offer.Id, Editor(TanThanh), DongDang),
            await communes.Accept(offer.Id, Editor("23800"), "23800"),
        };

        Assert.Equal(["offer.not-your-commune", "offer.not-your-commune", "offer.not-your-commune", "offer.not-your-commune", "offer.unknown", "offer.unknown"], refused.Select(r => r.Why?.Code));
        Assert.Null(await world.OnItsWay(SchedulingWorld.HuuNghi));
        Assert.Null((await communes.Accept(offer.Id, Editor(DongDang, Roles.Approver), DongDang)).Why);
    }

    [Fact]
    public async Task An_acceptance_taken_back_leaves_the_plan_and_may_be_given_again()
    {
        var offer = await communes.Offered();
        await communes.Accept(offer.Id, Editor(DongDang), DongDang);
        var on = await communes.OnScreen(SchedulingWorld.HuuNghi, 17, 10);

        var back = (await communes.TakeBack(offer.Id, Editor(DongDang), DongDang)).Value;
        var off = await communes.OnScreen(SchedulingWorld.HuuNghi, 17, 10);
        var again = (await communes.Accept(offer.Id, Editor(DongDang), DongDang, Times(Morning))).Value;

        Assert.Equal((new ItemId(1), null), (on, off));
        Assert.Equal(PlaceState.Waiting, back.At(DongDang)!.State(OfferState.Open));
        Assert.Equal(new ItemId(1), await communes.OnScreen(SchedulingWorld.HuuNghi, 6, 10));
        Assert.Equal([AnswerKind.Accepted, AnswerKind.TakenBack, AnswerKind.Accepted], again.At(DongDang)!.Answers.Select(a => a.Kind));
        Assert.Equal("offer.nothing-to-take-back", (await communes.TakeBack(offer.Id, Editor(TanThanh), TanThanh)).Why?.Code);
    }

    [Fact]
    public async Task A_no_needs_a_reason_the_source_reads_it_and_it_may_be_taken_back()
    {
        var offer = await communes.Offered();

        var bare = await communes.Decline(offer.Id, Editor(TanThanh), TanThanh, " ");
        var no = (await communes.Decline(offer.Id, Editor(TanThanh), TanThanh)).Value;
        var twice = await communes.Accept(offer.Id, Editor(TanThanh), TanThanh);
        var back = (await communes.TakeBack(offer.Id, Editor(TanThanh), TanThanh)).Value;

        Assert.Equal(("offer.reason-missing", "offer.already-answered"), (bare.Why?.Code, twice.Why?.Code));
        Assert.Equal((PlaceState.Declined, "Trùng lễ hội của xã", "Biên tập viên xã mẫu"), (no.At(TanThanh)!.State(OfferState.Open), no.At(TanThanh)!.Answer!.Reason, no.At(TanThanh)!.Answer!.ByName));
        Assert.Equal(PlaceState.Waiting, back.At(TanThanh)!.State(OfferState.Open));
        Assert.Null(await world.OnItsWay(SchedulingWorld.TanThanh));
    }

    [Fact]
    public async Task A_withdrawn_offer_can_not_be_accepted_and_what_was_accepted_plays_on()
    {
        var offer = await communes.Offered();
        await communes.Accept(offer.Id, Editor(DongDang), DongDang);

        var foreign = await communes.Withdraw(offer.Id, Editor(DongDang));
        var bare = await communes.Withdraw(offer.Id, reason: "");
        var done = (await communes.Withdraw(offer.Id)).Value;
        var late = await communes.Accept(offer.Id, Editor(TanThanh), TanThanh);

        Assert.Equal(("schedule.out-of-scope", "offer.reason-missing", "offer.withdrawn"), (foreign.Why?.Code, bare.Why?.Code, late.Why?.Code));
        Assert.Equal([PlaceState.Accepted, PlaceState.Unanswered], done.Places.Select(p => p.State(done.State(world.Clock.GetUtcNow()))));
        Assert.Equal(new ItemId(1), await communes.OnScreen(SchedulingWorld.HuuNghi, 17, 10));
        Assert.Equal(ScheduleStanding.Stopped, (await Stand(offer.Schedule.Id)).Standing);
        Assert.Null((await communes.TakeBack(offer.Id, Editor(DongDang), DongDang)).Why);
        Assert.Null(await communes.OnScreen(SchedulingWorld.HuuNghi, 17, 10));
    }

    [Fact]
    public async Task After_the_term_nobody_accepts_and_the_source_may_offer_again_to_those_who_have_not()
    {
        var offer = await communes.Offered();
        await communes.Accept(offer.Id, Editor(DongDang), DongDang);
        world.Clock.Advance(TimeSpan.FromDays(7));

        var late = await communes.Accept(offer.Id, Editor(TanThanh), TanThanh);
        var again = (await communes.Make(offer.Schedule.Id)).Value;

        Assert.Equal("offer.expired", late.Why?.Code);
        Assert.Equal([TanThanh], again.Places.Select(p => p.Commune));
        Assert.Equal("offer.already-offered", (await communes.Make(offer.Schedule.Id)).Why?.Code);
    }

    [Fact]
    public async Task While_it_is_offered_the_schedule_is_neither_changed_nor_published_nor_deleted()
    {
        var offer = await communes.Offered();
        var stand = await Stand(offer.Schedule.Id);

        var changed = await world.Save(stand.Newest with { Items = [new ItemId(2)] }, Province);
        var published = await world.Publish(Province, stand.Id);
        var all = await world.Publish(Province);
        var deleted = await world.Within(s => s.GetRequiredService<DeleteSchedule>().Handle(new(Province, stand.Id), default));

        Assert.Equal(ScheduleStanding.Offered, stand.Standing);
        Assert.Equal(["schedule.offered", "publish.offered", "publish.nothing-changed", "schedule.offered"], new[] { changed.Why, published.Why, all.Why, deleted.Why }.Select(w => w?.Code));
        Assert.Null(await world.OnItsWay(SchedulingWorld.HuuNghi));
    }

    [Fact]
    public async Task Only_ordinary_bulletins_are_offered_and_only_by_a_source_wider_than_the_commune()
    {
        world.Items.Release(4, title: "Chưa duyệt");
        var unreleased = await communes.Drafted("Chưa duyệt", items: [4]);
        world.Items.Withdraw(4);
        var own = (await world.Save(SchedulingWorld.Wanted("Của xã", targets: [new(TargetWidth.Commune, DongDang)]), Editor(DongDang))).Value.Id;
        world.Items.Release(5);
        world.Items.Released[^1] = world.Items.Released[^1] with { Item = world.Items.Released[^1].Item with { Class = BulletinClass.Priority } };

        var refused = new[]
        {
            await communes.Make(await communes.Drafted("Ưu tiên", Tier.Priority)),
            await communes.Make(await communes.Drafted("Tin ưu tiên", items: [5])),
            await communes.Make(unreleased),
            await communes.Make(await communes.Drafted("Cũ", to: new(2026, 11, 23)), within: TimeSpan.FromDays(61)),
            await communes.Make(await communes.Drafted("Quá hạn"), within: TimeSpan.Zero),
            await communes.Make(own, Editor(DongDang)),
            await communes.Make(await communes.Drafted("Nơi khác"), new Actor(8, "gl", "gl", new HashSet<string> { Roles.Editor }, new(false, ["52"], [], []))),
            await communes.Make(await communes.Published(Province, "Đã phát", 2, WholeProvince, Tier.Programme)),
        };

        Assert.Equal(
            ["offer.not-ordinary", "offer.item-class", "offer.nothing-released", "offer.bad-term", "offer.bad-term", "offer.not-a-source", "schedule.unknown", "offer.already-published"], refused.Select(r => r.Why?.Code));
    }

    [Fact]
    public async Task The_communes_times_lie_within_the_days_offered_and_are_checked_like_any_schedule()
    {
        var offer = (await communes.Make(await communes.Drafted(to: new(2026, 11, 30)))).Value;

        var open = await communes.Accept(offer.Id, Editor(DongDang), DongDang, Times(Evening));
        var early = await communes.Accept(offer.Id, Editor(DongDang), DongDang, Times(Evening) with { From = new(2026, 11, 1), To = new(2026, 11, 30) });
        var none = await communes.Accept(offer.Id, Editor(DongDang), DongDang, Times() with { To = new(2026, 11, 30) });
        var fits = await communes.Accept(offer.Id, Editor(DongDang), DongDang, Times(Morning, Evening) with { To = new(2026, 11, 30) });

        Assert.Equal(("offer.outside-days", "offer.outside-days", "schedule.windows-count"), (open.Why?.Code, early.Why?.Code, none.Why?.Code));
        Assert.Equal("to", open.Why!.Field);
        Assert.Null(fits.Why);
        Assert.Equal(2, (await world.OnItsWay(SchedulingWorld.HuuNghi))!.Entries.Single().Windows.Count);
    }

    [Fact]
    public async Task What_a_commune_can_not_show_is_refused_when_it_accepts()
    {
        world.Items.Release(6, languages: ["en"]);
        var offer = (await communes.Make(await communes.Drafted("Chỉ tiếng Anh", items: [6]))).Value;

        var refused = await communes.Accept(offer.Id, Editor(DongDang), DongDang);

        Assert.Equal("offer.plays-nowhere", refused.Why?.Code);
        Assert.Equal(PlaceState.Waiting, (await Book(offer.Id)).At(DongDang)!.State(OfferState.Open));
    }

    [Fact]
    public async Task Two_users_of_a_commune_who_accept_at_once_get_one_schedule()
    {
        var offer = await communes.Offered();

        var both = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => Task.Run(() =>
            world.Within(s => s.GetRequiredService<AcceptOffer>().Handle(new(Editor(DongDang), offer.Id, DongDang, Times(Evening)), default)))));

        Assert.Equal("offer.already-answered", Assert.Single(both, b => b.Why is not null).Why!.Code);
        Assert.Equal(2, await world.Within(s => s.GetRequiredService<BorderInfoDb>().Set<ScheduleRow>().CountAsync()));
    }

    [Fact]
    public async Task The_offering_side_sees_that_a_commune_stopped_what_it_accepted()
    {
        var offer = await communes.Offered();
        var own = (await communes.Accept(offer.Id, Editor(DongDang), DongDang)).Value.At(DongDang)!.Own!.Id;

        await world.StopIt(own, Editor(DongDang));

        Assert.Equal(PlaceState.Stopped, (await Book(offer.Id)).At(DongDang)!.State(OfferState.Open));
    }

    private Task<Offer> Book(long id) => world.Within(async s => (await s.GetRequiredService<OfferBook>().Of(id, default))!);

    private Task<ScheduleStand> Stand(long id) => world.Within(async s => (await s.GetRequiredService<ISchedules>().Of(id, default))!);

    public void Dispose() => world.Dispose();
}
