using System.Globalization;
using System.Text.Json.Nodes;
using Xunit.Abstractions;

namespace BorderInfo.Tests.Spine;

/// <summary>The spine of the README, walked once with real programs: server, broker, agent, player, screens and loudspeaker. The steps carry the README's numbers.</summary>
public sealed class OnePlanFromButtonToReport(ITestOutputHelper output)
{
    private const string Site = "LS-0001";
    private static readonly Dictionary<string, string> Welcome = new()
    {
        ["vi"] = "Chào mừng đến cửa khẩu Hữu Nghị",
        ["zh-Hans"] = "欢迎来到友谊关口岸",
        ["en"] = "Welcome to Hữu Nghị border gate",
    };

    [Fact]
    public async Task A_welcome_in_three_languages_goes_from_the_editor_to_the_screens_and_into_the_report()
    {
        await using var gate = new Gate();
        await gate.StartServer();
        await gate.EnrolSite();
        gate.StartAgent();
        using var editor = await Office.Enter(gate.Address, gate.LinkOf("bientap"));
        using var approver = await Office.Enter(gate.Address, gate.LinkOf("duyet"));
        await Eventually.True(async () => await Standing(editor) == "Good", () => "the site is online and as planned: " + last, 60);

        // Before 1: composed by one person, approved by another.
        var welcome = await Compose(editor);
        Assert.Equal("approval.no-right", await editor.Refused($"/api/v1/items/{welcome}/approve", new { version = 1, heard = true, seen = "" }));
        await Approve(approver, welcome);
        var item = await editor.Get($"/api/v1/items/{welcome}");

        // 1–5: pressed Phát hành; compiled, sealed, numbered, sent.
        var cluster = (await editor.Get("/api/v1/clusters")).AsArray().Single(c => c!["site"]?.GetValue<string>() == Site)!["id"]!.GetValue<long>();
        var today = DateTime.UtcNow.AddHours(7).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var schedules = new List<long>
        {
            await Schedule(editor, welcome, today, null, $"{cluster}/LCD-1", $"{cluster}/LED-1.A", $"{cluster}/LED-1.B"),
            await Schedule(editor, welcome, today, 5, $"{cluster}/LOA-1"),
        };
        var published = await editor.Post("/api/v1/publish", new { schedules });
        var plan = published["plans"]![0]!.GetValue<string>();
        output.WriteLine($"plan {plan}");

        // 6–9: accepted, fetched, switched; the real pixels on both halves of the LED wall.
        await Eventually.True(() => gate.Agent!.Lines.Any(l => l.Contains(plan + " on air", StringComparison.Ordinal)), "the plan is on air");
        await Shows(gate, editor, item, "vi", 0);
        await Shows(gate, editor, item, "zh-Hans", 320);
        await Eventually.True(async () => await gate.Hears() > 1500, "the loudspeaker speaks");
        await Eventually.True(async () => (await editor.Page($"/phat-hanh/{published["publish"]}")).Contains(plan, StringComparison.Ordinal), "the page names the plan");

        // The link is pulled; the site plays on. The agent is killed while nobody is there and comes back from its own disk.
        Assert.Equal(0, await gate.Server!.Stop());
        await Shows(gate, item, "vi", 0);
        gate.Agent!.KillMinusNine();
        var killed = DateTimeOffset.UtcNow;
        gate.StartAgent();
        await Shows(gate, item, "vi", 0);
        await Shows(gate, item, "zh-Hans", 320);

        // 10–13: the link is back; every play arrives once and the report is right.
        await gate.StartServer();
        using var again = await Office.Enter(gate.Address, gate.LinkOf("bientap"));
        await Eventually.True(async () => await Standing(again) == "Good", () => "the site is back: " + last, 60);
        await Eventually.True(async () => (await Plays(again, today)).Any(p => p["startedAt"]!.GetValue<DateTimeOffset>() > killed), "plays from after the kill arrive", 60);
        var plays = await Plays(again, today);
        var numbers = plays.Select(p => p["seq"]!.GetValue<long>()).Order().ToArray();
        Assert.Equal(Enumerable.Range(1, numbers.Length).Select(n => (long)n), numbers);
        Assert.Contains(plays, p => p["end"]!.GetValue<string>() == "Broken" && p["endedAt"]!.GetValue<DateTimeOffset>() <= killed);
        Assert.Contains(plays, p => p["item"]!.GetValue<string>() == welcome && p["language"]!.GetValue<string>() == "zh-Hans");
        var report = await again.Get($"/api/v1/reports/plays?from={today}&to={today}&groupBy=language&site={Site}");
        output.WriteLine(report.ToJsonString());
        Assert.Contains("zh-Hans", report.ToJsonString(), StringComparison.Ordinal);
    }

    private static async Task<string> Compose(Office editor)
    {
        var fields = new
        {
            title = "Chào mừng", theme = "gate-procedure", @class = "Normal", look = 1, note = "",
            validFrom = DateTimeOffset.UtcNow.AddMinutes(-1), validUntil = DateTimeOffset.UtcNow.AddDays(30),
            texts = Welcome.Select(t => new { language = t.Key, text = t.Value, headline = true }),
        };
        var id = (await editor.Post("/api/v1/items", new { provinceCode = "20", fields }))["id"]!.GetValue<string>();
        foreach (var language in new[] { "vi", "zh-Hans" })
            await editor.Post($"/api/v1/items/{id}/renditions/{language}/speech", new { });
        await editor.Post($"/api/v1/items/{id}/submit", new { });
        return id;
    }

    private static async Task Approve(Office approver, string item)
    {
        await Eventually.True(async () => (await approver.Get($"/api/v1/items/{item}"))["readiness"]!["ready"]!.GetValue<bool>(), "everything is drawn and spoken", 60);
        var seen = (await approver.Get($"/api/v1/items/{item}"))["fingerprint"]!.GetValue<string>();
        Assert.Equal("approval.not-heard", await approver.Refused($"/api/v1/items/{item}/approve", new { version = 1, heard = false, seen }));
        await approver.Post($"/api/v1/items/{item}/approve", new { version = 1, heard = true, seen });
    }

    /// <summary>Priority tier, so that it wins over the sample programme that is on.</summary>
    private static async Task<long> Schedule(Office editor, string item, string today, int? everyMinutes, params string[] outputs)
    {
        var saved = await editor.Post("/api/v1/schedules", new
        {
            name = "Chào mừng " + everyMinutes, tier = "Priority", number = 100, items = new[] { item },
            targets = outputs.Select(o => new { width = "Device", key = o }),
            from = today, windows = new[] { new { from = "00:00:00", to = "00:00:00" } }, everyMinutes,
        });
        return saved["id"]!.GetValue<long>();
    }

    private string last = "";

    private async Task<string> Standing(Office office)
    {
        var site = await office.Get($"/api/v1/sites/{Site}");
        last = site.ToJsonString();
        return site["standing"]!["standing"]!.ToString();
    }

    private static async Task<IReadOnlyList<JsonNode>> Plays(Office office, string today)
    {
        var all = new List<JsonNode>();
        var page = await office.Get($"/api/v1/plays?from={today}&to={today}&site={Site}&size=1000");
        all.AddRange((page["plays"]!.AsArray()).Select(p => p!));
        return all;
    }

    private static readonly Dictionary<string, byte[]> Pictures = [];

    private static async Task Shows(Gate gate, Office office, JsonNode item, string language, int x)
    {
        Pictures[language] = await office.Bytes($"/api/v1/media/{PictureOf(item, language)}");
        await Shows(gate, item, language, x);
    }

    /// <summary>The half of the LED wall shows the approved picture: the same pixels up to rounding.</summary>
    private static Task Shows(Gate gate, JsonNode item, string language, int x) =>
        Eventually.True(async () => await gate.Differs(2, x, 0, 320, 320, Pictures[language]) < 3, $"the {language} half of the LED wall shows {item["item"]!["id"]}", 30);

    private static string PictureOf(JsonNode item, string language) => item["surfaces"]!.AsArray()
        .Single(s => s!["widthPx"]!.GetValue<int>() == 320 && s["heightPx"]!.GetValue<int>() == 320)!["parts"]!.AsArray()
        .First(p => p!["language"]!.GetValue<string>() == language && p["kind"]!.ToString() == "Still")!["file"]!.GetValue<string>();
}
