using BorderInfo.Contract;
using BorderInfo.Contract.Plans;
using BorderInfo.Server.Identity.Public;
using BorderInfo.Server.Platform.Pages;
using BorderInfo.Server.Publishing;
using BorderInfo.Server.Scheduling.Offers;
using BorderInfo.Server.Scheduling.Public;
using Microsoft.Extensions.DependencyInjection;

namespace BorderInfo.Tests.Server.Scheduling.Offers;

/// <summary>A province and two of its communes in a <see cref="SchedulingWorld"/>: 06184 has Hữu Nghị, 06187 Tân Thanh. Wishes for plans are fulfilled after every deed.</summary>
internal sealed class Communes(SchedulingWorld world)
{
    public const string DongDang = "06184", TanThanh = "06187";

    public static readonly Actor Province = new(7, "lan", "Biên tập viên tỉnh mẫu", new HashSet<string> { Roles.Editor }, new(false, ["20"], [], []));

    public static readonly Target[] WholeProvince = [new(TargetWidth.Province, "20")];

    public static readonly TimeWindow Morning = new(new(6, 0), new(6, 30)), Evening = new(new(17, 0), new(17, 30));

    public static Actor Editor(string commune, string role = Roles.Editor) => new(30, "xa" + commune, "Biên tập viên xã mẫu", new HashSet<string> { role }, new(false, [], [commune], []));

    public static OwnTimes Times(params TimeWindow[] windows) => new(new(2026, 11, 24), null, Weekdays.All, windows, null);

    public async Task<long> Drafted(string name = "Bản tin tỉnh", Tier tier = Tier.Programme, long[]? items = null, DateOnly? to = null, Target[]? targets = null) =>
        (await world.Save(SchedulingWorld.Wanted(name, tier, items: items, targets: targets ?? WholeProvince, to: to, windows: [Morning]), Province)).Value.Id;

    public Task<Outcome<Offer>> Make(long schedule, Actor? by = null, TimeSpan? within = null) =>
        world.Within(s => s.GetRequiredService<MakeOffer>().Handle(new(by ?? Province, schedule, world.Clock.GetUtcNow() + (within ?? TimeSpan.FromDays(7)), "Đề nghị phát trong tuần"), default));

    public async Task<Offer> Offered() => (await Make(await Drafted())).Value;

    public Task<Outcome<Offer>> Accept(long offer, Actor by, string commune, OwnTimes? times = null) =>
        Then(s => s.GetRequiredService<AcceptOffer>().Handle(new(by, offer, commune, times ?? Times(Evening)), default));

    public Task<Outcome<Offer>> Decline(long offer, Actor by, string commune, string reason = "Trùng lễ hội của xã") =>
        Then(s => s.GetRequiredService<DeclineOffer>().Handle(new(by, offer, commune, reason), default));

    public Task<Outcome<Offer>> TakeBack(long offer, Actor by, string commune) =>
        Then(s => s.GetRequiredService<TakeBackAnswer>().Handle(new(by, offer, commune), default));

    public Task<Outcome<Offer>> Withdraw(long offer, Actor? by = null, string reason = "Nội dung thay đổi") =>
        Then(s => s.GetRequiredService<WithdrawOffer>().Handle(new(by ?? Province, offer, reason), default));

    public Task<Outcome<PriorityMeeting>> Decide(string commune, long source, long own, PriorityFirst first, Actor? by = null) =>
        Then(s => s.GetRequiredService<DecideMeeting>().Handle(new(by ?? Editor(commune), commune, source, own, first), default));

    /// <summary>A published schedule of whoever writes it.</summary>
    public async Task<long> Published(Actor by, string name, long item, Target[] targets, Tier tier = Tier.Priority, int number = 500, TimeWindow? window = null)
    {
        var id = (await world.Save(SchedulingWorld.Wanted(name, tier, number, items: [item], targets: targets, windows: [window ?? Morning]), by)).Value.Id;
        Assert.Null((await world.Publish(by, id)).Why);
        return id;
    }

    /// <summary>What the sealed plan of the site has on its screen on Tuesday at this local time; null = nothing, or no plan.</summary>
    public async Task<ItemId?> OnScreen(SiteId site, int hour, int minute) =>
        await world.OnItsWay(site) is { } plan ? new PlanClock(plan).At(TestClusters.Screen, At(hour, minute)).Item?.Id : null;

    public static DateTimeOffset At(int hour, int minute) => LocalTime.Utc(new(2026, 11, 24), new(hour, minute));

    private async Task<Outcome<T>> Then<T>(Func<IServiceProvider, Task<Outcome<T>>> deed)
    {
        var outcome = await world.Within(deed);
        await world.FulfilWishes();
        return outcome;
    }
}
