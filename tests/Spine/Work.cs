using System.Globalization;
using System.Text.Json.Nodes;

namespace BorderInfo.Tests.Spine;

/// <summary>What editor and approver do again and again, through the API.</summary>
internal static class Work
{
    /// <summary>A Vietnamese and Chinese text, submitted by the editor and approved by the approver.</summary>
    public static async Task<string> Approved(Office editor, Office approver, string text)
    {
        var id = await Composed(editor, text, new() { ["vi"] = text, ["zh-Hans"] = "欢迎来到友谊关口岸" });
        await Approve(approver, id);
        return id;
    }

    /// <summary>A text in some languages, submitted by the editor.</summary>
    /// <param name="speech">Also spoken in Vietnamese.</param>
    public static async Task<string> Composed(Office editor, string title, Dictionary<string, string> texts, bool speech = false)
    {
        var id = await Draft(editor, title, "gate-procedure", texts);
        if (speech)
            await editor.Post($"/api/v1/items/{id}/renditions/vi/speech", new { });
        await editor.Post($"/api/v1/items/{id}/submit", new { });
        return id;
    }

    /// <summary>A picture or clip for every language, submitted by the editor; what is made of it is made meanwhile.</summary>
    public static async Task<string> Uploaded(Office editor, string title, string file)
    {
        var id = await Draft(editor, title, "locality", []);
        await editor.Upload(id, "zxx", file);
        await editor.Post($"/api/v1/items/{id}/submit", new { });
        return id;
    }

    /// <summary>Waits until everything of version 1 is made, then approves what was seen.</summary>
    public static async Task Approve(Office approver, string id)
    {
        await Eventually.True(async () => (await approver.Get($"/api/v1/items/{id}"))["readiness"]!["ready"]!.GetValue<bool>(), "drawn", 180);
        var seen = (await approver.Get($"/api/v1/items/{id}"))["fingerprint"]!.GetValue<string>();
        await approver.Post($"/api/v1/items/{id}/approve", new { version = 1, heard = true, seen });
    }

    /// <summary>Hash of the first page or picture of an item for a size of output.</summary>
    public static string PictureOf(JsonNode item, string language, int width, int height) => Part(item, language, width, height, "Still");

    /// <summary>Hash of the clip of an item for a size of output.</summary>
    public static string ClipOf(JsonNode item, int width, int height) => Part(item, "zxx", width, height, "Clip");

    /// <summary>Every record of LS-0001 whose local day is yesterday, today or one of <paramref name="days"/> days more, newest first.</summary>
    public static async Task<JsonNode[]> Plays(Office office, int days = 0)
    {
        static string Day(double fromNow) => DateTime.UtcNow.AddHours(7).AddDays(fromNow).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var all = new List<JsonNode>();
        for (string? next = ""; next is not null;)
        {
            var page = await office.Get($"/api/v1/plays?from={Day(-1)}&to={Day(days)}&site=LS-0001&size=1000" + (next == "" ? "" : "&after=" + Uri.EscapeDataString(next)));
            all.AddRange(page["plays"]!.AsArray().Select(p => p!));
            next = page["next"]?.GetValue<string>();
        }

        return [.. all];
    }

    private static async Task<string> Draft(Office editor, string title, string theme, Dictionary<string, string> texts)
    {
        var fields = new
        {
            title, theme, @class = "Normal", look = 1, note = "", validFrom = DateTimeOffset.UtcNow.AddMinutes(-1), validUntil = DateTimeOffset.UtcNow.AddDays(30),
            texts = texts.Select(t => new { language = t.Key, text = t.Value }),
        };
        return (await editor.Post("/api/v1/items", new { provinceCode = "20", fields }))["id"]!.GetValue<string>();
    }

    private static string Part(JsonNode item, string language, int width, int height, string kind) => item["surfaces"]!.AsArray()
        .Single(s => s!["widthPx"]!.GetValue<int>() == width && s["heightPx"]!.GetValue<int>() == height)!["parts"]!.AsArray()
        .First(p => p!["language"]!.GetValue<string>() == language && p["kind"]!.ToString() == kind)!["file"]!.GetValue<string>();

    /// <summary>A draft schedule of priority tier on both halves of the LED wall of LS-0001, all day.</summary>
    public static Task<long> Scheduled(Office editor, int number, params string[] items) => ScheduledAt(editor, number, ["LED-1.A", "LED-1.B"], items);

    public static async Task<long> ScheduledAt(Office editor, int number, string[] outputs, string[] items)
    {
        var cluster = (await editor.Get("/api/v1/clusters")).AsArray().Single(c => c!["site"]?.GetValue<string>() == "LS-0001")!["id"]!.GetValue<long>();
        var saved = await editor.Post("/api/v1/schedules", new
        {
            name = "Đo", tier = "Priority", number, items,
            targets = outputs.Select(o => new { width = "Device", key = $"{cluster}/{o}" }),
            from = DateTime.UtcNow.AddHours(7).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), windows = new[] { new { from = "00:00:00", to = "00:00:00" } },
        });
        return saved["id"]!.GetValue<long>();
    }
}
