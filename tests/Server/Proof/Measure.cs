using BorderInfo.Contract;
using BorderInfo.Contract.Plans;
using BorderInfo.Server.Proof.Air;
using static BorderInfo.Tests.Server.Proof.ProofWorld;
namespace BorderInfo.Tests.Server.Proof;
public sealed class Measure(Xunit.Abstractions.ITestOutputHelper output)
{
    [Fact]
    public void A_day_of_a_screen_with_ten_second_pages()
    {
        var site = LangSon;
        var items = Enumerable.Range(1, 12).Select(n => new PlanItem { Id = new ItemId(n), Version = 1, Title = "x", ValidFrom = Seven.AddDays(-10), ValidUntil = Seven.AddDays(30), ApprovedBy = "x", ApprovedAt = Seven.AddDays(-10), Parts = [new() { Output = Led, Language = "vi", Kind = PartKind.Still, File = MediaHash.Of("x"u8), DurationMs = 10_000 }] }).ToArray();
        var plan = new PlayPlan { Level = 1, Site = site, Number = new PlanNumber(site, 2026, 1), Epoch = 1, Counter = 1, MadeAt = Seven.AddDays(-1), ValidUntil = Seven.AddDays(40), Files = [], Items = items,
            Outputs = [new() { Id = Led, Kind = OutputKind.LedRegion, WidthPx = 320, HeightPx = 320, Languages = ["vi"] }],
            Entries = [.. items.Chunk(3).Select((c, i) => new PlanEntry { Id = $"L-{i}", Tier = Tier.Programme, Since = Seven.AddDays(-10), Items = [.. c.Select(x => x.Id)], Outputs = [Led], From = new(2026, 11, 1), Windows = [TimeWindow.WholeDay] })] };
        var clock = new PlanClock(plan);
        var shown = clock.Between(Led, Seven.AddHours(-7), Seven.AddHours(17)).Select(a => new Shown(a.Item!.Id.Value, 1, "vi", 1, a.From.AddMilliseconds(300), a.Until.AddMilliseconds(200))).ToList();
        for (var i = 0; i < 3; i++)
        {
            var began = System.Diagnostics.Stopwatch.GetTimestamp();
            var slots = AirJudge.Judge(clock, Led, Seven.AddHours(-7), Seven.AddHours(17), shown, [], Seven.AddDays(2)).ToList();
            output.WriteLine($"{slots.Count} slots, {slots.Count(s => s.Missed == 0)} whole, {System.Diagnostics.Stopwatch.GetElapsedTime(began).TotalMilliseconds:F0} ms");
        }
    }
}
