using System.Globalization;
using System.Text.Json.Nodes;
using Xunit.Abstractions;

namespace BorderInfo.Tests.Spine;

/// <summary>The spine of the README, walked once with real programs: server, broker, agent, player, screens and loudspeaker. The steps carry the README's numbers.</summary>
[Collection(nameof(OneAtATime))]
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
    public async Task A_welcome_in_text_picture_clip_and_speech_goes_from_the_editor_to_the_screens_and_into_the_report()
    {
        await using var gate = new Gate();
        await gate.StartServer();
        await WithoutQuietHours(gate);
        await gate.EnrolSite();
        gate.StartAgent();
        await gate.SampleIsOnAir();
        using var editor = await Office.Enter(gate.Address, await gate.LinkOf("bientap"));
        using var approver = await Office.Enter(gate.Address, await gate.LinkOf("duyet"));
        await Eventually.True(async () => await Standing(editor) == "Good", () => "the site is online and as planned: " + last, 120);

        // Before 1: composed by one person, approved by another.
        var welcome = await Compose(editor);
        Assert.Equal("approval.no-right", await editor.Refused($"/api/v1/items/{welcome}/approve", new { version = 1, heard = true, seen = "" }));
        var photo = await Work.Uploaded(editor, "Ảnh cửa khẩu (mẫu)", await Patterns.Photo(gate.Room));
        var film = await Work.Uploaded(editor, "Phim ngắn (mẫu)", await Patterns.Film(gate.Room));
        await Approve(approver, welcome);
        await Work.Approve(approver, photo);
        await Work.Approve(approver, film);
        var item = await editor.Get($"/api/v1/items/{welcome}");

        // 1–5: pressed Phát hành; compiled, sealed, numbered, sent.
        var cluster = (await editor.Get("/api/v1/clusters")).AsArray().Single(c => c!["site"]?.GetValue<string>() == Site)!["id"]!.GetValue<long>();
        var today = DateTime.UtcNow.AddHours(7).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var schedules = new List<long>
        {
            await Schedule(editor, [welcome], today, null, $"{cluster}/LED-1.A", $"{cluster}/LED-1.B"),
            await Schedule(editor, [photo, film], today, null, $"{cluster}/LCD-1"),
            await Schedule(editor, [welcome], today, 5, $"{cluster}/LOA-1"),
        };
        var published = await editor.Post("/api/v1/publish", new { schedules });
        var plan = published["plans"]![0]!.GetValue<string>();
        output.WriteLine($"plan {plan}");

        // 6–9: accepted, fetched, switched; the real pixels on both halves of the LED wall and on the LCD panel.
        await Eventually.True(() => gate.Agent!.Lines.Any(l => l.Contains(plan + " on air", StringComparison.Ordinal)), plan + " is on air");
        await Shows(gate, editor, item, "vi", 0);
        await Shows(gate, editor, item, "zh-Hans", 320);
        await Eventually.True(async () => await gate.Hears() > 1500, "the loudspeaker speaks");
        await ShowsPhoto(gate, editor, photo);
        await ShowsFilm(gate);
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
        using var again = await Office.Enter(gate.Address, await gate.LinkOf("bientap"));
        await Eventually.True(async () => await Standing(again) == "Good", () => "the site is back: " + last, 120);
        await Eventually.True(async () => (await Work.Plays(again)).Any(p => p["startedAt"]!.GetValue<DateTimeOffset>() > killed), "plays from after the kill arrive", 120);
        var plays = await Work.Plays(again);
        var numbers = plays.Select(p => p["seq"]!.GetValue<long>()).Order().ToArray();
        Assert.Equal(Enumerable.Range(1, numbers.Length).Select(n => (long)n), numbers);
        Assert.Contains(plays, p => p["end"]!.GetValue<string>() == "Broken" && p["endedAt"]!.GetValue<DateTimeOffset>() <= killed);
        Assert.Contains(plays, p => p["item"]!.GetValue<string>() == welcome && p["language"]!.GetValue<string>() == "zh-Hans");
        Assert.Contains(plays, p => p["item"]!.GetValue<string>() == welcome && p["output"]!.GetValue<string>() == "LOA-1");
        Assert.Contains(plays, p => p["item"]!.GetValue<string>() == photo && p["output"]!.GetValue<string>() == "LCD-1" && p["end"]!.GetValue<string>() == "Completed");
        Assert.Contains(plays, p => p["item"]!.GetValue<string>() == film && p["output"]!.GetValue<string>() == "LCD-1" && p["end"]!.GetValue<string>() == "Completed");
        await Eventually.True(() => ReportAgreesWithTheRecords(again), () => "the report counts by language what the records say: " + last, 60);
    }

    /// <summary>Plays of each language in the report against the records read just before and just after it; a play counts from one second on, with its first page.</summary>
    private async Task<bool> ReportAgreesWithTheRecords(Office office)
    {
        static Dictionary<string, int> Counted(JsonNode[] plays) => plays
            .Where(p => p["page"]!.GetValue<int>() == 1 && p["durationMs"]!.GetValue<long>() >= 1000)
            .GroupBy(p => p["language"]!.GetValue<string>()).ToDictionary(g => g.Key, g => g.Count());
        static string Day(int fromToday) => DateTime.UtcNow.AddHours(7).AddDays(fromToday).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var before = Counted(await Work.Plays(office));
        var report = await office.Get($"/api/v1/reports/plays?from={Day(-1)}&to={Day(0)}&groupBy=language&site={Site}");
        var after = Counted(await Work.Plays(office));
        last = report.ToJsonString();
        var rows = report["rows"]!.AsArray().ToDictionary(r => r!["key"]!.GetValue<string>(), r => r!["plays"]!.GetValue<int>());
        return rows.ContainsKey("vi") && rows.ContainsKey("zh-Hans") && rows.Keys.ToHashSet().IsSupersetOf(before.Keys)
            && rows.All(r => r.Value >= before.GetValueOrDefault(r.Key) && r.Value <= after.GetValueOrDefault(r.Key));
    }

    /// <summary>The loudspeaker of the sample is silent at night; the walk must hear it at any time of day.</summary>
    private static async Task WithoutQuietHours(Gate gate)
    {
        using var technician = await Office.Enter(gate.Address, await gate.LinkOf("kythuat"));
        var cluster = (await technician.Get("/api/v1/clusters")).AsArray().Single(c => c!["site"]?.GetValue<string>() == Site)!["id"]!.GetValue<long>();
        var loud = new { id = "LOA-1", name = "Cụm loa cửa khẩu", kind = "Speaker", screen = 1, x = 0, y = 0, widthPx = 0, heightPx = 0, languages = new[] { "vi", "zh-Hans" }, volumePercent = 80, quietHours = Array.Empty<object>() };
        await technician.Post($"/api/v1/clusters/{cluster}/outputs", new { output = loud, isNew = false });
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
    private static async Task<long> Schedule(Office editor, string[] items, string today, int? everyMinutes, params string[] outputs)
    {
        var saved = await editor.Post("/api/v1/schedules", new
        {
            name = "Chào mừng " + everyMinutes, tier = "Priority", number = 100, items,
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

    private static readonly Dictionary<string, byte[]> Pictures = [];

    private static async Task Shows(Gate gate, Office office, JsonNode item, string language, int x)
    {
        Pictures[language] = await Pixels.Of(await office.Bytes($"/api/v1/media/{Work.PictureOf(item, language, 320, 320)}"));
        await Shows(gate, item, language, x);
    }

    /// <summary>The half of the LED wall shows the approved picture: the same pixels up to rounding.</summary>
    private static Task Shows(Gate gate, JsonNode item, string language, int x) =>
        Eventually.True(() => Pixels.Differ(gate.Screens[1].Region(x, 0, 320, 320), Pictures[language]) < 3, $"the {language} half of the LED wall shows {item["item"]!["id"]}", 90);

    /// <summary>The LCD panel shows the uploaded picture as it was approved for its size.</summary>
    private static async Task ShowsPhoto(Gate gate, Office editor, string photo)
    {
        var approved = await Pixels.Of(await editor.Bytes($"/api/v1/media/{Work.PictureOf(await editor.Get($"/api/v1/items/{photo}"), "zxx", 960, 540)}"));
        await Eventually.True(() => Pixels.Differ(gate.Screens[0].Region(0, 0, 960, 540), approved) < 3, "the LCD panel shows the uploaded picture", 90);
    }

    /// <summary>The LCD panel shows the uploaded clip, and it moves: the bar is seen in more than one place.</summary>
    private static async Task ShowsFilm(Gate gate)
    {
        var bars = new HashSet<int>();
        await Eventually.True(() => Patterns.BarOfFilm(gate.Screens[0].Region(0, 0, 960, 540), 960) is { } bar && bars.Add(bar / 40) && bars.Count > 2, "the LCD panel shows the moving clip", 90, everyMs: 50);
    }
}
