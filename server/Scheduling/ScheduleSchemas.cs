using BorderInfo.Contract.Calendars;
using BorderInfo.Contract.Plans;
using BorderInfo.Server.Scheduling.Public;
using Microsoft.AspNetCore.OpenApi;

namespace BorderInfo.Server.Scheduling;

/// <summary>What the OpenAPI document says of the types of a day rule, which belong to the contract.</summary>
internal static class ScheduleSchemas
{
    private static readonly Dictionary<Type, string> Said = new()
    {
        [typeof(DayRule)] = """
            On which local days something runs. Exactly one of solar, lunar, market and holidays. Order of work: days of that base → offsetDays (−60…60) → weekdays, onHolidays → first, last → count (not with solar, which has COUNT) → exclusions → additions.
            An exclusion is the id of an occurrence: its date before the offset, 2026-11-30, or for lunar rules L2026-08-15, L2025-06n-15 in a leap month, day 31 = last of the month, L2026-13-01 = last day of the lunar year. At most 1,000 exclusions and 1,000 additions.
            Example, 1st and 15th of every lunar month, the day before, but not on public holidays: {"lunar":{"days":[1,15]},"offsetDays":-1,"onHolidays":{"only":false}}
            """,
        [typeof(SolarRule)] = "An RRULE of RFC 5545 (with SKIP of RFC 7529) and its DTSTART; not SECONDLY, no UTC UNTIL, COUNT up to 50,000. The interval is counted from start. Example: {\"rule\":\"FREQ=MONTHLY;INTERVAL=2;BYDAY=-1FR\",\"start\":\"2026-11-23\"}. A rule that names times within the day takes exactly one window, whose length counts, and begins at startTime.",
        [typeof(LunarRule)] = "Days 1…30 of the Vietnamese lunar calendar, −1 = last of the month; months 1…12, empty = every; leapMonths Regular, Leap or Both; missing = what becomes of day 30 in months of 29 days; lastDayOfYear = the day before 1/1.",
        [typeof(MarketRule)] = "Days of these branches: Ty, Suu, Dan, Mao, Thin, Ti (Tỵ), Ngo, Mui, Than, Dau, Tuat, Hoi, joined by commas. Example: {\"branches\":\"Suu, Mui\"}",
        [typeof(HolidayRule)] = "Entries of /api/v1/holidays by id; years = Every, Round (age ends in 0), RoundOrFive or Even.",
        [typeof(HolidayFilter)] = "only = true: only on these holidays; false: never on them. Without ids: every public holiday of the table.",
        [typeof(ItemWeight)] = "How often an item comes in one round, 1–20.",
        [typeof(SchedulePace)] = """
            On screens: a share of every local hour, most plays an hour and least gap of each item, programme slots; or inStep: the screens follow the loudspeaker. A plan that uses it needs an agent of contract level 3.
            Schedules of the same rank that surely run together at one output may not be promised more than 100 % of the hour: publishing refuses that. Example: {"sharePercent":25,"mostPerHour":6,"leastGapSeconds":300}
            """,
        [typeof(Holiday)] = "A named day or run of days of every year. Exactly one of solar and lunar; fromYear and toYear say in which years it holds, sinceYear is the year of the event.",
        [typeof(TimeWindow)] = "Half-open and local, HH:mm. An end at or before the start runs over midnight and belongs to the day it starts; 00:00–00:00 is the whole day.",
    };

    public static void Describe(OpenApiOptions options) => options.AddSchemaTransformer((schema, context, _) =>
    {
        if (Said.TryGetValue(context.JsonTypeInfo.Type, out var said))
            schema.Description = said;
        return Task.CompletedTask;
    });
}
