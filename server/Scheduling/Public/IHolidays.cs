using BorderInfo.Contract.Calendars;

namespace BorderInfo.Server.Scheduling.Public;

/// <summary>The table of holidays and anniversaries as the administrator keeps it.</summary>
public interface IHolidays
{
    /// <summary>Every entry that was not removed, in the order of the table. Sound by <see cref="HolidayTable.Check"/>.</summary>
    Task<HolidayTable> Table(CancellationToken stop);

    /// <summary>What an entry says, of a removed one what it said last; null = there never was one.</summary>
    Task<Holiday?> Entry(string id, CancellationToken stop);
}

/// <summary>An entry was added, changed, removed or brought back. Told in the transaction of the change.</summary>
public sealed record HolidayChanged(string Id);

/// <summary>Pure: which schedules look at a holiday.</summary>
public static class HolidayUse
{
    /// <summary>True when a change of the entry may change the schedule's days: its rule names it, or asks for every public holiday.</summary>
    public static bool LooksAt(this ScheduleView s, string id) =>
        s.Days is { } rule && ((rule.Holidays?.Ids.Contains(id) ?? false) || rule.OnHolidays is { Ids.Count: 0 } || (rule.OnHolidays?.Ids.Contains(id) ?? false));

    /// <summary>True when the rule names the entry itself, so that it can't be without it.</summary>
    public static bool Names(this ScheduleView s, string id) =>
        s.Days is { } rule && ((rule.Holidays?.Ids.Contains(id) ?? false) || (rule.OnHolidays?.Ids.Contains(id) ?? false));
}
