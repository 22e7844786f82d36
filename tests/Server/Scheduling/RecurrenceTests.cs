using System.Text.Json;
using BorderInfo.Contract;
using BorderInfo.Contract.Calendars;
using BorderInfo.Contract.Plans;
using BorderInfo.Server.Platform.Database;
using BorderInfo.Server.Platform.Languages;
using BorderInfo.Server.Platform.Pages;
using BorderInfo.Server.Scheduling;
using BorderInfo.Server.Scheduling.Public;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.Extensions.DependencyInjection;

namespace BorderInfo.Tests.Server.Scheduling;

/// <summary>Schedules with a rule: kept, checked, in the plan, and the same in the form.</summary>
public sealed class RecurrenceTests : IDisposable
{
    private readonly SchedulingWorld world = new();

    /// <summary>One of each kind, and the awkward ones.</summary>
    public static TheoryData<string> Rules { get; } =
    [
        """{"solar":{"rule":"FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,FR","start":"2026-11-23"}}""",
        """{"solar":{"rule":"FREQ=DAILY;INTERVAL=3;COUNT=20","start":"2026-11-23"},"exclusions":["2026-11-29"],"additions":["2026-12-02","2030-01-01"]}""",
        """{"solar":{"rule":"RSCALE=GREGORIAN;FREQ=MONTHLY;BYMONTHDAY=30;SKIP=BACKWARD","start":"2026-11-01"},"onHolidays":{"only":false}}""",
        """{"solar":{"rule":"FREQ=MONTHLY;INTERVAL=2;BYDAY=-1FR","start":"2026-11-23"},"offsetDays":-3}""",
        """{"solar":{"rule":"FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=24","start":"2026-11-23"}}""",
        """{"solar":{"rule":"FREQ=HOURLY;INTERVAL=2;BYHOUR=7,8,9,10,11","start":"2026-11-23","startTime":"07:00:00"}}""",
        """{"solar":{"rule":"FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1","start":"2026-11-23"},"weekdays":"Monday, Friday"}""",
        """{"lunar":{"days":[1,15,30],"missing":"Backward"},"weekdays":"Saturday, Sunday","count":9}""",
        """{"lunar":{"days":[15],"months":[6],"leapMonths":"Both","lastDayOfYear":false},"offsetDays":1}""",
        """{"lunar":{"lastDayOfYear":true},"exclusions":["L2027-13-01"]}""",
        """{"market":{"branches":"Suu, Mui"},"exclusions":["2026-11-26"]}""",
        """{"holidays":{"ids":["bien-phong","quoc-khanh"],"years":"RoundOrFive"}}""",
        """{"solar":{"rule":"FREQ=DAILY","start":"2026-11-23"},"onHolidays":{"only":true,"ids":["tet-nguyen-dan"]},"first":"2026-12-01","last":"2028-01-01"}""",
    ];

    [Theory]
    [MemberData(nameof(Rules))]
    public async Task What_is_saved_reads_back_and_is_in_the_plan_day_for_day(string json)
    {
        var wanted = Wanted(json);

        var id = await world.Published(wanted);

        var stand = (await world.Within(s => s.GetRequiredService<ISchedules>().Of(id, default)))!;
        var plan = (await world.OnItsWay(SchedulingWorld.HuuNghi))!;
        var entry = Assert.Single(plan.Entries);
        Assert.Equal(Json(wanted.Days), Json(stand.Newest.Days));
        Assert.Equal(2, plan.Level);
        var clock = new PlanClock(plan);
        var days = ScheduleDays.Days(wanted, await Table(), new(2026, 11, 24), new(2027, 11, 20)).ToHashSet();
        for (var day = new DateOnly(2026, 11, 24); day <= new DateOnly(2027, 11, 20); day = day.AddDays(1))
            Assert.True(days.Contains(day) == (clock.At(TestClusters.Screen, LocalTime.Utc(day, new(7, 1))).Entry?.Id == entry.Id), $"{day:yyyy-MM-dd} of {json}");
    }

    [Theory]
    [MemberData(nameof(Rules))]
    public async Task The_form_shows_a_rule_and_gives_the_same_days_back(string json)
    {
        var (table, before) = (await Table(), Wanted(json));

        var after = ScheduleDraft.Of(before, 1, table).Typed(table).Value;

        var (from, to) = (new DateOnly(2026, 1, 1), new DateOnly(2040, 1, 1));
        Assert.Equal(NextDays.Of(before, table, from, 5000, to).Select(d => (d.Day, string.Join(' ', d.Starts))), NextDays.Of(after, table, from, 5000, to).Select(d => (d.Day, string.Join(' ', d.Starts))));
        Assert.Equal(before.Days!.Exclusions, after.Days!.Exclusions);
        Assert.Null(ScheduleRules.Check(after, table));
    }

    [Fact]
    public async Task A_plan_carries_only_the_holidays_its_rules_name()
    {
        await world.Published(Wanted("""{"holidays":{"ids":["bien-phong"]}}"""));
        await world.Published(Wanted("""{"holidays":{"ids":["quoc-khanh"]}}""") with { Targets = [new(TargetWidth.Cluster, "2")] });

        var plan = (await world.OnItsWay(SchedulingWorld.HuuNghi))!;

        Assert.Equal(["bien-phong"], plan.Holidays.Select(h => h.Id));
    }

    [Fact]
    public async Task Order_seed_and_weights_are_kept_and_travel()
    {
        var wanted = SchedulingWorld.Wanted("Vòng", items: [1, 2, 3]) with { Order = PlayOrder.Shuffled, Seed = 7, Weights = [new(new(2), 3)] };

        var id = await world.Published(wanted);

        var entry = Assert.Single((await world.OnItsWay(SchedulingWorld.HuuNghi))!.Entries);
        Assert.Equal((PlayOrder.Shuffled, 7), (entry.Order, entry.Seed));
        Assert.Equal([1, 3, 1], entry.Weights);
        Assert.Equal(wanted.Weights, (await world.Within(s => s.GetRequiredService<ISchedules>().Of(id, default)))!.Newest.Weights);
    }

    [Theory]
    [InlineData("""{"solar":{"rule":"FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=31","start":"2026-11-23"}}""", "days.solar.rule", "30/11")]
    [InlineData("""{"lunar":{"days":[32]}}""", "days.lunar.days", "30")]
    [InlineData("""{"lunar":{"days":[1]},"weekdays":"Monday","last":"2026-12-10"}""", "weekdays", "09/12/2026")]
    [InlineData("""{"holidays":{"ids":["khong-co"]}}""", "days.holidays.ids", "khong-co")]
    [InlineData("""{"market":{"branches":"Suu"},"offsetDays":90}""", "days.offsetDays", "60")]
    [InlineData("""{"solar":{"rule":"FREQ=SECONDLY","start":"2026-11-23"}}""", "days.solar.rule", "FREQ=MINUTELY")]
    [InlineData("""{"market":{"branches":"Suu"},"first":"2027-01-01","last":"2026-12-01"}""", "to", "01/01/2027")]
    [InlineData("""{}""", "days", null)]
    [InlineData("""{"solar":{"rule":null,"start":"2026-11-23"}}""", "days", null)]
    public async Task What_can_not_be_is_refused_with_its_field_and_a_proposal_and_nothing_is_kept(string json, string field, string? proposal)
    {
        var saved = await world.Save(SchedulingWorld.Wanted("Sai") with { Days = Lenient(json) });

        Assert.Equal(field, saved.Why?.Field);
        if (proposal is not null)
            Assert.Equal(proposal, saved.Why!.With[^1]);
        Assert.DoesNotContain("{", world.Services.GetRequiredService<Texts>().Of("vi", saved.Why!), StringComparison.Ordinal);
        Assert.Empty(await world.Within(s => s.GetRequiredService<ISchedules>().All(default)));
    }

    [Fact]
    public async Task Ten_thousand_exclusions_are_refused()
    {
        var wanted = Wanted("""{"market":{"branches":"Suu"}}""");

        var saved = await world.Save(wanted with { Days = wanted.Days! with { Exclusions = [.. Enumerable.Range(0, 10_000).Select(i => OccurrenceId.Of(new DateOnly(2026, 1, 1).AddDays(i)))] } });

        Assert.Equal(("day.too-many", "days.exclusions"), (saved.Why?.Code, saved.Why?.Field));
    }

    [Fact]
    public async Task A_rule_that_names_its_times_takes_one_window()
    {
        var wanted = Wanted("""{"solar":{"rule":"FREQ=HOURLY;INTERVAL=2","start":"2026-11-23"}}""");

        var two = await world.Save(wanted with { Windows = [new(new(7, 0), new(7, 5)), new(new(9, 0), new(9, 5))] });
        var one = await world.Save(wanted with { Windows = [new(new(7, 0), new(7, 5))] });

        Assert.Equal("schedule.starts-one-window (2, 07:00–07:05)", two.Why?.ToString());
        Assert.Null(one.Why);
    }

    [Theory]
    [InlineData("2026-11-25", null, true)]
    [InlineData(null, """{"solar":{"rule":"FREQ=DAILY;COUNT=1","start":"2026-11-25"}}""", true)]
    [InlineData("2026-11-23", """{"market":{"branches":"All"}}""", true)]
    [InlineData(null, """{"lunar":{"days":[1]},"count":1}""", true)]
    [InlineData(null, """{"lunar":{"days":[1]},"count":2}""", false)]
    [InlineData("2026-11-23", """{"market":{"branches":"All"},"additions":["2026-12-01"]}""", false)]
    [InlineData(null, null, false)]
    public void One_off_is_what_plays_on_one_day(string? to, string? json, bool oneOff)
    {
        var view = SchedulingWorld.Wanted("Một lần", from: to is null || json is not null ? new(2026, 11, 23) : DateOnly.Parse(to), to: to is null ? null : DateOnly.Parse(to)) with { Days = json is null ? null : Lenient(json) };

        Assert.Equal(oneOff, view.OneOff);
    }

    [Fact]
    public async Task Days_left_out_keep_their_names_when_the_rest_of_the_form_changes()
    {
        var table = await Table();
        var draft = ScheduleDraft.Of(Wanted("""{"lunar":{"days":[1,15]}}"""), 1, table);
        draft.Repeat.Left = "23/12/2026";
        var saved = draft.Typed(table).Value;
        var again = ScheduleDraft.Of(saved, 2, table);
        again.Repeat.LunarDays = "2";

        var kept = again.Typed(table).Value;
        var shown = ScheduleDraft.Of(kept, 3, table).Repeat.Left;

        Assert.Equal("L2026-11-15", Assert.Single(saved.Days!.Exclusions).Value);
        Assert.Equal("L2026-11-15", Assert.Single(kept.Days!.Exclusions).Value);
        Assert.Equal("L2026-11-15", shown);
    }

    [Fact]
    public async Task A_day_that_does_not_play_need_not_be_left_out_and_the_next_one_is_proposed()
    {
        var table = await Table();
        var draft = ScheduleDraft.Of(Wanted("""{"lunar":{"days":[1,15]}}"""), 1, table);
        draft.Repeat.Left = "22/12/2026";

        Assert.Equal("schedule.left-not-on (22/12/2026, 23/12/2026)", draft.Typed(table).Why?.ToString());
    }

    [Fact]
    public async Task A_schedule_from_before_reads_as_it_did_after_the_upgrade()
    {
        var id = (await world.Save(SchedulingWorld.Wanted("Cũ", items: [1, 2]))).Value.Id;
        await world.Within(s => To(s, "20261121114623_Trust"));
        await world.Within(s => To(s, null));

        var stand = (await world.Within(s => s.GetRequiredService<ISchedules>().Of(id, default)))!;

        Assert.Equal((null, PlayOrder.Listed, 0, 0), (stand.Newest.Days, stand.Newest.Order, stand.Newest.Seed, stand.Newest.Weights.Count));
    }

    public void Dispose() => world.Dispose();

    private static async Task<int> To(IServiceProvider services, string? migration)
    {
        await services.GetRequiredService<BorderInfoDb>().GetService<IMigrator>().MigrateAsync(migration);
        return 0;
    }

    internal static ScheduleView Wanted(string json) => SchedulingWorld.Wanted("Theo quy tắc", windows: [new(new(7, 0), new(7, 5))]) with { Days = Lenient(json) };

    private static DayRule Lenient(string json) => JsonSerializer.Deserialize<DayRule>(json, new JsonSerializerOptions(JsonSerializerDefaults.Web))!;

    internal static string Json(DayRule? rule) => JsonSerializer.Serialize(rule, ApiJson.Options);

    private Task<HolidayTable> Table() => world.Within(s => s.GetRequiredService<IHolidays>().Table(default));
}
