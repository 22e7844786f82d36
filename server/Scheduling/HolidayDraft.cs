using System.Globalization;
using BorderInfo.Contract.Calendars;
using BorderInfo.Server.Platform.Languages;

namespace BorderInfo.Server.Scheduling;

/// <summary>The administrator's form of a holiday as typed, so that a refused form comes back as it was.</summary>
internal sealed class HolidayDraft
{
    public string Id { get; set; } = "";

    public int? Revision { get; set; }

    public string Vi { get; set; } = "";

    public string En { get; set; } = "";

    public HolidayKind Kind { get; set; } = HolidayKind.Anniversary;

    public bool Lunar { get; set; }

    public string Day { get; set; } = "";

    public string Month { get; set; } = "";

    public string Offset { get; set; } = "0";

    public string Days { get; set; } = "1";

    public string FromYear { get; set; } = "";

    public string ToYear { get; set; } = "";

    public string ExceptYears { get; set; } = "";

    public string SinceYear { get; set; } = "";

    public string Source { get; set; } = "";

    public static HolidayDraft Of(Holiday h, int revision)
    {
        var date = h.Solar ?? h.Lunar!;
        return new()
        {
            Id = h.Id, Revision = revision, Vi = h.Vi, En = h.En, Kind = h.Kind, Lunar = h.Lunar is not null, Day = Text(date.Day), Month = Text(date.Month), Offset = Text(h.OffsetDays), Days = Text(h.Days),
            FromYear = Text(h.FromYear), ToYear = Text(h.ToYear), ExceptYears = string.Join(", ", h.ExceptYears), SinceYear = Text(h.SinceYear), Source = h.Source,
        };
    }

    public static HolidayDraft Read(IFormCollection form) => new()
    {
        Id = form["id"].ToString().Trim(),
        Revision = int.TryParse(form["revision"], CultureInfo.InvariantCulture, out var revision) ? revision : null,
        Vi = form["vi"].ToString().Typed(),
        En = form["en"].ToString().Typed(),
        Kind = Enum.TryParse<HolidayKind>(form["kind"], out var kind) && Enum.IsDefined(kind) ? kind : HolidayKind.Anniversary,
        Lunar = form["calendar"] == "lunar",
        Day = form["day"].ToString(),
        Month = form["month"].ToString(),
        Offset = form["offset"].ToString(),
        Days = form["days"].ToString(),
        FromYear = form["fromYear"].ToString(),
        ToYear = form["toYear"].ToString(),
        ExceptYears = form["exceptYears"].ToString(),
        SinceYear = form["sinceYear"].ToString(),
        Source = form["source"].ToString().Typed(),
    };

    /// <summary>The entry that was typed. Refuses with <c>holiday.not-a-number</c>; whether it is sound is asked when it is saved.</summary>
    public Outcome<Holiday> Typed()
    {
        if (!Number(Day, "day", "1").Is(out var day, out var why) || !Number(Month, "month", "1").Is(out var month, out why) || !Number(Offset, "offset", "0").Is(out var offset, out why)
            || !Number(Days, "days", "1").Is(out var days, out why))
            return why;
        if (!Year(FromYear, "fromYear").Is(out var from, out why) || !Year(ToYear, "toYear").Is(out var to, out why) || !Year(SinceYear, "sinceYear").Is(out var since, out why))
            return why;
        var except = new SortedSet<int>();
        foreach (var one in ExceptYears.Split([',', ';', ' '], StringSplitOptions.RemoveEmptyEntries))
        {
            if (!Number(one, "exceptYears", "2026").Is(out var year, out why))
                return why;
            except.Add(year);
        }

        var date = new MonthDay(month, day);
        return new Holiday
        {
            Id = Id, Vi = Vi, En = En, Kind = Kind, Solar = Lunar ? null : date, Lunar = Lunar ? date : null, OffsetDays = offset, Days = days,
            FromYear = from, ToYear = to, ExceptYears = [.. except], SinceYear = since, Source = Source,
        };
    }

    /// <summary>The form's field that a refusal is about.</summary>
    public static string? FieldOf(Refusal why) => why.Field switch { "solar" or "lunar" => "day", "offsetDays" => "offset", { } field => field, _ => null };

    private static Outcome<int?> Year(string text, string field)
    {
        if (text.Trim().Length == 0)
            return (int?)null;
        return Number(text, field, "2026").Is(out var year, out var why) ? year : why;
    }

    private static Outcome<int> Number(string text, string field, string proposal) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var n) ? n : new Refusal("holiday.not-a-number", text, proposal) { Field = field };

    private static string Text(int? n) => n?.ToString(CultureInfo.InvariantCulture) ?? "";
}
