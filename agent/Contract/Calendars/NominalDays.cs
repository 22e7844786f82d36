namespace BorderInfo.Contract.Calendars;

/// <summary>Pure: the nominal days of a rule's base within a stretch of days, before offset and filters.</summary>
internal sealed class NominalDays
{
    private readonly DayRule rule;
    private readonly HolidayTable holidays;
    private readonly Recurrence? recurrence;
    private readonly RecurrenceWalk? walk;

    public NominalDays(DayRule rule, HolidayTable holidays)
    {
        this.rule = rule;
        this.holidays = holidays;
        if (rule.Solar is not { } solar)
            return;
        recurrence = Recurrence.Parse(solar.Rule).Value;
        walk = recurrence.Walk(solar.Start.ToDateTime(solar.StartTime));
    }

    public bool HasStarts => recurrence is { } r && (r.Frequency < Frequency.Daily || r.Hours.Count + r.Minutes.Count + r.Seconds.Count > 0);

    /// <param name="from">First day number.</param>
    /// <param name="to">Last day number.</param>
    public IEnumerable<Nominal> Between(int from, int to)
    {
        from = Math.Max(from, 0);
        if (rule.Solar is not null)
            return Solar(from, to);
        if (rule.Lunar is { } lunar)
            return Lunar(lunar, from, to);
        return rule.Market is { } market ? Market(market, from, to) : Named(rule.Holidays!, from, to);
    }

    /// <summary>Starts of a nominal day, ascending.</summary>
    public TimeOnly[] StartsOn(int day) => [.. Occurrences(day, day).Select(TimeOnly.FromDateTime)];

    private static DateTime Midnight(int day) => new(day * TimeSpan.TicksPerDay);

    private IEnumerable<DateTime> Occurrences(int from, int to) => recurrence!.Between(walk!, Midnight(from), Midnight(to + 1).AddTicks(-1));

    /// <summary>A day with many starts is asked for its first only, then the next day; COUNT must be walked.</summary>
    private IEnumerable<Nominal> Solar(int from, int to)
    {
        if (HasStarts && recurrence!.Count is null)
        {
            while (from <= to && Occurrences(from, to).Select(o => (DateTime?)o).FirstOrDefault() is { } first)
            {
                from = DateOnly.FromDateTime(first).DayNumber;
                yield return Nominal.Solar(from++);
            }

            yield break;
        }

        var last = -1;
        foreach (var occurrence in Occurrences(from, to))
        {
            var day = DateOnly.FromDateTime(occurrence).DayNumber;
            if (day == last)
                continue;
            last = day;
            yield return Nominal.Solar(day);
        }
    }

    private static IEnumerable<Nominal> Market(MarketRule market, int from, int to)
    {
        for (var day = from; day <= to; day++)
        {
            if ((LunarCalendar.BranchOf(DateOnly.FromDayNumber(day)) & market.Branches) != 0)
                yield return Nominal.Solar(day);
        }
    }

    private IEnumerable<Nominal> Named(HolidayRule named, int from, int to) =>
        holidays.Entries.Where(e => named.Ids.Contains(e.Id)).SelectMany(e => HolidayDays.Between(e, from, to, named.Years)).Distinct().Order().Select(Nominal.Solar);

    private static IEnumerable<Nominal> Lunar(LunarRule lunar, int from, int to)
    {
        var first = Math.Max(DateOnly.FromDayNumber(from).Year - 1, LunarCalendar.FirstYear);
        var last = Math.Min(DateOnly.FromDayNumber(to).Year, LunarCalendar.LastYear);
        for (var year = first; year <= last; year++)
        {
            foreach (var nominal in OfYear(lunar, year, LunarCalendar.Year(year)))
            {
                if (nominal.Day >= from && nominal.Day <= to)
                    yield return nominal;
            }
        }
    }

    private static IEnumerable<Nominal> OfYear(LunarRule lunar, int year, LunarYear table)
    {
        for (var index = 0; index < table.Months; index++)
        {
            var (month, leap) = (table.NumberOf(index), table.IsLeap(index));
            if (lunar.LeapMonths is LeapMonths.Regular && leap || lunar.LeapMonths is LeapMonths.Leap && !leap || (lunar.Months.Count > 0 && !lunar.Months.Contains(month)))
                continue;
            foreach (var day in lunar.Days)
            {
                if (Placed(table, index, day, lunar.Missing) is { } placed)
                    yield return new(placed, Nominal.LunarKey(year, month, leap, day < 0 ? 31 : day));
            }
        }

        if (lunar.LastDayOfYear)
            yield return new(table.NextYear - 1, Nominal.LunarKey(year, 13, false, 1));
    }

    private static int? Placed(LunarYear table, int index, int day, Skip missing)
    {
        var length = table.LengthOf(index);
        if (day <= length)
            return table.StartOf(index) + (day < 0 ? length : day) - 1;
        return missing == Skip.Omit ? null : table.StartOf(index) + length - (missing == Skip.Backward ? 1 : 0);
    }
}
