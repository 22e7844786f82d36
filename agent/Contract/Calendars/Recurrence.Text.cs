using System.Globalization;
using System.Text;

namespace BorderInfo.Contract.Calendars;

public sealed partial record Recurrence
{
    /// <summary>Longest text that is read, in UTF-16 units.</summary>
    public const int MaxText = 4000;

    /// <summary>Every code that <see cref="Parse"/> can give; each needs a text.</summary>
    public static readonly IReadOnlyList<string> Codes =
    [
        "rrule.malformed", "rrule.too-long", "rrule.unknown-part", "rrule.part-twice", "rrule.no-frequency", "rrule.range", "rrule.count-and-until",
        "rrule.not-with", "rrule.ordinal", "rrule.position-alone", "rrule.rscale", "rrule.never",
    ];

    /// <summary>Reads an RRULE, with or without the leading <c>RRULE:</c>. Refusals are <c>rrule.…</c>; <see cref="Refusal.Field"/> names the part, <c>With</c> ends with a proposal where there is one.</summary>
    public static Outcome<Recurrence> Parse(string text) => RecurrenceReader.Read(text);

    /// <summary>One canonical text: parts in a fixed order, defaults left out, nothing lost.</summary>
    public override string ToString()
    {
        var text = new StringBuilder(Skip == Skip.Omit ? "" : "RSCALE=GREGORIAN;").Append("FREQ=").Append(Upper(Frequency));
        if (Interval != 1)
            Part(text, "INTERVAL", Interval.ToString(CultureInfo.InvariantCulture));
        if (Count is { } count)
            Part(text, "COUNT", count.ToString(CultureInfo.InvariantCulture));
        if (Until is { } until)
            Part(text, "UNTIL", Written(until));
        if (WeekStart != DayOfWeek.Monday)
            Part(text, "WKST", RecurrenceReader.WeekdayNames[(int)WeekStart]);
        List(text, "BYMONTH", Months);
        List(text, "BYWEEKNO", WeekNumbers);
        List(text, "BYYEARDAY", YearDays);
        List(text, "BYMONTHDAY", MonthDays);
        if (Days.Count > 0)
            Part(text, "BYDAY", string.Join(',', Days.Select(d => (d.Ordinal == 0 ? "" : d.Ordinal.ToString(CultureInfo.InvariantCulture)) + RecurrenceReader.WeekdayNames[(int)d.Day])));
        List(text, "BYHOUR", Hours);
        List(text, "BYMINUTE", Minutes);
        List(text, "BYSECOND", Seconds);
        List(text, "BYSETPOS", Positions);
        if (Skip != Skip.Omit)
            Part(text, "SKIP", Skip == Skip.Backward ? "BACKWARD" : "FORWARD");
        return text.ToString();
    }

    /// <summary>The same rule with a UTC UNTIL written as the local time it means in this zone.</summary>
    public Recurrence InZone(LocalZone zone) =>
        Until is { Form: UntilForm.Utc } until ? this with { Until = new(zone.ToLocal(new(until.Time.Ticks, TimeSpan.Zero)), UntilForm.Local) } : this;

    private static string Upper(Frequency frequency) => RecurrenceReader.FrequencyNames[(int)frequency];

    private static string Written(Until until) =>
        until.Time.ToString(until.Form == UntilForm.Date ? "yyyyMMdd" : "yyyyMMdd'T'HHmmss", CultureInfo.InvariantCulture) + (until.Form == UntilForm.Utc ? "Z" : "");

    private static void List(StringBuilder text, string name, Parts<int> values)
    {
        if (values.Count > 0)
            Part(text, name, string.Join(',', values.Select(v => v.ToString(CultureInfo.InvariantCulture))));
    }

    private static void Part(StringBuilder text, string name, string value) => text.Append(';').Append(name).Append('=').Append(value);
}
