using System.Diagnostics;
using System.Globalization;
using BorderInfo.Contract.Plans;
using BorderInfo.Server.Identity.Public;
using BorderInfo.Server.Scheduling.Public;
using BorderInfo.Tests.Server.Scheduling;
using BorderInfo.Tests.Server.Support;
using Xunit.Abstractions;

namespace BorderInfo.Tests.Server.Publishing;

/// <summary>How long a page with a plan of 200 entries takes on the server.</summary>
public sealed class WhyFigures(ITestOutputHelper says) : IDisposable
{
    private const int Entries = 200;

    private readonly SchedulingWorld world = new();

    [BenchFact]
    public async Task A_plan_of_200_entries()
    {
        Tier[] tiers = [Tier.Priority, Tier.Programme, Tier.Filler, Tier.ClusterDefault, Tier.ProvinceDefault];
        for (var i = 0; i < Entries; i++)
        {
            TimeWindow[] windows = [new(new(5 + (i % 6), i % 60), new(12, 0)), new(new(12 + (i % 10), 30), i % 7 == 0 ? new(5, 0) : new(23, 45))];
            var saved = await world.Save(SchedulingWorld.Wanted($"Lịch số {i}", tiers[i % 5], 1 + (i * 37 % 900), items: [1 + (i % 3), 1 + ((i + 1) % 3)], windows: windows, every: i % 2 == 0 ? 30 : null));
            Assert.Null(saved.Why);
        }

        Assert.Null((await world.Publish()).Why);
        Assert.Equal(Entries, (await world.OnItsWay(SchedulingWorld.HuuNghi))!.Entries.Count);
        var browser = await world.Server.ClientAs(Roles.Editor);
        foreach (var output in new[] { TestClusters.Screen, TestClusters.Speaker })
            await Measure(browser, $"why {output}", n => $"/lich/diem/LS-0001/vi-sao?thiet-bi={output}&ngay=2026-12-{1 + (n % 28):00}&luc={n * 7 % 24:00}:{n * 13 % 60:00}");
        await Measure(browser, "why as JSON", n => $"/api/v1/sites/LS-0001/why?output={TestClusters.Speaker}&at=2026-12-{1 + (n % 28):00}T{n * 7 % 24:00}:{n * 13 % 60:00}:00Z");
        await Measure(browser, "timeline of a day, three outputs", n => $"/lich/diem/LS-0001?ngay=2026-12-{1 + (n % 28):00}");
        await Measure(browser, "calendar, a month", _ => "/lich/su-kien?start=2026-12-01&end=2027-01-01");
    }

    public void Dispose() => world.Dispose();

    private async Task Measure(HttpClient browser, string what, Func<int, string> url)
    {
        var took = new List<double>();
        var process = Process.GetCurrentProcess();
        var before = process.TotalProcessorTime;
        var bytes = 0;
        for (var n = 0; n < 25; n++)
        {
            var begun = Stopwatch.GetTimestamp();
            bytes = (await browser.GetStringAsync(url(n))).Length;
            took.Add(Stopwatch.GetElapsedTime(begun).TotalMilliseconds);
        }

        process.Refresh();
        var work = (process.TotalProcessorTime - before).TotalMilliseconds / took.Count;
        var first = took[0];
        took.Sort();
        says.WriteLine(string.Create(CultureInfo.InvariantCulture, $"figure {what}: first {first:0} ms, median {took[12]:0} ms, p95 {took[23]:0} ms, processor {work:0} ms each, {bytes / 1000} kB"));
    }
}
