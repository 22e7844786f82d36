using System.Globalization;
using BorderInfo.Server.Content.Public;
using BorderInfo.Server.Platform.Pages;

namespace BorderInfo.Server.Content.Notices;

/// <summary>One window as typed.</summary>
/// <param name="Day"><c>2026-04-14</c> or <c>14/4/2026</c>.</param>
/// <param name="From"><c>07:00</c>, as <paramref name="To"/>; local to Việt Nam (UTC+7).</param>
/// <param name="To">At or before the start = on the next day; 00:00–00:00 = the whole day.</param>
public sealed record NoticeTimes(string Day, string From, string To)
{
    public override string ToString() => $"{Day} {From}–{To}";
}

/// <summary>What an editor fills in about a notice; see <see cref="Notice"/>.</summary>
/// <param name="Replaces">Id of the item that is replaced; null or "" = none.</param>
public sealed record NoticeFields(string Number, IReadOnlyList<NoticeTimes> Windows, bool OnlyThen = false, int LeadMinutes = 0, string? Replaces = null)
{
    public const int LongestNumber = 40;
    public const int MostWindows = 24;
    public const int MostDays = 60;
    public const int LongestLead = 1440;

    /// <summary>Pure: the notice, its windows in order, or the first thing that is wrong, with its field. Whether there is such a notice to replace is <see cref="NoticeRules"/>' to say.</summary>
    public Outcome<Notice> Checked(DateTimeOffset now)
    {
        var number = Script.Normal(Number).ReplaceLineEndings(" ");
        if (Script.Length(number) > LongestNumber || number.Length > LongestNumber * 8)
            return new Refusal("content.notice-number-too-long", $"{LongestNumber}") { Field = "notice.number" };
        if (!Read().Is(out var windows, out var why))
            return why with { Field = "notice.windows" };
        if (OnlyThen && LeadMinutes is < 0 or > LongestLead)
            return new Refusal("content.notice-lead-range", $"{LongestLead}") { Field = "notice.leadMinutes" };
        ItemId? replaces = null;
        if (!string.IsNullOrWhiteSpace(Replaces))
        {
            if (!ItemId.TryParse(Replaces.Trim().ToUpperInvariant(), out var id))
                return new Refusal("content.notice-replaces-unknown", Replaces.Trim()) { Field = "notice.replaces" };
            replaces = id;
        }

        return Wrong(windows, now) is { } wrong ? wrong with { Field = "notice.windows" } : new Notice(number, windows, OnlyThen, OnlyThen ? LeadMinutes : 0, replaces);
    }

    private Outcome<IReadOnlyList<NoticeWindow>> Read()
    {
        if (Windows.Count > MostWindows)
            return new Refusal("content.notice-too-many", $"{MostWindows}");
        var read = new List<NoticeWindow>();
        foreach (var typed in Windows)
        {
            if (!LocalTime.ReadDay(typed.Day).Is(out var day, out var why))
                return why;
            if (day.Year is < 2000 or > 2100)
                return new Refusal("schedule.not-a-day", typed.Day);
            if (Time(typed.From) is not { } from || Time(typed.To) is not { } to)
                return new Refusal("content.notice-not-a-time", $"{typed.From}–{typed.To}");
            if (from == to && from != TimeOnly.MinValue)
                return new Refusal("content.notice-window-empty", Shown(new(day, from, to)));
            read.Add(new(day, from, to));
        }

        return read.OrderBy(w => w.Start()).ThenBy(w => w.End()).ToArray();
    }

    private static Refusal? Wrong(IReadOnlyList<NoticeWindow> windows, DateTimeOffset now)
    {
        if (windows.Count == 0)
            return new("content.notice-no-window");
        for (var n = 1; n < windows.Count; n++)
        {
            if (windows[n].Start() < windows[n - 1].End())
                return new("content.notice-windows-overlap", Shown(windows[n - 1]), Shown(windows[n]));
        }

        return windows[^1].Day.DayNumber - windows[0].Day.DayNumber >= MostDays ? new("content.notice-too-long", $"{MostDays}", LocalTime.Text(windows[0].Day), LocalTime.Text(windows[^1].Day))
            : windows[^1].End() <= now ? new("content.notice-past", Shown(windows[^1]))
            : null;
    }

    private static TimeOnly? Time(string text) =>
        TimeOnly.TryParseExact(text.Trim(), ["HH:mm", "H:mm", "HH:mm:ss"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) && time.Second == 0 ? time : null;

    internal static string Shown(NoticeWindow w) => string.Create(CultureInfo.InvariantCulture, $"{w.From:HH:mm}–{w.To:HH:mm} {w.Day:dd/MM/yyyy}");
}
