using System.Text.Json;
using BorderInfo.Contract;
using BorderInfo.Contract.Plans;
using BorderInfo.Server.Identity.Public;
using BorderInfo.Tests.Server.Scheduling;
using BorderInfo.Tests.Server.Support;

namespace BorderInfo.Tests.Server.Publishing;

/// <summary>Editor and site get the same answer: what the server says of a draft, and then of the plan it sent, is what the sealed bytes say to an agent.</summary>
public sealed class SameAnswerTests : IDisposable
{
    private static readonly OutputId[] Outputs = [TestClusters.Screen, TestClusters.Speaker];

    private readonly SchedulingWorld world = new();

    [Fact]
    public async Task The_preview_says_what_the_agent_will_play()
    {
        await world.Save(SchedulingWorld.Wanted("Cả ngày", items: [1, 2, 3]));
        await world.Save(SchedulingWorld.Wanted("Sáng", Tier.Priority, items: [2], windows: [new(new(7, 0), new(8, 0)), new(new(22, 30), new(5, 0))]));
        await world.Save(SchedulingWorld.Wanted("Giữa ngày", number: 400, items: [1, 3], windows: [new(new(9, 0), new(15, 0))]));
        await world.Save(SchedulingWorld.Wanted("Loa", number: 600, items: [3], windows: [new(new(5, 0), new(23, 0))], every: 30));
        var browser = await world.Server.ClientAs(Roles.Editor);
        var random = new Random(3);
        var asked = Outputs.SelectMany(o => Enumerable.Range(0, 30).Select(_ => (Output: o, At: new DateTimeOffset(2026, 11, 24, 0, 0, 0, TimeSpan.Zero).AddSeconds(random.Next(3 * 86_400))))).ToArray();

        var draft = await Preview(browser, asked, "Draft");
        Assert.Null((await world.Publish()).Why);
        var newest = await Preview(browser, asked, "Newest");
        var agent = new PlanClock((await world.OnItsWay(SchedulingWorld.HuuNghi))!);

        var played = asked.Select(q => Told(agent, q.Output, q.At)).ToArray();
        Assert.Equal(played, newest);
        Assert.Equal(played, draft);
        Assert.True(played.Distinct().Count() > 20);
    }

    public void Dispose() => world.Dispose();

    private static async Task<string[]> Preview(HttpClient browser, IEnumerable<(OutputId Output, DateTimeOffset At)> asked, string plan)
    {
        var told = new List<string>();
        foreach (var (output, at) in asked)
        {
            using var why = JsonDocument.Parse(await browser.GetStringAsync($"/api/v1/sites/LS-0001/why?output={output}&at={at:yyyy-MM-ddTHH:mm:ss}Z&plan={plan}"));
            string? Of(string name) => why.RootElement.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value.GetString() : null;
            told.Add(string.Join(' ', Of("entry"), Of("item"), Of("language"), Of("because"), Ticks(Of("from")), Ticks(Of("until"))));
        }

        return [.. told];
    }

    private static string Told(PlanClock clock, OutputId output, DateTimeOffset at)
    {
        var air = clock.At(output, at);
        return string.Join(' ', air.Entry?.Id, air.Item?.Id.Value, air.Part?.Language, air.Because, Ticks(air.From == DateTimeOffset.MinValue ? null : $"{air.From:O}"), Ticks(air.Until == DateTimeOffset.MaxValue ? null : $"{air.Until:O}"));
    }

    private static string Ticks(string? instant) => instant is null ? "-" : $"{DateTimeOffset.Parse(instant, System.Globalization.CultureInfo.InvariantCulture).UtcTicks}";
}
