using BorderInfo.Contract;
using BorderInfo.Contract.Calendars;
using BorderInfo.Contract.Plans;
using static BorderInfo.Tests.Contract.Plans.PlanKit;

namespace BorderInfo.Tests.Contract.Plans;

public sealed class PlanRulesTests
{
    private static readonly PlayPlan Sound = Plan([Item(1), Item(2)], [Entry("L-1", Tier.Programme, [1, 2], W("08:00", "17:00"))], quiet: [W("21:00", "05:30")]);

    private static DayRule Odd => new() { Solar = new("FREQ=DAILY;INTERVAL=2", Day) };

    private static Holiday Tet => new() { Id = "tet", Vi = "Tết Nguyên đán", En = "Lunar New Year", Kind = HolidayKind.PublicHoliday, Lunar = new(1, 1) };

    private static PlanStop Mourning => new() { Id = "QT-1", Themes = ["Lễ hội"], From = T("00:00"), Until = T("00:00", 23) };

    public static TheoryData<string, PlayPlan> Broken => new()
    {
        { "plan.level", Sound with { Level = 0 } },
        { "plan.level", Sound with { Level = ContractLevel.Current + 1 } },
        { "plan.number", Sound with { Site = new("LS-0002") } },
        { "plan.number", Sound with { Counter = 2 } },
        { "plan.number", Sound with { Number = new("LS-0001/2026-00001") } },
        { "plan.order", Sound with { Counter = 0 } },
        { "plan.order", Sound with { Epoch = -1 } },
        { "plan.validity", Sound with { ValidUntil = Sound.MadeAt } },
        { "plan.time-zone", Sound with { TimeZone = "Asia/Lang_Son" } },
        { "plan.malformed", Sound with { Items = [.. Sound.Items, null!] } },
        { "plan.malformed", Sound with { Site = default } },
        { "plan.malformed", Sound with { Entries = [Sound.Entries[0] with { Windows = [null!] }] } },
        { "plan.too-many", Sound with { Entries = [.. Enumerable.Range(1, 201).Select(i => Sound.Entries[0] with { Id = $"L-{i}" })] } },
        { "plan.text", Sound with { ClusterName = new('a', 301) } },
        { "plan.text", WithEntry(e => e with { Id = "" }) },
        { "plan.output-twice", Sound with { Outputs = [.. Sound.Outputs, Sound.Outputs[0]] } },
        { "plan.geometry", WithScreen(o => o with { WidthPx = 0 }) },
        { "plan.geometry", WithScreen(o => o with { HeightPx = 16_385 }) },
        { "plan.geometry", WithScreen(o => o with { X = -1 }) },
        { "plan.geometry", WithScreen(o => o with { Y = -1 }) },
        { "plan.geometry", WithScreen(o => o with { Screen = 0 }) },
        { "plan.volume", WithScreen(o => o with { VolumePercent = 101 }) },
        { "plan.language", WithScreen(o => o with { Languages = ["vi_VN"] }) },
        { "plan.window", WithScreen(o => o with { QuietHours = [new(new(8, 0), new(8, 0, 30))] }) },
        { "plan.file-twice", Sound with { Files = [.. Sound.Files, Sound.Files[0]] } },
        { "plan.file-size", Sound with { Files = [Sound.Files[0] with { Size = 0 }, Sound.Files[1]] } },
        { "plan.media-type", Sound with { Files = [Sound.Files[0] with { MediaType = "image/svg+xml" }, Sound.Files[1]] } },
        { "plan.item-twice", Sound with { Items = [Sound.Items[0], Sound.Items[0]] } },
        { "plan.item-version", WithItem(i => i with { Version = 0 }) },
        { "plan.item-validity", WithItem(i => i with { ValidUntil = i.ValidFrom }) },
        { "plan.item-times", WithItem(i => i with { Times = [new(i.ValidFrom.AddTicks(-1), T("09:00"))] }) },
        { "plan.item-times", WithItem(i => i with { Times = [new(T("09:00"), i.ValidUntil.AddTicks(1))] }) },
        { "plan.item-times", WithItem(i => i with { Times = [new(T("09:00"), T("09:00"))] }) },
        { "plan.item-times", WithItem(i => i with { Times = [new(T("09:00"), T("10:00")), new(T("09:59"), T("11:00"))] }) },
        { "plan.item-times", WithItem(i => i with { Times = [new(T("09:00"), T("10:00")), new(T("07:00"), T("08:00"))] }) },
        { "plan.too-many", WithItem(i => i with { Times = Hourly(49) }) },
        { "plan.malformed", WithItem(i => i with { Times = [null!] }) },
        { "plan.level", WithItem(i => i with { Times = Hourly(1) }) with { Level = 4 } },
        { "plan.part-output", WithPart(p => p with { Output = new("LCD-9") }) },
        { "plan.part-file", WithPart(p => p with { File = File("unknown") }) },
        { "plan.part-kind", WithPart(p => p with { Kind = PartKind.Clip }) },
        { "plan.part-kind", WithPart(p => p with { Output = Loa }) },
        { "plan.language", WithPart(p => p with { Language = "" }) },
        { "plan.part-page", WithPart(p => p with { Page = 0 }) },
        { "plan.part-duration", WithPart(p => p with { DurationMs = 499 }) },
        { "plan.part-duration", WithPart(p => p with { DurationMs = 14_400_001 }) },
        { "plan.entry-twice", Sound with { Entries = [Sound.Entries[0], Sound.Entries[0]] } },
        { "plan.entry-item", WithEntry(e => e with { Items = [new(9)] }) },
        { "plan.entry-item", WithEntry(e => e with { Items = [] }) },
        { "plan.entry-output", WithEntry(e => e with { Outputs = [new("LCD-9")] }) },
        { "plan.entry-dates", WithEntry(e => e with { To = e.From.AddDays(-1) }) },
        { "plan.entry-weekdays", WithEntry(e => e with { Weekdays = Weekdays.None }) },
        { "plan.window", WithEntry(e => e with { Windows = [] }) },
        { "plan.window", WithEntry(e => e with { Windows = [new(new(8, 0), new(8, 0, 59))] }) },
        { "plan.entry-tier", WithEntry(e => e with { Tier = Tier.SafeScreen }) },
        { "plan.entry-tier", WithEntry(e => e with { Tier = (Tier)99 }) },
        { "plan.entry-number", WithEntry(e => e with { Number = 0 }) },
        { "plan.entry-number", WithEntry(e => e with { Number = 1000 }) },
        { "plan.every-minutes", WithEntry(e => e with { EveryMinutes = 4 }) },
        { "plan.every-minutes", WithEntry(e => e with { EveryMinutes = 1441 }) },
        { "plan.level", WithEntry(e => e with { Days = Odd }) with { Level = 1 } },
        { "plan.holidays", Sound with { Holidays = [Tet, Tet] } },
        { "plan.malformed", Sound with { Holidays = [null!] } },
        { "plan.days", WithEntry(e => e with { Days = new() }) },
        { "plan.days", WithEntry(e => e with { Days = new() { Solar = new("FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=31", e.From) } }) },
        { "plan.days", WithEntry(e => e with { Days = new() { Holidays = new(["gio-to"]) } }) },
        { "plan.starts", WithEntry(e => e with { Days = new() { Solar = new("FREQ=HOURLY;INTERVAL=2", e.From) }, Windows = [W("08:00", "08:10"), W("09:00", "09:10")] }) },
        { "plan.weights", WithEntry(e => e with { Weights = [1] }) },
        { "plan.weights", WithEntry(e => e with { Weights = [1, 21] }) },
        { "plan.level", WithEntry(e => e with { Order = PlayOrder.Shuffled }) with { Level = 1 } },
        { "plan.fallback", WithScreen(o => o with { Fallbacks = [new("vi", "VI")] }) },
        { "plan.language", WithScreen(o => o with { RequiredLanguages = ["vi_VN"] }) },
        { "plan.quiet-rule", WithScreen(o => o with { QuietRules = [new() { Name = "Giờ học", Window = new(new(7, 0), new(11, 0)) }] }) },
        { "plan.stop", Sound with { Stops = [Mourning with { Until = Mourning.From }] } },
        { "plan.stop", Sound with { Stops = [Mourning with { Themes = [] }] } },
        { "plan.level", WithEntry(e => e with { MostPerHour = 4 }) with { Level = 2 } },
        { "plan.share", WithEntry(e => e with { SharePercent = 0 }) },
        { "plan.share", WithEntry(e => e with { SharePercent = 101 }) },
        { "plan.share", WithEntry(e => e with { ShareSeconds = 0 }) },
        { "plan.share", WithEntry(e => e with { ShareSeconds = 3601 }) },
        { "plan.share", WithEntry(e => e with { SharePercent = 50, ShareSeconds = 1800 }) },
        { "plan.shares", Sound with { Entries = [Sound.Entries[0] with { SharePercent = 60 }, Sound.Entries[0] with { Id = "L-2", ShareSeconds = 1441 }] } },
        { "plan.pace", WithEntry(e => e with { MostPerHour = 0 }) },
        { "plan.pace", WithEntry(e => e with { MostPerHour = 721 }) },
        { "plan.pace", WithEntry(e => e with { LeastGapSeconds = 0 }) },
        { "plan.pace", WithEntry(e => e with { LeastGapSeconds = 43_201 }) },
        { "plan.slot", WithEntry(e => e with { SlotMinutes = 4 }) },
        { "plan.slot", WithEntry(e => e with { SlotMinutes = 25 }) },
        { "plan.slot", WithEntry(e => e with { SlotMinutes = 5 }) with { Items = [Item(1, 301), Item(2)] } },
        { "plan.in-step", WithEntry(e => e with { InStep = true, Outputs = [Lcd] }) },
        { "plan.in-step", WithEntry(e => e with { InStep = true, Outputs = [Loa] }) },
        { "plan.in-step", WithEntry(e => e with { InStep = true, MostPerHour = 1 }) },
        { "plan.withdrawn", Sound with { Withdrawn = [new(Sound.Items[0].Id, Sound.Items[0].Version)] } },
    };

    [Fact]
    public void A_sound_plan_passes()
    {
        var refusal = PlanRules.Check(Sound);

        Assert.Null(refusal);
    }

    [Theory]
    [MemberData(nameof(Broken))]
    public void A_broken_rule_is_told_by_its_code(string code, PlayPlan plan)
    {
        var refusal = PlanRules.Check(plan);

        Assert.Equal(code, refusal?.Code);
    }

    [Fact]
    public void A_wrong_time_of_an_item_is_told_by_the_name_of_its_field()
    {
        var late = WithItem(i => i with { Times = [.. Hourly(2), new(T("09:00"), i.ValidUntil.AddTicks(1))] });
        var early = WithItem(i => i with { Times = [.. Hourly(2), new(T("01:29"), T("03:00"))] });

        Assert.Equal([["T-1", "times[2].until"], ["T-1", "times[2].from"]], new[] { late, early }.Select(p => PlanRules.Check(p)!.With));
        Assert.Equal(["T-1 times", "49", "48"], PlanRules.Check(WithItem(i => i with { Times = Hourly(49) }))!.With);
    }

    [Fact]
    public void Times_may_fill_the_validity_and_begin_where_another_ends()
    {
        var plan = WithItem(i => i with { Times = [new(i.ValidFrom, T("01:00")), new(T("01:00"), i.ValidUntil)] });

        Assert.Null(PlanRules.Check(plan with { Level = 5 }));
        Assert.Null(PlanRules.Check(WithItem(i => i with { Times = Hourly(48) })));
    }

    [Fact]
    public void Shares_that_never_meet_may_be_more_than_an_hour_together()
    {
        var entry = Sound.Entries[0] with { SharePercent = 60 };
        PlanEntry[] others =
        [
            entry with { Windows = [W("17:00", "18:00")] },
            entry with { Weekdays = Weekdays.Sunday },
            entry with { From = entry.From.AddDays(30) },
            entry with { Number = 400 },
            entry with { Outputs = [Loa] },
        ];

        var first = entry with { Weekdays = Weekdays.Saturday, To = entry.From.AddDays(20), Outputs = [Lcd] };

        Assert.All(others, other => Assert.Null(PlanRules.Check(Sound with { Entries = [first, other with { Id = "L-2" }] })));
        Assert.Equal("plan.shares", PlanRules.Check(Sound with { Entries = [first, entry with { Id = "L-2" }] })?.Code);
    }

    [Fact]
    public void Every_code_has_a_case_here()
    {
        var seen = Broken.Select(row => row[0]).Cast<string>().Distinct().Order();

        Assert.Equal(PlanRules.Codes.Order(), seen);
    }

    [Theory]
    [InlineData("vi", true)]
    [InlineData("zh-Hans", true)]
    [InlineData("zh-Hant-TW", true)]
    [InlineData("es-419", true)]
    [InlineData("de-CH-1996", true)]
    [InlineData("zxx", true)]
    [InlineData("vi-x-tay", true)]
    [InlineData("en-u-ca-buddhist", true)]
    [InlineData("v", false)]
    [InlineData("vi-", false)]
    [InlineData("vi VN", false)]
    [InlineData("vi\n", false)]
    [InlineData("123", false)]
    [InlineData("vi-VN-VN-VN-VN-VN-VN-VN-VN-VN-VN-VN-VN", false)]
    public void A_language_is_a_well_formed_tag(string tag, bool sound)
    {
        var refusal = PlanRules.Check(WithScreen(o => o with { Languages = [tag] }));

        Assert.Equal(sound ? null : "plan.language", refusal?.Code);
    }

    [Theory]
    [InlineData(1, 5, 1, 4, true)]
    [InlineData(1, 5, 1, 5, false)]
    [InlineData(1, 5, 1, 6, false)]
    [InlineData(2, 1, 1, long.MaxValue, true)]
    [InlineData(1, long.MaxValue, 2, 1, false)]
    public void A_plan_is_newer_by_epoch_and_then_by_counter(int epoch, long counter, int thanEpoch, long thanCounter, bool newer)
    {
        var answer = PlanOrder.IsNewer(epoch, counter, thanEpoch, thanCounter);

        Assert.Equal(newer, answer);
    }

    private static PlayPlan WithScreen(Func<PlanOutput, PlanOutput> change) => Sound with { Outputs = [change(Sound.Outputs[0]), Sound.Outputs[1]] };

    private static PlayPlan WithItem(Func<PlanItem, PlanItem> change) => Sound with { Items = [change(Sound.Items[0]), Sound.Items[1]] };

    /// <summary>So many half hours from midnight on.</summary>
    private static AirTime[] Hourly(int count) => [.. Enumerable.Range(0, count).Select(n => new AirTime(T("00:00").AddHours(n), T("00:30").AddHours(n)))];

    private static PlayPlan WithPart(Func<PlanPart, PlanPart> change) => WithItem(i => i with { Parts = [change(i.Parts[0]), i.Parts[1]] });

    private static PlayPlan WithEntry(Func<PlanEntry, PlanEntry> change) => Sound with { Entries = [change(Sound.Entries[0])] };
}
