using System.Globalization;
using BorderInfo.Contract.Calendars;
using BorderInfo.Server.Platform.Languages;

namespace BorderInfo.Server.Scheduling;

/// <summary>An entry of the holiday table as a person reads it.</summary>
internal static class HolidayWords
{
    /// <summary>For example “2/9, 1 ngày trước đó” or “10/3 âm lịch”.</summary>
    public static string Date(Holiday h, Texts texts)
    {
        var said = h.Solar is { } solar ? $"{Text(solar.Day)}/{Text(solar.Month)}" : texts["holiday.lunar-date", $"{Text(h.Lunar!.Day)}/{Text(h.Lunar.Month)}"];
        if (h.OffsetDays != 0)
            said += ", " + texts[h.OffsetDays < 0 ? "schedule.say.before" : "schedule.say.after", Math.Abs(h.OffsetDays)];
        return h.Days > 1 ? said + ", " + texts["holiday.lasts", h.Days] : said;
    }

    /// <summary>Years in which it holds, and from which year it is counted.</summary>
    public static string Valid(Holiday h, Texts texts)
    {
        var said = (h.FromYear, h.ToYear) switch
        {
            (null, null) => texts["holiday.always"],
            ({ } from, null) => texts["holiday.from", Text(from)],
            (null, { } to) => texts["holiday.to", Text(to)],
            ({ } from, { } to) => $"{Text(from)}–{Text(to)}",
        };
        if (h.ExceptYears.Count > 0)
            said += ", " + texts["holiday.except", string.Join(", ", h.ExceptYears)];
        return h.SinceYear is { } since ? $"{said} · {texts["holiday.since", Text(since)]}" : said;
    }

    /// <summary>Where it stands written: what came with the program in the reader's language, what somebody wrote as written.</summary>
    public static string Source(Holiday h, Texts texts) =>
        "holiday.source." + h.Id is var key && texts.Has(key) && texts.In("vi", key) == h.Source ? texts[key] : h.Source;

    /// <summary>The next day of it, this one or later; null = it is over.</summary>
    public static DateOnly? Next(Holiday h, DateOnly from)
    {
        var set = new DaySet(new DayRule { Holidays = new([h.Id]) }, new([h]));
        return set.Next(from.AddDays(-1));
    }

    private static string Text(int n) => n.ToString(CultureInfo.InvariantCulture);
}
