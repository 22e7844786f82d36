using System.Numerics;
using BorderInfo.Contract.Plans;

namespace BorderInfo.Contract.Calendars;

/// <summary>
/// The days of a checked <see cref="DayRule"/>: one bit for each day, a year at a time when first asked. Allocation-free once warm, safe for many threads.
/// </summary>
/// <remarks>Days outside <see cref="FirstDay"/>…<see cref="LastDay"/> never hold.</remarks>
public sealed class DaySet
{
    public static readonly DateOnly FirstDay = LunarCalendar.FirstDay;

    public static readonly DateOnly LastDay = LunarCalendar.LastDay;

    private const int Words = 6;
    private const int KeptStarts = 16;

    private static readonly int Years = LastDay.Year - FirstDay.Year + 1;

    private readonly Lock filling = new();
    private readonly DayRule rule;
    private readonly HolidayTable holidays;
    private readonly NominalDays nominals;
    private readonly HashSet<int> excluded;
    private readonly HashSet<int> added;
    private readonly ulong[]?[] years = new ulong[Years][];
    private readonly int[] countedBefore = new int[Years + 1];
    private readonly Starts?[] starts = new Starts?[KeptStarts];
    private TimeOnly[]? ordinaryStarts;

    /// <exception cref="ArgumentException">The rule is not sound (<see cref="DayRule.Check"/>); a rule that never holds is an empty set.</exception>
    public DaySet(DayRule rule, HolidayTable holidays)
    {
        if (DayRules.Form(rule, holidays) is { } refusal)
            throw new ArgumentException(refusal.ToString(), nameof(rule));
        this.rule = rule;
        this.holidays = holidays;
        nominals = new(rule, holidays);
        excluded = [.. rule.Exclusions.Select(e => Nominal.KeyOf(e)!.Value)];
        added = [.. rule.Additions.Select(a => a.DayNumber)];
        HasStarts = nominals.HasStarts;
    }

    public bool Holds(DateOnly day)
    {
        var year = day.Year - FirstDay.Year;
        if ((uint)year >= (uint)Years)
            return false;
        var bit = day.DayOfYear - 1;
        return (Year(year)[bit >> 6] >> (bit & 63) & 1) != 0;
    }

    /// <summary>The first day after this one; null = none up to <see cref="LastDay"/>.</summary>
    public DateOnly? Next(DateOnly after)
    {
        if (after >= LastDay)
            return null;
        var from = after < FirstDay ? FirstDay : after.AddDays(1);
        var bit = from.DayOfYear - 1;
        for (var year = from.Year - FirstDay.Year; year < Years; year++, bit = 0)
        {
            var words = Year(year);
            for (var word = bit >> 6; word < Words; word++)
            {
                var rest = words[word] & (word == bit >> 6 ? ulong.MaxValue << (bit & 63) : ulong.MaxValue);
                if (rest != 0)
                    return DayAt(year, (word << 6) + BitOperations.TrailingZeroCount(rest));
            }
        }

        return null;
    }

    /// <summary>The last day before this one; null = none from <see cref="FirstDay"/>.</summary>
    public DateOnly? Previous(DateOnly before)
    {
        if (before <= FirstDay)
            return null;
        var from = before > LastDay ? LastDay : before.AddDays(-1);
        var bit = from.DayOfYear - 1;
        for (var year = from.Year - FirstDay.Year; year >= 0; year--, bit = 383)
        {
            var words = Year(year);
            for (var word = bit >> 6; word >= 0; word--)
            {
                var rest = words[word] & (word == bit >> 6 ? ulong.MaxValue >> (63 - (bit & 63)) : ulong.MaxValue);
                if (rest != 0)
                    return DayAt(year, (word << 6) + 63 - BitOperations.LeadingZeroCount(rest));
            }
        }

        return null;
    }

    /// <summary>The id of the occurrence on a day; null = it does not hold. An added day has its own date; where two occurrences fall on one day, the first that is not excluded counts. Allocates.</summary>
    public OccurrenceId? IdOf(DateOnly day)
    {
        if (!Holds(day))
            return null;
        var nominal = day.DayNumber - rule.OffsetDays;
        return added.Contains(day.DayNumber)
            ? OccurrenceId.Of(day)
            : Nominal.IdOf(nominals.Between(nominal, nominal).First(one => !excluded.Contains(one.Key)).Key);
    }

    /// <summary>The rule itself names starts within a day (HOURLY, MINUTELY, or BYHOUR, BYMINUTE, BYSECOND): <see cref="StartsOn"/> counts, windows of the schedule do not begin by themselves.</summary>
    public bool HasStarts { get; }

    /// <summary>Local start times of a day, ascending, at most 1,440. Empty when the day does not hold or the rule names none; an added day has the starts of the rule's first day.</summary>
    /// <remarks>The last 16 days asked for are kept.</remarks>
    public ReadOnlySpan<TimeOnly> StartsOn(DateOnly day)
    {
        if (!HasStarts || !Holds(day))
            return [];
        ref var place = ref starts[day.DayNumber % KeptStarts];
        var known = Volatile.Read(ref place);
        if (known?.Day == day.DayNumber)
            return known.Times;
        known = new(day.DayNumber, TimesOf(day.DayNumber));
        Volatile.Write(ref place, known);
        return known.Times;
    }

    private static DateOnly DayAt(int year, int bit) => new DateOnly(FirstDay.Year + year, 1, 1).AddDays(bit);

    private TimeOnly[] TimesOf(int day)
    {
        var own = nominals.StartsOn(day - rule.OffsetDays);
        if (own.Length > 0)
            return own;
        return ordinaryStarts ??= nominals.Between(rule.Solar!.Start.DayNumber, LastDay.DayNumber).Take(1).Select(n => nominals.StartsOn(n.Day)).FirstOrDefault([]);
    }

    private ulong[] Year(int year) => Volatile.Read(ref years[year]) ?? Fill(year);

    private ulong[] Fill(int year)
    {
        lock (filling)
        {
            var first = rule.Count is null ? year : Math.Min(year, rule.First!.Value.Year - FirstDay.Year);
            for (var y = first; y <= year; y++)
            {
                if (years[y] is null)
                    Volatile.Write(ref years[y], Days(y));
            }

            return years[year]!;
        }
    }

    private ulong[] Days(int year)
    {
        var from = DayAt(year, 0).DayNumber;
        var to = DayAt(year + 1, 0).DayNumber - 1;
        var words = new ulong[Words];
        var filter = rule.OnHolidays is { } only ? HolidaysOf(only, from, to) : null;
        var counted = countedBefore[year];
        var last = -1;
        foreach (var nominal in nominals.Between(from - rule.OffsetDays, to - rule.OffsetDays).OrderBy(n => n.Day))
        {
            var day = nominal.Day + rule.OffsetDays;
            if (!Passes(DateOnly.FromDayNumber(day), filter))
                continue;
            counted += day == last ? 0 : 1;
            last = day;
            if (counted <= (rule.Count ?? int.MaxValue) && !excluded.Contains(nominal.Key))
                Set(words, day - from);
        }

        countedBefore[year + 1] = counted;
        foreach (var day in added.Where(d => d >= from && d <= to))
            Set(words, day - from);
        return words;
    }

    private static void Set(ulong[] words, int bit) => words[bit >> 6] |= 1UL << (bit & 63);

    /// <param name="filter">The holidays of the stretch; null = not asked.</param>
    private bool Passes(DateOnly day, HashSet<int>? filter)
    {
        if (day < (rule.First ?? day) || day > (rule.Last ?? day) || (rule.Weekdays & Flag(day)) == 0)
            return false;
        return filter is null || filter.Contains(day.DayNumber) == rule.OnHolidays!.Only;
    }

    private HashSet<int> HolidaysOf(HolidayFilter filter, int from, int to) => [.. holidays.Of(filter).SelectMany(e => HolidayDays.Between(e, from, to))];

    private static Weekdays Flag(DateOnly day) => (Weekdays)(1 << (((int)day.DayOfWeek + 6) % 7));

    private sealed record Starts(int Day, TimeOnly[] Times);
}
