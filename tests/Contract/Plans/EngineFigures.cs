using System.Diagnostics;
using BorderInfo.Contract;
using BorderInfo.Contract.Plans;
using FsCheck.Fluent;
using Xunit.Abstractions;
using static BorderInfo.Tests.Contract.Plans.PlanKit;

namespace BorderInfo.Tests.Contract.Plans;

/// <summary>The figures of the engine: one plan of 200 entries, one core. Lines begin with <c>figure</c>.</summary>
public sealed class EngineFigures(ITestOutputHelper output)
{
    private const int Questions = 200_000;
    private static readonly DateTimeOffset Week = T("00:00", 9);

    /// <summary>200 entries of two windows each, among them overnight and weekday ones, of all tiers, 100 items in two languages; the loudspeaker says half of them every half hour.</summary>
    internal static PlayPlan Crowded { get; } = Plan(
        Enumerable.Range(1, 100).Select(i => Item(i, 8 + (i % 13), until: T("00:00", 3650)) with
        {
            Parts = [Part(Lcd, PartKind.Still, "still", 8 + (i % 13)), Part(Lcd, PartKind.Still, "still", 10, "en"), Part(Loa, PartKind.Speech, "speech", 5 + (i % 20))],
        }),
        Enumerable.Range(0, 200).Select(i => Entry(
            $"E-{i}",
            (Tier)(i % 17 == 0 ? 0 : 1 + (i % 6)),
            [1 + (i % 100), 1 + (i * 7 % 100), 1 + (i * 31 % 100)],
            new TimeWindow(new(i % 24, i * 7 % 60), new((i + 1 + (i % 5)) % 24, i * 11 % 60)),
            new TimeWindow(new((i + 9) % 24, i * 3 % 60), new((i + 10) % 24, i * 13 % 60))) with
        {
            Number = 1 + (i % 3 * 100),
            Weekdays = i % 4 == 0 ? Weekdays.Monday | Weekdays.Thursday : Weekdays.All,
            EveryMinutes = i % 2 == 0 ? 30 : null,
        }),
        quiet: [W("21:00", "05:30")]);

    /// <summary>The same with a share, a cap or a gap for every third entry each, and a slot for every tenth.</summary>
    internal static PlayPlan Paced { get; } = Crowded with
    {
        Entries = [.. Crowded.Entries.Select((e, i) => e with { ShareSeconds = i % 3 == 0 ? 300 : null, MostPerHour = i % 3 == 1 ? 20 : null, LeastGapSeconds = i % 3 == 2 ? 120 : null, SlotMinutes = i % 10 == 0 ? 10 : null })],
    };

    [BenchFact]
    public void Questions_within_a_warm_week()
    {
        foreach (var (id, plan, name) in ((OutputId, PlayPlan, string)[])[(Lcd, Crowded, "LCD-1"), (Loa, Crowded, "LOA-1"), (Lcd, Paced, "LCD-1 with a pace")])
        {
            var clock = new PlanClock(plan);
            var random = new Random(1);
            var instants = Enumerable.Range(0, Questions).Select(_ => Week.AddTicks(random.NextInt64(TimeSpan.TicksPerDay * 7))).ToArray();
            var cold = new List<double>();
            for (var day = 0; day < 7; day++)
            {
                var fresh = new PlanClock(plan);
                fresh.At(id, Week.AddYears(3));
                cold.Add(Micros(() => fresh.At(id, Week.AddDays(day).AddHours(9))));
            }

            foreach (var at in instants)
                clock.Next(id, at);
            var before = GC.GetAllocatedBytesForCurrentThread();
            foreach (var at in instants)
                clock.At(id, at);
            var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            output.WriteLine($"figure engine {name} At, random instants of a warm week: {Told(instants, at => clock.At(id, at))}; {allocated} bytes allocated by {Questions}");
            output.WriteLine($"figure engine {name} Next, the same: {Told(instants, at => clock.Next(id, at))}");
            output.WriteLine($"figure engine {name} first question of a day, all compiled: median {Median(cold):0} µs");
        }
    }

    [BenchFact]
    public void A_year()
    {
        foreach (var id in (OutputId[])[Lcd, Loa])
        {
            var clock = new PlanClock(Crowded);
            clock.Scenes(id, Week, Week.AddYears(1)).Count();
            var scenes = 0;
            var took = Enumerable.Range(0, 5).Select(_ => Micros(() => scenes = clock.Scenes(id, Week, Week.AddYears(1)).Count()) / 1000).ToList();
            var turns = 0;
            var day = Micros(() => turns = clock.Between(id, Week, Week.AddDays(1)).Count()) / 1000;
            output.WriteLine($"figure engine {id} a year's scenes: {Median(took):0.0} ms for {scenes}; one day's turns: {day:0.0} ms for {turns}");
        }
    }

    /// <summary>The reason at nine in the morning and at night, by a clock that was never asked before and by one that knows the day.</summary>
    [BenchFact]
    public void Why()
    {
        foreach (var (id, plan, name) in ((OutputId, PlayPlan, string)[])[(Lcd, Crowded, "LCD-1"), (Loa, Crowded, "LOA-1"), (Lcd, Paced, "LCD-1 with a pace")])
        {
            var (cold, warm) = (new List<double>(), new List<double>());
            for (var n = 0; n < 14; n++)
            {
                var (clock, at) = (new PlanClock(plan), Week.AddDays(n / 2).AddHours(n % 2 == 0 ? 9 : 22.5));
                cold.Add(Micros(() => PlanWhy.At(clock, id, at)) / 1000);
                warm.Add(Micros(() => PlanWhy.At(clock, id, at.AddMinutes(7))) / 1000);
            }

            output.WriteLine($"figure engine {name} why: by a new clock median {Median(cold):0.0} ms, by one that knows the day {Median(warm):0.0} ms");
        }
    }

    /// <summary>The properties of <see cref="PlanClockPropertyTests"/> at a million random (plan, output, instant), by a clock that is asked in random order and one that is fresh for each plan.</summary>
    [BenchFact]
    public void A_million_questions()
    {
        const int each = 500;
        var random = new Random(7);
        var (asked, wrong, plans) = (0, 0, 0);
        while (asked < 1_000_000)
        {
            var plan = (plans % 3 == 0 ? RandomPlans.All : plans % 3 == 1 ? RandomPlans.Paced : RandomPlans.InStep).Generator.Sample(1, 40).Single();
            plans++;
            foreach (var id in (OutputId[])[Lcd, Loa])
            {
                var (one, other) = (new PlanClock(plan), new PlanClock(plan with { Entries = [.. plan.Entries.Reverse()] }));
                for (var i = 0; i < each; i++, asked++)
                {
                    var at = RandomPlans.Start.AddMilliseconds(random.NextInt64(RandomPlans.Days * 86_400_000L));
                    var air = one.At(id, at);
                    var within = air.From > at || air.Until <= at;
                    var before = air.Until < RandomPlans.Start.AddDays(9) && other.At(id, air.Until.AddTicks(-1)) is var last && (!last.SameAs(air) || last.Because != air.Because);
                    var after = air.Until < RandomPlans.Start.AddDays(9) && other.At(id, air.Until) is var next && next.SameAs(air) && next.Because == air.Because;
                    wrong += within || before || after || other.At(id, at) != air ? 1 : 0;
                }
            }
        }

        output.WriteLine($"figure engine properties: {asked} random (plan, output, instant) over {plans} plans, a third each plain, with a pace and in step with a voice, {wrong} wrong");
        Assert.Equal(0, wrong);
    }

    private static string Told<T>(DateTimeOffset[] instants, Func<DateTimeOffset, T> ask)
    {
        const int batch = 20;
        var took = new List<double>();
        for (var i = 0; i + batch <= instants.Length; i += batch)
        {
            var began = Stopwatch.GetTimestamp();
            for (var k = i; k < i + batch; k++)
                ask(instants[k]);
            took.Add(Stopwatch.GetElapsedTime(began).TotalMicroseconds / batch);
        }

        return $"median {Median(took):0.000} µs, p95 {took[(int)(took.Count * 0.95)]:0.000} µs (of means of {batch}, {instants.Length} questions)";
    }

    private static double Median(List<double> took)
    {
        took.Sort();
        return took[took.Count / 2];
    }

    private static double Micros(Action what)
    {
        var began = Stopwatch.GetTimestamp();
        what();
        return Stopwatch.GetElapsedTime(began).TotalMicroseconds;
    }
}
