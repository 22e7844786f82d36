using System.Text.RegularExpressions;

namespace BorderInfo.Contract.Calendars;

/// <summary>Holidays as data. A plan carries only the entries that its rules name (<see cref="For"/>).</summary>
public sealed partial record HolidayTable(IReadOnlyList<Holiday> Entries)
{
    public const int MaxEntries = 500;

    public const int MaxText = 300;

    public static readonly HolidayTable Empty = new([]);

    /// <summary>Every code that <see cref="Check"/> can give; each needs a text.</summary>
    public static readonly IReadOnlyList<string> Codes =
        ["holiday.too-many", "holiday.malformed", "holiday.id", "holiday.twice", "holiday.text", "holiday.date", "holiday.no-such-day", "holiday.offset", "holiday.days", "holiday.years"];

    /// <summary>Null = sound: ids once, dates that exist, texts of sensible length. <c>With</c> begins with the id and ends with the proposal where there is one.</summary>
    public Refusal? Check()
    {
        if (Entries.Count > MaxEntries)
            return new("holiday.too-many", $"{Entries.Count}", $"{MaxEntries}") { Field = "entries" };
        var ids = new HashSet<string>(StringComparer.Ordinal);
        foreach (var entry in Entries)
        {
            if (entry is null)
                return new("holiday.malformed") { Field = "entries" };
            if (!IdForm().IsMatch(entry.Id))
                return No("id", "holiday.id", entry.Id);
            if (!ids.Add(entry.Id))
                return No("id", "holiday.twice", entry.Id);
            if (One(entry) is { } refusal)
                return refusal;
        }

        return null;
    }

    /// <summary>The table reduced to what these rules name.</summary>
    public HolidayTable For(IEnumerable<DayRule> rules)
    {
        var named = new HashSet<string>(StringComparer.Ordinal);
        var everyPublic = false;
        foreach (var rule in rules)
        {
            named.UnionWith(rule.Holidays?.Ids ?? []);
            named.UnionWith(rule.OnHolidays?.Ids ?? []);
            everyPublic |= rule.OnHolidays is { Ids.Count: 0 };
        }

        return new([.. Entries.Where(e => named.Contains(e.Id) || (everyPublic && e.Kind == HolidayKind.PublicHoliday))]);
    }

    /// <summary>What falls on a day, in the table's order, for calendars on a page.</summary>
    public IEnumerable<Holiday> On(DateOnly day) => Entries.Where(e => HolidayDays.Between(e, day.DayNumber, day.DayNumber).Any());

    /// <summary>Which entries a filter means.</summary>
    internal IEnumerable<Holiday> Of(HolidayFilter filter) => Entries.Where(e => filter.Ids.Count == 0 ? e.Kind == HolidayKind.PublicHoliday : filter.Ids.Contains(e.Id));

    private static Refusal? One(Holiday entry)
    {
        if (!Enum.IsDefined(entry.Kind) || (entry.Solar is null) == (entry.Lunar is null))
            return No("solar", "holiday.date", entry.Id);
        if (entry.Vi.Length is 0 or > MaxText || entry.En.Length is 0 or > MaxText || entry.Source.Length > MaxText)
            return No("vi", "holiday.text", entry.Id, $"{MaxText}");
        if (entry.OffsetDays is < -DayRule.MaxOffset or > DayRule.MaxOffset)
            return No("offsetDays", "holiday.offset", entry.Id, $"{entry.OffsetDays}", $"{DayRule.MaxOffset}");
        if (entry.Days is < 1 or > 31)
            return No("days", "holiday.days", entry.Id, $"{entry.Days}", "31");
        if (entry.ToYear < entry.FromYear || entry.ExceptYears.Count > 150)
            return No("toYear", "holiday.years", entry.Id, $"{entry.FromYear}", $"{entry.ToYear}");
        return entry.Solar is { } solar ? Day("solar", entry.Id, solar, m => DateTime.DaysInMonth(2024, m)) : Day("lunar", entry.Id, entry.Lunar!, _ => 30);
    }

    private static Refusal? Day(string field, string id, MonthDay date, Func<int, int> longest)
    {
        var month = Math.Clamp(date.Month, 1, 12);
        var day = Math.Clamp(date.Day, 1, longest(month));
        return (month, day) == (date.Month, date.Day) ? null : No(field, "holiday.no-such-day", id, $"{date.Day}/{date.Month}", $"{day}/{month}");
    }

    private static Refusal No(string field, string code, params string[] with) => new(code, with) { Field = field };

    [GeneratedRegex(@"^[a-z0-9][a-z0-9-]{0,39}\z", RegexOptions.CultureInvariant)]
    private static partial Regex IdForm();
}
