using BorderInfo.Contract;
using BorderInfo.Contract.Calendars;
using BorderInfo.Contract.Plans;
using FsCheck;
using FsCheck.Fluent;
using static BorderInfo.Tests.Contract.Plans.PlanKit;

namespace BorderInfo.Tests.Contract.Plans;

/// <summary>
/// Plans over three local days from <see cref="Start"/>, crowded so that windows, validity, publication and quiet hours meet.
/// Every instant is a multiple of ten seconds, which the oracles step by.
/// </summary>
internal static class RandomPlans
{
    public const int Days = 3;
    public static readonly DateTimeOffset Start = T("00:00", 21);
    private static readonly TimeWindow[] Windows =
        [W("00:00", "00:00"), W("08:00", "09:00"), W("08:30", "10:00"), W("09:00", "09:20"), W("22:00", "06:00"), W("23:50", "00:10"), W("05:00", "05:00"), W("12:00", "12:07"), W("00:00", "00:01")];

    public static Arbitrary<PlayPlan> All => Arb.From(Plans, Smaller);

    /// <summary>The same with shares, caps, gaps and slots, a third of the entries with each.</summary>
    public static Arbitrary<PlayPlan> Paced => Arb.From(from plan in Plans from entries in Gen.CollectToList(plan.Entries, PacedOf) select plan with { Entries = [.. entries] }, Smaller);

    /// <summary>The same with half of the entries in step with the loudspeaker, and some with a pace among them.</summary>
    public static Arbitrary<PlayPlan> InStep => Arb.From(from plan in Plans from entries in Gen.CollectToList(plan.Entries, InStepOf) select plan with { Entries = [.. entries] }, Smaller);

    private static readonly Holiday Named = new() { Id = "named", Vi = "Ngày mẫu", En = "Sample day", Kind = HolidayKind.Anniversary, Solar = new(11, 23) };

    private static Gen<DateTimeOffset> Instant => Gen.Choose(-360, Days * 8640).Select(n => Start.AddSeconds(10 * n));

    private static Gen<PlanItem> ItemOf(int id) =>
        from seconds in Gen.Elements(10, 20, 50, 130, 700)
        from bounds in Gen.Two(Instant)
        from always in Gen.Choose(0, 2)
        from pages in Gen.Choose(1, 3)
        from theme in Gen.Elements("", "Tuyên truyền", "Lễ hội", "LỄ HỘI")
        from words in Gen.Frequency((3, Gen.Constant(0)), (2, Gen.Choose(1, 3)))
        from cuts in Gen.Frequency((2, Gen.Constant<DateTimeOffset[]>([])), (1, Gen.ArrayOf(Instant).Select(c => c.Take(6).Distinct().Order().ToArray())))
        from apart in Gen.Choose(1, 2)
        let from_ = always == 0 ? bounds.Item1 : Start.AddDays(-1)
        let until = always == 0 ? bounds.Item2 : Start.AddDays(9)
        let item = Item(id, seconds, from_ < until ? from_ : until, from_ < until ? until.AddSeconds(10) : from_.AddSeconds(10)) with
        {
            Theme = theme,
            Parts = InOtherWords(words,
            [
                Part(Lcd, PartKind.Still, "still", seconds), Part(Loa, PartKind.Speech, "speech", seconds),
                .. pages > 1 ? [Part(Lcd, PartKind.Still, "still", 30, "en"), Part(Loa, PartKind.Speech, "speech", 40, "zxx")] : Array.Empty<PlanPart>(),
                .. pages > 2 ? [Part(Lcd, PartKind.Still, "still", 10, "vi", 2)] : Array.Empty<PlanPart>(),
            ]),
        }
        select item with { Times = TimesOf(item, cuts, apart) };

    /// <summary>Between the cuts within its validity: every stretch, each beginning as the one before ends, or every second.</summary>
    private static AirTime[] TimesOf(PlanItem item, DateTimeOffset[] cuts, int apart)
    {
        DateTimeOffset[] within = [.. cuts.Where(c => item.ValidFrom <= c && c <= item.ValidUntil)];
        return [.. within.Zip(within.Skip(1), (from, until) => new AirTime(from, until)).Where((_, i) => i % apart == 0)];
    }

    /// <summary>1 Jrai for Vietnamese, 2 another way to write English, 3 no words on the screen where there was Vietnamese; else as it is.</summary>
    private static PlanPart[] InOtherWords(int kind, PlanPart[] parts) =>
        [.. parts.Select(p => (kind, p.Language) switch
        {
            (1, "vi") => p with { Language = "jra" },
            (2, "en") => p with { Language = "EN" },
            (3, "vi") when p.Output == Lcd => p with { Language = "zxx" },
            _ => p,
        })];

    private static Gen<PlanEntry> EntryOf(int n) =>
        from tier in Gen.Elements(Tier.Emergency, Tier.Programme, Tier.Programme, Tier.Filler)
        from number in Gen.Elements(1, 500)
        from target in Gen.Elements(TargetWidth.Device, TargetWidth.Cluster)
        from once in Gen.Elements(true, false)
        from items in Gen.NonEmptyListOf(Gen.Choose(1, 4))
        from windows in Gen.NonEmptyListOf(Gen.Elements(Windows))
        from since in Gen.Frequency((1, Instant), (2, Gen.Constant(Start.AddDays(-1))))
        from day in Gen.Choose(0, 2)
        from length in Gen.Choose(0, 4)
        from weekdays in Gen.Frequency((1, Gen.Choose(1, 127)), (2, Gen.Constant(127)))
        from every in Gen.Elements<int?>(null, 5, 7, 60, 1440)
        from rule in Gen.Frequency((3, Gen.Constant(0)), (1, Gen.Choose(1, 4)))
        from seed in Gen.Frequency((2, Gen.Constant<int?>(null)), (1, Gen.Choose(-9, 999).Select(s => (int?)s)))
        from weights in Gen.Frequency((2, Gen.Constant<int[]>([])), (1, Gen.ArrayOf(Gen.Choose(1, 4), 3)))
        let first = new DateOnly(2026, 11, 21).AddDays(day)
        select Entry($"E-{n}", tier, [.. items.Take(3)], [.. windows.Take(3).Distinct()]) with
        {
            Number = number,
            Target = target,
            OneOff = once,
            Since = since,
            From = first,
            To = length == 4 ? null : first.AddDays(length),
            Weekdays = (Weekdays)weekdays,
            EveryMinutes = every,
            Order = seed is null ? PlayOrder.Listed : PlayOrder.Shuffled,
            Seed = seed ?? 0,
            Weights = [.. weights.Take(items.Count())],
            Days = RuleOf(rule, first),
            Windows = rule == 3 ? [windows[0]] : [.. windows.Take(3).Distinct()],
        };

    private static Gen<PlanEntry> InStepOf(PlanEntry entry) =>
        from kind in Gen.Choose(0, 5)
        from paced in PacedOf(entry)
        select kind < 3 ? entry with { InStep = true } : kind == 3 ? paced : entry;

    private static Gen<PlanEntry> PacedOf(PlanEntry entry) =>
        from percent in Gen.Elements<int?>(null, null, null, 10, 25, 50)
        from seconds in Gen.Elements<int?>(null, null, null, 70, 700, 1800, 3600)
        from most in Gen.Elements<int?>(null, null, 1, 3, 40)
        from gap in Gen.Elements<int?>(null, null, 5, 100, 600, 4000)
        from slot in Gen.Elements<int?>(null, null, null, null, 5, 10, 12, 15)
        select entry with { SlotMinutes = slot, SharePercent = percent, ShareSeconds = percent is null ? seconds : null, MostPerHour = most, LeastGapSeconds = gap };

    /// <summary>1 every other day but for an exclusion and an addition, 2 market days, 3 every seven hours, 4 the day before a named day.</summary>
    private static DayRule? RuleOf(int kind, DateOnly first) => kind switch
    {
        1 => new() { Solar = new("FREQ=DAILY;INTERVAL=2", first), Exclusions = [OccurrenceId.Of(first)], Additions = [first.AddDays(1)] },
        2 => new() { Market = new(Branches.Suu | Branches.Mui | Branches.Thin) },
        3 => new() { Solar = new("FREQ=HOURLY;INTERVAL=7", first) { StartTime = new(3, 30) } },
        4 => new() { Holidays = new(["named"]), OffsetDays = -1 },
        _ => null,
    };

    private static Gen<PlayPlan> Plans =>
        from i1 in ItemOf(1)
        from i2 in ItemOf(2)
        from i3 in ItemOf(3)
        from i4 in ItemOf(4)
        from count in Gen.Choose(0, 6)
        from entries in Gen.CollectToList(Enumerable.Range(1, count), EntryOf)
        from quiet in Gen.Elements(new TimeWindow[][] { [], [W("21:00", "05:30")], [W("08:10", "08:50"), W("23:00", "00:05")] })
        from rules in Gen.Frequency((1, Gen.Constant<IReadOnlyList<QuietRule>>([])), (2, Gen.ListOf(QuietRules).Select(r => (IReadOnlyList<QuietRule>)[.. r.Take(3)])))
        from stops in Gen.Frequency((2, Gen.Constant<IReadOnlyList<PlanStop>>([])), (1, Gen.ListOf(StopsOf).Select(s => (IReadOnlyList<PlanStop>)[.. s.Take(2)])))
        from shown in Gen.Elements(Spoken)
        from said in Gen.Elements(Spoken)
        let plan = Plan([i1 with { Theme = "Lễ hội" }, i2 with { Theme = "lễ hội", Class = BulletinClass.Emergency }, i3 with { Theme = "Pháp luật" }, i4 with { Theme = "lễ hội" }], entries, quiet)
        select plan with
        {
            Holidays = [Named],
            Stops = stops,
            Outputs = [.. plan.Outputs.Select(o => o.Kind == OutputKind.Speaker ? o with { QuietRules = rules, RequiredLanguages = said.Required, Fallbacks = said.Fallbacks } : o with { RequiredLanguages = shown.Required, Fallbacks = shown.Fallbacks })],
        };

    /// <summary>What an output requires, and who may stand in: nobody, somebody, one after the other, one that is shown anyway, one for a language that nobody asked for.</summary>
    private static readonly (string[] Required, LanguageFallback[] Fallbacks)[] Spoken =
    [
        ([], []), ([], []), ([], [new("vi", "jra")]), (["en"], []), (["vi"], [new("VI", "jra"), new("vi", "en")]), (["vi", "en"], [new("en", "jra"), new("en", "vi")]), (["jra"], [new("jra", "vi")]),
    ];

    /// <summary>Of one theme or both, some without an end within the days.</summary>
    private static Gen<PlanStop> StopsOf =>
        from bounds in Gen.Two(Instant)
        from themes in Gen.Elements(new string[][] { ["LỄ HỘI"], ["Pháp luật"], ["lễ hội", "pháp luật"] })
        let from_ = bounds.Item1 < bounds.Item2 ? bounds.Item1 : bounds.Item2
        select new PlanStop { Id = "QT-2", Themes = themes, From = from_, Until = bounds.Item1 == bounds.Item2 ? Start.AddDays(20) : bounds.Item1 < bounds.Item2 ? bounds.Item2 : bounds.Item1 };

    /// <summary>Silent and less loud ones, over midnight, on some weekdays, from or until a day.</summary>
    private static Gen<QuietRule> QuietRules =>
        from window in Gen.Elements(W("07:00", "08:20"), W("08:10", "12:05"), W("23:00", "05:00"), W("00:00", "00:00"))
        from volume in Gen.Elements<int?>(null, null, 30, 55, 100)
        from weekdays in Gen.Frequency((1, Gen.Choose(1, 127)), (1, Gen.Constant(127)))
        from dated in Gen.Choose(0, 3)
        let day = new DateOnly(2026, 11, 22)
        select new QuietRule { Name = "Mẫu", Window = window, VolumePercent = volume, Weekdays = (Weekdays)weekdays, From = dated == 1 ? day : null, To = dated == 2 ? day : null };

    private static IEnumerable<PlayPlan> Smaller(PlayPlan plan) =>
        plan.Entries.Select(e => plan with { Entries = [.. plan.Entries.Where(x => x != e)] })
            .Concat(plan.Entries.Where(e => e.Windows.Count > 1).Select(e => plan with { Entries = [.. plan.Entries.Select(x => x == e ? e with { Windows = [e.Windows[0]] } : x)] }))
            .Concat(plan.Entries.Where(e => e.Items.Count > 1).Select(e => plan with { Entries = [.. plan.Entries.Select(x => x == e ? e with { Items = [e.Items[0]], Weights = [] } : x)] }))
            .Concat(plan.Entries.Where(e => e.Weights.Count > 0).Select(e => plan with { Entries = [.. plan.Entries.Select(x => x == e ? e with { Weights = [] } : x)] }))
            .Concat(plan.Entries.Where(e => e.Order != PlayOrder.Listed).Select(e => plan with { Entries = [.. plan.Entries.Select(x => x == e ? e with { Order = PlayOrder.Listed } : x)] }))
            .Concat(plan.Items.Where(i => i.Times.Count > 0).Select(i => plan with { Items = [.. plan.Items.Select(x => x == i ? i with { Times = [.. i.Times.Skip(1)] } : x)] }))
            .Concat(plan.Stops.Select(s => plan with { Stops = [.. plan.Stops.Where(x => x != s)] }))
            .Concat(plan.Outputs.Where(o => o.RequiredLanguages.Count + o.Fallbacks.Count > 0).Select(o => plan with { Outputs = [.. plan.Outputs.Select(x => x == o ? o with { RequiredLanguages = [], Fallbacks = [] } : x)] }));
}
