using System.Globalization;
using System.Text.Json;
using BorderInfo.Contract;
using BorderInfo.Contract.Plans;
using FsCheck;
using FsCheck.Fluent;

namespace BorderInfo.Tests.Contract.Plans;

public sealed class PlanClockPropertyTests
{
    private static readonly OutputId[] Both = [PlanKit.Lcd, PlanKit.Loa];
    private static readonly DateTimeOffset End = RandomPlans.Start.AddDays(RandomPlans.Days);

    /// <summary>Each costs about 26,000 steps; BORDERINFO_ORACLE_PLANS asks for more.</summary>
    private static readonly int OraclePlans = int.TryParse(Environment.GetEnvironmentVariable("BORDERINFO_ORACLE_PLANS"), out var n) ? n : 10;

    [Fact]
    public void The_screen_shows_what_the_plain_rule_says_at_every_step_of_three_days() => Hold(OraclePlans, plan => Agree(plan, PlanKit.Lcd));

    [Fact]
    public void The_loudspeaker_says_what_the_plain_rule_says_at_every_step_of_three_days() => Hold(OraclePlans, plan => Agree(plan, PlanKit.Loa));

    [Fact]
    public void With_shares_caps_and_gaps_it_shows_what_the_plain_rule_says_at_every_second_of_three_days() =>
        Hold(OraclePlans, plan => Agree(plan, PlanKit.Lcd, Oracle.PacedStep), RandomPlans.Paced);

    [Fact]
    public void In_step_with_the_voice_it_shows_what_the_plain_rule_says_at_every_second_of_three_days() =>
        Hold(OraclePlans, plan => Agree(plan, PlanKit.Lcd, Oracle.PacedStep), RandomPlans.InStep);

    [Fact]
    public void At_agrees_with_between_and_between_has_no_gap() => HoldAll(300, plan => Each(plan, (clock, output, random) =>
    {
        var from = Instant(random);
        var stretches = clock.Between(output, from, End).ToArray();
        Assert.Equal((from, End), (stretches[0].From, stretches[^1].Until));
        foreach (var (one, next) in stretches.Zip(stretches.Skip(1)))
            Assert.Equal(one.Until, next.From);
        var fresh = new PlanClock(plan);
        foreach (var s in stretches)
        {
            var middle = s.From.AddTicks((long)((s.Until - s.From).Ticks * random.NextDouble()));
            Assert.Equal((s.Entry?.Id, s.Part, s.Because), Key(fresh.At(output, middle)));
        }
    }));

    [Fact]
    public void Nothing_changes_before_next_and_something_does_at_next() => HoldAll(300, plan => Each(plan, (clock, output, random) =>
    {
        var at = Instant(random);
        var air = clock.At(output, at);
        Assert.True(air.Until > at && air.From <= at);
        if (air.Until > End)
            return;
        var before = new PlanClock(plan).At(output, air.Until.AddTicks(-1));
        var after = new PlanClock(plan).At(output, air.Until);
        Assert.True(Same(air, before) && air.Until == before.Until);
        Assert.False(Same(air, after));
        if (air.Item is not null)
            Assert.False(Same(air, new PlanClock(plan).At(output, air.From.AddTicks(-1))));
    }));

    [Fact]
    public void The_order_of_lists_does_not_matter_where_it_should_not() => HoldAll(200, plan =>
    {
        var turned = plan with
        {
            Outputs = [.. plan.Outputs.Reverse()],
            Files = [.. plan.Files.Reverse()],
            Items = [.. plan.Items.Reverse().Select(i => i with { Parts = [.. i.Parts.Reverse()] })],
            Entries = [.. plan.Entries.Reverse().Select(e => e with { Windows = [.. e.Windows.Reverse()], Outputs = [.. e.Outputs.Reverse()] })],
        };
        Assert.Equal(Told(plan), Told(turned));
    });

    [Fact]
    public void A_plan_read_back_from_json_gives_the_same_answers_under_any_culture() => HoldAll(200, plan =>
    {
        var told = Told(plan);
        var culture = CultureInfo.CurrentCulture;
        try
        {
            foreach (var name in (string[])["vi-VN", "ar-SA", "th-TH", "fa-IR"])
            {
                CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(name);
                var bytes = JsonSerializer.SerializeToUtf8Bytes(plan, ContractJson.Wire.PlayPlan);
                Assert.Equal(told, Told(JsonSerializer.Deserialize(bytes, ContractJson.Wire.PlayPlan)!));
            }
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    });

    [Fact]
    public void The_zone_of_the_machine_does_not_matter() => HoldAll(50, plan =>
    {
        var told = Told(plan);
        var zone = Environment.GetEnvironmentVariable("TZ");
        try
        {
            foreach (var name in (string[])["America/New_York", "Pacific/Kiritimati"])
            {
                Environment.SetEnvironmentVariable("TZ", name);
                TimeZoneInfo.ClearCachedData();
                Assert.Equal(name, TimeZoneInfo.Local.Id);
                Assert.Equal(told, Told(plan));
            }
        }
        finally
        {
            Environment.SetEnvironmentVariable("TZ", zone);
            TimeZoneInfo.ClearCachedData();
        }
    });

    /// <summary>Hashes of strings and objects are others in every process; the answers of a crowded day and night are not.</summary>
    [Theory]
    [InlineData("LCD-1", false, "4e681d2a2b564ba1")]
    [InlineData("LOA-1", false, "cbe455305ced3afd")]
    [InlineData("LCD-1", true, "4a9128a6a35f4886")]
    public void Every_process_gives_the_same_answers(string output, bool paced, string digest)
    {
        var plan = paced ? EngineFigures.Paced : EngineFigures.Crowded;

        var told = string.Join("\n", new PlanClock(plan).Between(new(output), PlanKit.T("18:00", 9), PlanKit.T("06:00", 10)).Select(Line));

        Assert.Equal(digest, Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(told)))[..16]);
    }

    [Fact]
    public void The_offset_in_which_the_question_is_asked_does_not_matter() => Hold(200, plan => Each(plan, (clock, output, random) =>
    {
        var at = Instant(random);

        var there = new PlanClock(plan).At(output, at.ToOffset(TimeSpan.FromHours(-9.5)));

        Assert.Equal(clock.At(output, at), there);
        Assert.Equal(TimeSpan.Zero, there.Until.Offset);
    }));

    /// <summary>The cache of the last scene and day must not show: asked in random order, one clock answers as fresh ones do.</summary>
    [Fact]
    public void The_order_of_questions_does_not_matter() => HoldAll(100, plan => Each(plan, (clock, output, random) =>
    {
        for (var i = 0; i < 6; i++)
        {
            var at = Instant(random);
            Assert.Equal(new PlanClock(plan).At(output, at), clock.At(output, at));
        }
    }));

    /// <summary>Days of one shape are reckoned once; asked for alone, each is reckoned by itself.</summary>
    [Fact]
    public void The_scenes_of_weeks_are_those_of_each_day_asked_for_alone() => HoldAll(60, plan =>
    {
        var longer = plan with { Items = [.. plan.Items.Select(i => i.ValidUntil > End ? i with { ValidUntil = RandomPlans.Start.AddDays(9.5) } : i)], Entries = [.. plan.Entries.Select((e, i) => i % 2 == 0 ? e with { To = null } : e)] };
        foreach (var output in Both)
        {
            var weeks = new PlanClock(longer).Scenes(output, RandomPlans.Start.AddDays(-2), RandomPlans.Start.AddDays(20)).ToArray();
            foreach (var scene in weeks.Where(s => s.Until - s.From > TimeSpan.FromTicks(2)))
            {
                foreach (var at in (DateTimeOffset[])[scene.From, scene.From + (scene.Until - scene.From) / 2, scene.Until.AddTicks(-1)])
                    Assert.Equal(scene.Entries, new PlanClock(longer).Scenes(output, at, at.AddTicks(1)).Single().Entries);
            }

            Assert.All(weeks.Zip(weeks.Skip(1)), pair => Assert.Equal(pair.First.Until, pair.Second.From));
        }
    });

    [Fact]
    public void Every_random_plan_passes_the_rules() => Hold(300, plan => Assert.Null(PlanRules.Check(plan)));

    private static void Hold(int plans, Action<PlayPlan> property, Arbitrary<PlayPlan>? of = null) =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(plans).WithEndSize(40), Prop.ForAll(of ?? RandomPlans.All, property));

    /// <summary>Of all plans and of a third as many with shares, caps and gaps, and with a voice in step.</summary>
    private static void HoldAll(int plans, Action<PlayPlan> property)
    {
        Hold(plans, property);
        Hold(plans / 3, property, RandomPlans.Paced);
        Hold(plans / 3, property, RandomPlans.InStep);
    }

    private static void Each(PlayPlan plan, Action<PlanClock, OutputId, Random> body)
    {
        var random = new Random(plan.Entries.Count + plan.Items.Sum(i => (int)(i.ValidFrom.Ticks / TimeSpan.TicksPerSecond % 100_000)));
        foreach (var output in Both)
        {
            for (var i = 0; i < 5; i++)
                body(new PlanClock(plan), output, random);
        }
    }

    private static void Agree(PlayPlan plan, OutputId output, TimeSpan? step = null)
    {
        var clock = new PlanClock(plan);
        var walk = Oracle.For(plan, output).Walk(RandomPlans.Start, End, step ?? Oracle.Step).ToArray();
        var until = DateTimeOffset.MaxValue;
        for (var i = walk.Length - 1; i >= 0; i--)
        {
            var (at, seen) = walk[i];
            var air = clock.At(output, at);
            if (step is not null && air.Entry?.Id == seen.Entry && air.Part == seen.Part && (air.Part is null || air.From == seen.From) && (i + 1 == walk.Length || walk[i + 1].Seen == seen) && until < DateTimeOffset.MaxValue && until == air.Until && air.VolumePercent == seen.Volume)
                continue;
            var expected = $"{at:s} {seen.Entry} {seen.Item} {seen.Part?.Language}{seen.Part?.Page} {(seen.Part is null ? default : seen.From.ToUniversalTime()):s} {seen.Quiet} {seen.Volume}%";
            var actual = $"{at:s} {air.Entry?.Id} {air.Item?.Id.Number ?? 0} {air.Part?.Language}{air.Part?.Page} {(air.Part is null ? default : air.From):s} {air.Because == Because.QuietHours} {air.VolumePercent}%";
            Assert.Equal(expected, actual);
            if (i + 1 < walk.Length && walk[i + 1].Seen is var next && next.Volume != seen.Volume && (next with { Volume = 0 }) == (seen with { Volume = 0 }))
                Assert.Equal(walk[i + 1].At, air.VolumeUntil);
            if (i + 1 < walk.Length && (walk[i + 1].Seen with { Volume = 0 }) != (seen with { Volume = 0 }))
                until = walk[i + 1].At;
            if (until < DateTimeOffset.MaxValue)
                Assert.Equal(until, air.Until);
        }
    }

    private static DateTimeOffset Instant(Random random) => RandomPlans.Start.AddMilliseconds(random.NextInt64(RandomPlans.Days * 86_400_000L));

    private static (string?, PlanPart?, Because) Key(OnAir air) => (air.Entry?.Id, air.Part, air.Because);

    private static bool Same(OnAir a, OnAir b) => a.SameAs(b) && a.Because == b.Because;

    private static string Told(PlayPlan plan)
    {
        var clock = new PlanClock(plan);
        return string.Join("\n", Both.SelectMany(o => clock.Between(o, RandomPlans.Start, RandomPlans.Start.AddDays(1)).Take(400)
            .Select(Line)));
    }

    private static string Line(OnAir a) =>
        FormattableString.Invariant($"{a.Output} {a.From.UtcTicks} {a.Until.UtcTicks} {a.Entry?.Id} {a.Item?.Id} {a.Part?.Language} {a.Part?.Page} {a.Because}");
}
