using System.Globalization;

namespace BorderInfo.Contract.Calendars;

/// <summary>Pure: RRULE text to <see cref="Recurrence"/>, or the first thing that is wrong with it.</summary>
internal static class RecurrenceReader
{
    /// <summary>By <see cref="DayOfWeek"/>.</summary>
    public static readonly string[] WeekdayNames = ["SU", "MO", "TU", "WE", "TH", "FR", "SA"];

    public static readonly string[] FrequencyNames = ["SECONDLY", "MINUTELY", "HOURLY", "DAILY", "WEEKLY", "MONTHLY", "YEARLY"];

    private static readonly string[] SkipNames = ["OMIT", "BACKWARD", "FORWARD"];

    public static Outcome<Recurrence> Read(string text)
    {
        if (text.Length > Recurrence.MaxText)
            return No("RRULE", "rrule.too-long", $"{text.Length}", $"{Recurrence.MaxText}");
        text = text.Trim().ToUpperInvariant();
        text = text.StartsWith("RRULE:", StringComparison.Ordinal) ? text[6..] : text;
        var parts = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var part in text.Split(';'))
        {
            var at = part.IndexOf('=', StringComparison.Ordinal);
            if (at < 1 || at == part.Length - 1)
                return No("RRULE", "rrule.malformed", part.Length == 0 ? "RRULE" : part);
            if (!parts.TryAdd(part[..at], part[(at + 1)..]))
                return No(part[..at], "rrule.part-twice", part[..at]);
        }

        return Of(parts);
    }

    private static Outcome<Recurrence> Of(Dictionary<string, string> parts)
    {
        if (!parts.Remove("FREQ", out var name) || Array.IndexOf(FrequencyNames, name) is var frequency && frequency < 0)
            return No("FREQ", "rrule.no-frequency", name ?? "");
        var rule = new Recurrence { Frequency = (Frequency)frequency };
        foreach (var (part, value) in parts)
        {
            if (!With(rule, part, value).Is(out var more, out var why))
                return why;
            rule = more;
        }

        return RecurrenceRules.Check(rule) is { } refusal ? refusal : rule;
    }

    private static Outcome<Recurrence> With(Recurrence rule, string part, string value) => part switch
    {
        "INTERVAL" => Number(part, value).Is(out var n, out var why) ? rule with { Interval = n } : why,
        "COUNT" => Number(part, value).Is(out var n, out var why) ? rule with { Count = n } : why,
        "UNTIL" => UntilOf(value).Is(out var until, out var why) ? rule with { Until = until } : why,
        "WKST" => Array.IndexOf(WeekdayNames, value) is >= 0 and var day ? rule with { WeekStart = (DayOfWeek)day } : Range(part, value, "MO…SU", "MO"),
        "BYMONTH" => List(part, value, 1, 12, signed: false).Is(out var l, out var why) ? rule with { Months = l } : why,
        "BYWEEKNO" => List(part, value, 1, 53, signed: true).Is(out var l, out var why) ? rule with { WeekNumbers = l } : why,
        "BYYEARDAY" => List(part, value, 1, 366, signed: true).Is(out var l, out var why) ? rule with { YearDays = l } : why,
        "BYMONTHDAY" => List(part, value, 1, 31, signed: true).Is(out var l, out var why) ? rule with { MonthDays = l } : why,
        "BYDAY" => DaysOf(value).Is(out var l, out var why) ? rule with { Days = l } : why,
        "BYHOUR" => List(part, value, 0, 23, signed: false).Is(out var l, out var why) ? rule with { Hours = l } : why,
        "BYMINUTE" => List(part, value, 0, 59, signed: false).Is(out var l, out var why) ? rule with { Minutes = l } : why,
        "BYSECOND" => List(part, value, 0, 60, signed: false).Is(out var l, out var why) ? rule with { Seconds = l } : why,
        "BYSETPOS" => List(part, value, 1, 366, signed: true).Is(out var l, out var why) ? rule with { Positions = l } : why,
        "RSCALE" => value == "GREGORIAN" ? rule : No(part, "rrule.rscale", value, "GREGORIAN"),
        "SKIP" => Array.IndexOf(SkipNames, value) is >= 0 and var skip ? rule with { Skip = (Skip)skip } : Range(part, value, "OMIT, BACKWARD, FORWARD", "OMIT"),
        _ => No(part, "rrule.unknown-part", part),
    };

    private static Outcome<int> Number(string part, string value) =>
        Digits(value, out var n) && n >= 1 ? n : Range(part, value, $"1…{int.MaxValue}", "1");

    private static Outcome<Parts<int>> List(string part, string value, int least, int most, bool signed)
    {
        var numbers = new SortedSet<int>();
        foreach (var one in value.Split(','))
        {
            var minus = signed && one.StartsWith('-');
            if (!Digits(one.TrimStart('+', '-'), out var n) || n < least || n > most || (!minus && one.StartsWith('-')))
                return Range(part, one, (signed ? "±" : "") + $"{least}…{most}", $"{Math.Clamp(n, least, most)}");
            numbers.Add(minus ? -n : n);
        }

        return new Parts<int>([.. numbers]);
    }

    private static Outcome<Parts<DayOrdinal>> DaysOf(string value)
    {
        var days = new HashSet<DayOrdinal>();
        foreach (var one in value.Split(','))
        {
            var day = one.Length < 2 ? -1 : Array.IndexOf(WeekdayNames, one[^2..]);
            var number = one.Length > 2 ? one[..^2] : "0";
            if (day < 0 || !Digits(number.TrimStart('+', '-'), out var n) || n > 53 || (n == 0 && one.Length > 2))
                return Range("BYDAY", one, "MO…SU, ±1…±53", day < 0 ? "MO" : WeekdayNames[day]);
            days.Add(new(number.StartsWith('-') ? -n : n, (DayOfWeek)day));
        }

        return new Parts<DayOrdinal>([.. days.OrderBy(d => d.Ordinal).ThenBy(d => ((int)d.Day + 6) % 7)]);
    }

    private static Outcome<Until> UntilOf(string value)
    {
        if (DateTime.TryParseExact(value, "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            return new Until(day, UntilForm.Date);
        var utc = value.EndsWith('Z');
        if (DateTime.TryParseExact(utc ? value[..^1] : value, "yyyyMMdd'T'HHmmss", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time))
            return new Until(time, utc ? UntilForm.Utc : UntilForm.Local);
        return Range("UNTIL", value, "YYYYMMDD, YYYYMMDDTHHMMSS", NearestDay(value));
    }

    /// <summary>31 November becomes 30 November.</summary>
    private static string NearestDay(string value) =>
        value.Length >= 8 && Digits(value[..8], out var n) && n / 10000 >= 1 && n / 100 % 100 is >= 1 and <= 12
            ? $"{n / 100:D6}{Math.Clamp(n % 100, 1, DateTime.DaysInMonth(n / 10000, n / 100 % 100)):D2}" : "20261231";

    private static bool Digits(string text, out int n) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out n);

    private static Refusal Range(string part, string value, string allowed, string proposal) => No(part, "rrule.range", part, value, allowed, proposal);

    private static Refusal No(string part, string code, params string[] with) => new(code, with) { Field = part };
}
