namespace BorderInfo.Contract.Calendars;

/// <summary>DAILY, WEEKLY, MONTHLY, YEARLY: the days of a period, then the times of each.</summary>
internal class DayWalk : RecurrenceWalk
{
    private readonly DayFilter filter;
    private readonly int[] monthDays;

    public DayWalk(Recurrence rule, DateTime start)
        : base(rule, start)
    {
        var free = rule.WeekNumbers.Count + rule.YearDays.Count + rule.MonthDays.Count + rule.Days.Count == 0;
        int[] months = free && rule is { Frequency: Frequency.Yearly, Months.Count: 0 } ? [start.Month] : [.. rule.Months];
        monthDays = free && rule.Frequency >= Frequency.Monthly ? [start.Day] : [.. rule.MonthDays];
        var ownWeekday = rule.Days.Count == 0 && ((free && rule.Frequency == Frequency.Weekly) || (rule.WeekNumbers.Count > 0 && rule.YearDays.Count + rule.MonthDays.Count == 0));
        filter = new(rule, months, ownWeekday ? [new(0, start.DayOfWeek)] : rule.Days.Span);
        Times = Offsets();
    }

    protected long[] Times { get; }

    public override IEnumerable<long> Between(long from, long to)
    {
        var days = new List<long>();
        var barren = 0L;
        for (var period = PeriodAt(from); PeriodStart(period) is var opens && opens < End && opens <= to && barren < Recurrence.MaxBarren; period++)
        {
            barren += (PeriodStart(period + 1) - opens) / TimeSpan.TicksPerDay / Rule.Interval + 1;
            days.Clear();
            Days(period, days);
            if (Rule.Positions.Count == 0)
                days.RemoveAll(day => day + TimeSpan.TicksPerDay <= from);
            foreach (var member in Members(days, Times))
            {
                if (member < from || member < Start.Ticks)
                    continue;
                barren = 0;
                yield return member;
            }
        }
    }

    /// <summary>The last period that opens at or before a moment, 0 or more.</summary>
    protected long PeriodAt(long ticks)
    {
        var moment = new DateTime(Math.Clamp(ticks, Start.Ticks, End));
        long steps = Rule.Frequency switch
        {
            Frequency.Yearly => moment.Year - Start.Year,
            Frequency.Monthly => MonthOf(moment) - MonthOf(Start),
            Frequency.Weekly => (WeekOf(moment) - WeekOf(Start)) / 7,
            _ => DayOf(moment) - DayOf(Start),
        };
        return steps / Rule.Interval;
    }

    /// <summary>Ticks; <see cref="RecurrenceWalk.End"/> = beyond the calendar.</summary>
    protected long PeriodStart(long period)
    {
        var steps = period * Rule.Interval;
        if (Rule.Frequency >= Frequency.Monthly)
        {
            var month = Rule.Frequency == Frequency.Yearly ? (Start.Year + steps) * 12 : MonthOf(Start) + steps;
            return month >= 120_000 ? End : new DateTime((int)(month / 12), (int)(month % 12) + 1, 1).Ticks;
        }

        var day = Rule.Frequency == Frequency.Weekly ? WeekOf(Start) + steps * 7 : DayOf(Start) + steps;
        return day > DateOnly.MaxValue.DayNumber ? End : day * TimeSpan.TicksPerDay;
    }

    /// <summary>The days of a period, ascending, as ticks. Where SKIP moves days they may lie just outside.</summary>
    protected void Days(long period, List<long> days)
    {
        var opens = DateOnly.FromDateTime(new(Math.Max(PeriodStart(period), 0)));
        if (Rule.Frequency == Frequency.Yearly && monthDays.Length == 0 && Rule.YearDays.Count > 0)
            YearDays(opens.Year, days);
        else if (Rule.Frequency == Frequency.Yearly)
            Months(opens, 12, days);
        else if (Rule.Frequency == Frequency.Monthly)
            Months(opens, 1, days);
        else
            Plain(opens, Rule.Frequency == Frequency.Weekly ? 7 : 1, days);
        Sort(days);
    }

    private void Plain(DateOnly first, int length, List<long> days)
    {
        for (var i = 0; i < length && first.DayNumber + i <= DateOnly.MaxValue.DayNumber; i++)
        {
            if (filter.All(first.AddDays(i)))
                Add(first.AddDays(i), days);
        }
    }

    private void Months(DateOnly opens, int count, List<long> days)
    {
        for (var i = 0; i < count; i++)
        {
            var month = new DateOnly(opens.Year, opens.Month + i, 1);
            if (!filter.Month(month.Month))
                continue;
            var length = DateTime.DaysInMonth(month.Year, month.Month);
            foreach (var number in monthDays)
                Keep(Placed(month, number, length), days);
            for (var day = 0; day < length && monthDays.Length == 0; day++)
                Keep(month.AddDays(day), days);
        }
    }

    private void YearDays(int year, List<long> days)
    {
        foreach (var number in Rule.YearDays)
        {
            if (Placed(new DateOnly(year, 1, 1), number, DayFilter.DaysIn(year)) is { } day && filter.Month(day.Month))
                Keep(day, days);
        }
    }

    private void Keep(DateOnly? day, List<long> days)
    {
        if (day is { } kept && filter.Weekday(kept) && filter.WeekNumber(kept) && (Rule.YearDays.Count == 0 || monthDays.Length == 0 || filter.YearDay(kept)))
            Add(kept, days);
    }

    /// <summary>The day number of month or year, counted from its end if negative; what it lacks goes where SKIP says.</summary>
    private DateOnly? Placed(DateOnly first, int number, int length)
    {
        if (Math.Abs(number) <= length)
            return first.AddDays(number > 0 ? number - 1 : length + number);
        var before = number > 0 ? length - 1 : -1;
        var moved = first.DayNumber + (Rule.Skip == Skip.Backward ? before : before + 1);
        return Rule.Skip == Skip.Omit || moved < 0 || moved > DateOnly.MaxValue.DayNumber ? null : DateOnly.FromDayNumber(moved);
    }

    private static void Add(DateOnly day, List<long> days) => days.Add(day.DayNumber * TimeSpan.TicksPerDay);

    private static void Sort(List<long> days)
    {
        days.Sort();
        for (var i = days.Count - 1; i > 0; i--)
        {
            if (days[i] == days[i - 1])
                days.RemoveAt(i);
        }
    }

    private static int MonthOf(DateTime time) => time.Year * 12 + time.Month - 1;

    private static int DayOf(DateTime time) => (int)(time.Ticks / TimeSpan.TicksPerDay);

    private int WeekOf(DateTime time) => DayFilter.WeekOf(DayOf(time), Rule.WeekStart);
}

/// <summary>MONTHLY and YEARLY with SKIP=BACKWARD or FORWARD: a moved day may lie in a neighbouring period, so occurrences are put in order and told once.</summary>
internal sealed class SkipWalk(Recurrence rule, DateTime start) : DayWalk(rule, start)
{
    public override IEnumerable<long> Between(long from, long to)
    {
        var whole = Rule.Positions.Count == 0;
        var waiting = new SortedSet<long>();
        var days = new List<long>();
        var barren = 0L;
        for (var period = Math.Max(0, PeriodAt(from) - 1); PeriodStart(period) < End && PeriodStart(period) - TimeSpan.TicksPerDay <= to && barren < Recurrence.MaxBarren; period++)
        {
            barren++;
            days.Clear();
            Days(period, days);
            waiting.UnionWith(whole ? days : Members(days, Times));
            while (waiting.Count > 0 && waiting.Min < PeriodStart(period + 1) - TimeSpan.TicksPerDay)
            {
                foreach (var member in Taken(waiting, whole))
                {
                    if (member < from || member < Start.Ticks)
                        continue;
                    barren = 0;
                    yield return member;
                }
            }
        }

        while (waiting.Count > 0)
        {
            foreach (var member in Taken(waiting, whole).Where(m => m >= from && m >= Start.Ticks))
                yield return member;
        }
    }

    private IEnumerable<long> Taken(SortedSet<long> waiting, bool whole)
    {
        var first = waiting.Min;
        waiting.Remove(first);
        return whole ? Times.Select(t => first + t) : [first];
    }
}
