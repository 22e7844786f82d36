using System.Globalization;

namespace BorderInfo.Tests.Spine;

/// <summary>What editor and approver do again and again, through the API.</summary>
internal static class Work
{
    /// <summary>A Vietnamese and Chinese text, submitted by the editor and approved by the approver.</summary>
    public static async Task<string> Approved(Office editor, Office approver, string text)
    {
        var fields = new
        {
            title = text, theme = "gate-procedure", @class = "Normal", look = 1, note = "",
            validFrom = DateTimeOffset.UtcNow.AddMinutes(-1), validUntil = DateTimeOffset.UtcNow.AddDays(30),
            texts = new[] { new { language = "vi", text }, new { language = "zh-Hans", text = "欢迎来到友谊关口岸" } },
        };
        var id = (await editor.Post("/api/v1/items", new { provinceCode = "20", fields }))["id"]!.GetValue<string>();
        await editor.Post($"/api/v1/items/{id}/submit", new { });
        await Eventually.True(async () => (await approver.Get($"/api/v1/items/{id}"))["readiness"]!["ready"]!.GetValue<bool>(), "drawn", 120);
        var seen = (await approver.Get($"/api/v1/items/{id}"))["fingerprint"]!.GetValue<string>();
        await approver.Post($"/api/v1/items/{id}/approve", new { version = 1, heard = true, seen });
        return id;
    }

    /// <summary>A draft schedule of priority tier on both halves of the LED wall of LS-0001, all day.</summary>
    public static async Task<long> Scheduled(Office editor, string item, int number)
    {
        var cluster = (await editor.Get("/api/v1/clusters")).AsArray().Single(c => c!["site"]?.GetValue<string>() == "LS-0001")!["id"]!.GetValue<long>();
        var saved = await editor.Post("/api/v1/schedules", new
        {
            name = "Đo", tier = "Priority", number, items = new[] { item },
            targets = new[] { new { width = "Device", key = $"{cluster}/LED-1.A" }, new { width = "Device", key = $"{cluster}/LED-1.B" } },
            from = DateTime.UtcNow.AddHours(7).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), windows = new[] { new { from = "00:00:00", to = "00:00:00" } },
        });
        return saved["id"]!.GetValue<long>();
    }
}
