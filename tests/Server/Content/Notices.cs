using System.Net.Http.Json;
using System.Text.Json;
using BorderInfo.Server.Platform.Pages;

namespace BorderInfo.Tests.Server.Content;

/// <summary>Sample notices through the HTTP door of a <see cref="Newsroom"/>.</summary>
internal static class Notices
{
    public const string Text = "Tạm dừng thông quan hàng hóa.";

    public static object Window(DateOnly day, string from, string to) => new { day = day.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture), from, to };

    /// <summary>Tomorrow 07:00–10:00 and 15:30–17:30, the day after 08:00–09:00.</summary>
    public static object[] ThreeWindows(this Newsroom room) =>
        [Window(room.Day(1), "07:00", "10:00"), Window(room.Day(1), "15:30", "17:30"), Window(room.Day(2), "08:00", "09:00")];

    /// <summary>So many days after today, in Việt Nam.</summary>
    public static DateOnly Day(this Newsroom room, int ahead) => LocalTime.Day(room.Clock.GetUtcNow()).AddDays(ahead);

    public static object Notice(this Newsroom room, string number = "", object[]? windows = null, bool onlyThen = false, int leadMinutes = 0, string? replaces = null) =>
        new { number, windows = windows ?? room.ThreeWindows(), onlyThen, leadMinutes, replaces };

    public static object Fields(this Newsroom room, string title, object? notice, params (string Language, string Text)[] texts) => new
    {
        title,
        theme = "gate-procedure",
        @class = "Normal",
        look = 1,
        validFrom = room.Clock.GetUtcNow(),
        validUntil = room.Clock.GetUtcNow().AddDays(300),
        note = "",
        texts = (texts is [] ? [("vi", Text)] : texts).Select(t => new { language = t.Item1, text = t.Item2, headline = false }),
        notice,
    };

    public static Task<HttpResponseMessage> Post(this Newsroom room, HttpClient editor, string title, object? notice, params (string Language, string Text)[] texts) =>
        editor.PostAsJsonAsync("/api/v1/items", new { provinceCode = "20", fields = room.Fields(title, notice, texts) }, ApiJson.Options);

    /// <summary>A new draft; its id.</summary>
    public static async Task<string> Draft(this Newsroom room, HttpClient editor, string title, object? notice, params (string Language, string Text)[] texts) =>
        (await Newsroom.Good(await room.Post(editor, title, notice, texts))).GetProperty("id").GetString()!;

    /// <summary>Written, submitted and seen whole.</summary>
    public static async Task<string> Submitted(this Newsroom room, HttpClient editor, string title, object? notice, params (string Language, string Text)[] texts)
    {
        var item = await room.Draft(editor, title, notice, texts);
        await Newsroom.Good(await editor.PostAsync($"/api/v1/items/{item}/submit", null));
        await room.Ready(editor, item);
        return item;
    }

    public static async Task<HttpResponseMessage> Approve(HttpClient approver, string item, int version = 1)
    {
        var seen = await approver.GetFromJsonAsync<JsonElement>($"/api/v1/items/{item}/versions/{version}");
        return await approver.PostAsJsonAsync($"/api/v1/items/{item}/approve", new { version, heard = false, seen = seen.GetProperty("fingerprint").GetString() });
    }

    /// <summary>Written by one, approved by another.</summary>
    public static async Task<string> Released(this Newsroom room, HttpClient editor, HttpClient approver, string title, object? notice, params (string Language, string Text)[] texts)
    {
        var item = await room.Submitted(editor, title, notice, texts);
        await Newsroom.Good(await Approve(approver, item));
        return item;
    }

    public static async Task<string?> StateOf(HttpClient reader, string item) =>
        (await reader.GetFromJsonAsync<JsonElement>($"/api/v1/items/{item}/versions/1")).GetProperty("item").GetProperty("state").GetString();
}
