using BorderInfo.Contract.Calendars;
using BorderInfo.Server.Platform.Pages;

namespace BorderInfo.Server.Reports;

/// <summary>The days a report is about, both inclusive and local.</summary>
/// <param name="CutOff">Ngày chốt số liệu: the last day whose figures are in; never after today.</param>
public sealed record ReportPeriod(string Preset, DateOnly From, DateOnly To, DateOnly CutOff)
{
    /// <summary>Words of the presets, in the order they are offered; <c>chon</c> = days of one's own.</summary>
    public static readonly IReadOnlyList<string> Presets = ["hom-nay", "tuan", "thang", "quy", "nua-dau", "nua-cuoi", "nam", "ky-6-thang", "ky-nam", "chon"];

    /// <summary>Longest period that is summed in one question.</summary>
    public const int MostDays = 1100;

    /// <summary>Days of the whole period, and those up to the cut-off.</summary>
    public int Days => To.DayNumber - From.DayNumber + 1;

    public int DaysIn => CutOff.DayNumber - From.DayNumber + 1;

    /// <summary>True when the figures stop before the period ends, so that the whole period can only be estimated (ước thực hiện).</summary>
    public bool Cut => CutOff < To && DaysIn > 0;

    /// <summary>Pure. Without anything: this month. Refuses with <c>schedule.no-such-day</c> (31/11), <c>schedule.not-a-day</c>, <c>day.range</c>, <c>reports.days-reversed</c>, <c>reports.too-long</c>.</summary>
    public static Outcome<ReportPeriod> Of(string? preset, string? from, string? to, string? cutOff, DateOnly today)
    {
        var name = preset is not null && Presets.Contains(preset) ? preset : from is null && to is null ? "thang" : "chon";
        var (first, last) = Named(name, today);
        if (name == "chon")
        {
            if (!Day(from, first).Is(out first, out var why) || !Day(to, last).Is(out last, out why))
                return why;
        }

        if (!Day(cutOff, last).Is(out var cut, out var not))
            return not;
        if (last < first || cut < first)
            return new Refusal("reports.days-reversed", LocalTime.Text(first), LocalTime.Text(last < first ? last : cut));
        if (last.DayNumber - first.DayNumber + 1 > MostDays)
            return new Refusal("reports.too-long", MostDays.ToString(System.Globalization.CultureInfo.InvariantCulture));
        cut = cut < last ? cut : last;
        return new ReportPeriod(name, first, last, cut < today ? cut : today < first ? first.AddDays(-1) : today);
    }

    /// <summary>The report periods of Decree 09/2019/NĐ-CP run from 15 December to 14 June and to 14 December.</summary>
    private static (DateOnly From, DateOnly To) Named(string name, DateOnly today)
    {
        var year = today.Year;
        var month = new DateOnly(year, today.Month, 1);
        var quarter = new DateOnly(year, (today.Month - 1) / 3 * 3 + 1, 1);
        var reportYear = today >= new DateOnly(year, 12, 15) ? year + 1 : year;
        return name switch
        {
            "hom-nay" => (today, today),
            "tuan" => (today.AddDays(-(((int)today.DayOfWeek + 6) % 7)), today.AddDays(6 - ((int)today.DayOfWeek + 6) % 7)),
            "quy" => (quarter, quarter.AddMonths(3).AddDays(-1)),
            "nua-dau" => (new(year, 1, 1), new(year, 6, 30)),
            "nua-cuoi" => (new(year, 7, 1), new(year, 12, 31)),
            "nam" => (new(year, 1, 1), new(year, 12, 31)),
            "ky-6-thang" => (new(reportYear - 1, 12, 15), new(reportYear, 6, 14)),
            "ky-nam" => (new(reportYear - 1, 12, 15), new(reportYear, 12, 14)),
            _ => (month, month.AddMonths(1).AddDays(-1)),
        };
    }

    private static Outcome<DateOnly> Day(string? text, DateOnly other)
    {
        if (string.IsNullOrWhiteSpace(text))
            return other;
        if (!LocalTime.ReadDay(text).Is(out var day, out var why))
            return why;
        return Near(day) is var near && near != day ? new Refusal("day.range", LocalTime.Text(day), LocalTime.Text(near)) : day;
    }

    /// <summary>The day itself, or the nearest one that can be reckoned with.</summary>
    public static DateOnly Near(DateOnly day) => day < DaySet.FirstDay ? DaySet.FirstDay : day > DaySet.LastDay ? DaySet.LastDay : day;
}
