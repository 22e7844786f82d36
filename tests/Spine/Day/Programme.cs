using System.Globalization;

namespace BorderInfo.Tests.Spine.Day;

/// <summary>A site with a panel, an LED line and a loudspeaker, and a programme of texts, an hourly speech and something more important for part of every day.</summary>
internal static class Programme
{
    private static readonly object AllDay = new[] { new { from = "00:00:00", to = "00:00:00" } };
    private static long cluster;

    /// <returns>The site's enrolment code, and the fingerprint of the server's certificate.</returns>
    public static async Task<(string Code, string Fingerprint)> SetUp(VirtualOffice office)
    {
        using var admin = await office.Enter("kythuat");
        cluster = (await admin.Post("/api/v1/clusters", new
        {
            name = "Cụm đo", kind = "gate", provinceCode = "20", communeCode = "06184", lat = 21.9728, lon = 106.7117, tags = Array.Empty<string>(), owner = "", @operator = "", monitoredBy = "",
        }))["id"]!.GetValue<long>();
        await Output(admin, "LCD-1", "Screen", 1, 320, 180, "vi", "en");
        await Output(admin, "LED-1", "LedRegion", 2, 192, 96, "vi");
        await Output(admin, "LOA-1", "Speaker", 1, 0, 0, "vi");
        await admin.Post($"/api/v1/clusters/{cluster}/site", new { site = "LS-0001" });
        var code = await admin.Post("/api/v1/sites/LS-0001/enrol-codes", new { replacesComputer = false });
        return (code["code"]!.GetValue<string>(), office.Fingerprint);
    }

    /// <summary>Written, approved, scheduled, published; on air at the site when it returns.</summary>
    public static async Task Publish(VirtualOffice office, VirtualSite site)
    {
        using var editor = await office.Enter("bientap");
        using var approver = await office.Enter("duyet");
        var items = new List<string>();
        foreach (var text in new[] { "Chào mừng", "Xin chuẩn bị giấy tờ", "Xin cảm ơn" })
            items.Add(await Work.Composed(editor, text, new() { ["vi"] = text, ["en"] = "Welcome" }, speech: items.Count == 0));
        foreach (var item in items)
            await Work.Approve(approver, item);
        long[] schedules =
        [
            await Schedule(editor, "Programme", [items[0], items[1]], AllDay, null, "LCD-1", "LED-1"),
            await Schedule(editor, "Priority", [items[2]], EveryThirdHour(), null, "LED-1"),
            await Schedule(editor, "Programme", [items[0]], AllDay, 20, "LOA-1"),
        ];
        var plan = (await editor.Post("/api/v1/publish", new { schedules }))["plans"]![0]!.GetValue<string>();
        await site.RunUntil(() => Task.FromResult(site.Plan?.Number.Value == plan && site.AllOnAir), plan + " is on air");
    }

    /// <summary>Half an hour in every third hour.</summary>
    private static object EveryThirdHour() => Enumerable.Range(0, 8)
        .Select(h => new { from = string.Create(CultureInfo.InvariantCulture, $"{h * 3:00}:15:00"), to = string.Create(CultureInfo.InvariantCulture, $"{h * 3:00}:45:00") }).ToArray();

    private static Task Output(Office admin, string id, string kind, int screen, int width, int height, params string[] languages) =>
        admin.Post($"/api/v1/clusters/{cluster}/outputs", new { output = new { id, name = id, kind, screen, x = 0, y = 0, widthPx = width, heightPx = height, languages, volumePercent = 80, quietHours = Array.Empty<object>() }, isNew = true });

    private static async Task<long> Schedule(Office editor, string tier, string[] items, object windows, int? everyMinutes, params string[] outputs) => (await editor.Post("/api/v1/schedules", new
    {
        name = tier + string.Join(' ', outputs), tier, number = 100, items, targets = outputs.Select(o => new { width = "Device", key = $"{cluster}/{o}" }),
        from = DateTime.UtcNow.AddHours(7).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), windows, everyMinutes,
    }))["id"]!.GetValue<long>();
}
