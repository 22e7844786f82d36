namespace BorderInfo.Contract.Calendars;

/// <summary>Pure: which parts may stand together (RFC 5545 §3.3.10), and months that lack every day named.</summary>
internal static class RecurrenceRules
{
    public static Refusal? Check(Recurrence rule)
    {
        if (rule.Count is not null && rule.Until is not null)
            return No("COUNT", "rrule.count-and-until");
        return Together(rule) ?? Ordinals(rule) ?? Never(rule);
    }

    private static Refusal? Together(Recurrence rule)
    {
        var frequency = rule.Frequency;
        if (rule.WeekNumbers.Count > 0 && frequency != Frequency.Yearly)
            return NotWith("BYWEEKNO", frequency, "FREQ=YEARLY");
        if (rule.YearDays.Count > 0 && frequency is (Frequency.Daily or Frequency.Weekly or Frequency.Monthly))
            return NotWith("BYYEARDAY", frequency, "FREQ=YEARLY");
        if (rule.MonthDays.Count > 0 && frequency == Frequency.Weekly)
            return NotWith("BYMONTHDAY", frequency, "FREQ=MONTHLY");
        var others = rule.Months.Count + rule.WeekNumbers.Count + rule.YearDays.Count + rule.MonthDays.Count + rule.Days.Count + rule.Hours.Count + rule.Minutes.Count + rule.Seconds.Count;
        return rule.Positions.Count > 0 && others == 0 ? No("BYSETPOS", "rrule.position-alone", "BYDAY=MO,TU,WE,TH,FR") : null;
    }

    private static Refusal? Ordinals(Recurrence rule)
    {
        var numbered = rule.Days.FirstOrDefault(d => d.Ordinal != 0);
        if (numbered.Ordinal == 0)
            return null;
        if (rule.Frequency is not (Frequency.Monthly or Frequency.Yearly) || rule.WeekNumbers.Count > 0)
            return No("BYDAY", "rrule.ordinal", $"{numbered.Ordinal}{RecurrenceReader.WeekdayNames[(int)numbered.Day]}", RecurrenceReader.WeekdayNames[(int)numbered.Day]);
        return null;
    }

    /// <summary>Every named day is one that every named month lacks: 31/11. Other rules that never occur show only by looking for them.</summary>
    private static Refusal? Never(Recurrence rule)
    {
        if (rule.MonthDays.Count == 0 || rule.Months.Count == 0 || (rule.Skip != Skip.Omit && rule.Frequency >= Frequency.Monthly))
            return null;
        var longest = rule.Months.Max(m => DateTime.DaysInMonth(2024, m));
        if (rule.MonthDays.Any(d => Math.Abs(d) <= longest))
            return null;
        var month = rule.Months.First(m => DateTime.DaysInMonth(2024, m) == longest);
        return No("BYMONTHDAY", "rrule.never", $"{rule.MonthDays[0]}/{month}", $"{DateTime.DaysInMonth(2023, month)}/{month}");
    }

    private static Refusal NotWith(string part, Frequency frequency, string proposal) => No(part, "rrule.not-with", part, "FREQ=" + RecurrenceReader.FrequencyNames[(int)frequency], proposal);

    private static Refusal No(string part, string code, params string[] with) => new(code, with) { Field = part };
}
