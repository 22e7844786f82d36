using System.Globalization;
using BorderInfo.Contract.Calendars;
using BorderInfo.Contract.Plans;
using BorderInfo.Server.Scheduling.Public;

namespace BorderInfo.Server.Scheduling;

/// <summary>What the form's “repeats” can be.</summary>
public enum RepeatKind
{
    /// <summary>First and last day and weekdays say all.</summary>
    Plain,
    Every,
    Lunar,
    Market,
    Holidays,

    /// <summary>RFC 5545, typed.</summary>
    Rule,
}

/// <summary>The part of the form that says on which days: texts that may be wrong, as in <see cref="ScheduleDraft"/>. Fields have the names of the form.</summary>
public sealed partial class RepeatDraft
{
    public RepeatKind Kind { get; set; }

    public string Every { get; set; } = "1";

    public Frequency Unit { get; set; } = Frequency.Weekly;

    /// <summary>Empty = the schedule's first day.</summary>
    public string Start { get; set; } = "";

    public bool ByWeekday { get; set; }

    public string MonthDays { get; set; } = "1";

    public Skip Missing { get; set; }

    public int Ordinal { get; set; } = 1;

    public DayOfWeek OrdinalDay { get; set; } = DayOfWeek.Monday;

    public int Month { get; set; } = 1;

    public string FirstHour { get; set; } = "";

    public string LastHour { get; set; } = "";

    public string LunarDays { get; set; } = "1, 15";

    public string LunarMonths { get; set; } = "";

    public LeapMonths Leap { get; set; }

    public Skip LunarMissing { get; set; }

    public bool YearEnd { get; set; }

    public Branches Branches { get; set; }

    public List<string> Named { get; set; } = [];

    public AnniversaryYears Years { get; set; }

    public string Rule { get; set; } = "";

    public string Offset { get; set; } = "0";

    /// <summary>Null = holidays make no difference.</summary>
    public bool? OnHolidays { get; set; }

    /// <summary>Empty = every public holiday.</summary>
    public List<string> Filter { get; set; } = [];

    public string Count { get; set; } = "";

    /// <summary>Days left out, one a line.</summary>
    public string Left { get; set; } = "";

    public string Added { get; set; } = "";

    /// <summary>What stood in <see cref="Left"/> when the form was opened, as <c>line=occurrence</c>: it keeps its name whatever else is changed.</summary>
    public string LeftBefore { get; set; } = "";

    /// <summary>Something of it matters: the form shows it unfolded.</summary>
    public bool Used => Kind != RepeatKind.Plain || Left.Length + Added.Length > 0 || OnHolidays is not null;

    public static RepeatDraft Read(IFormCollection form) => new()
    {
        Kind = Word<RepeatKind>(form["repeat"]),
        Every = form["every"].ToString(),
        Unit = Word<Frequency>(form["unit"]) is var unit && unit == Frequency.Secondly ? Frequency.Weekly : unit,
        Start = form["start"].ToString(),
        ByWeekday = form["monthBy"] == "weekday",
        MonthDays = form["monthDays"].ToString(),
        Missing = Word<Skip>(form["missing"]),
        Ordinal = Number(form["ordinal"]) is >= -5 and <= 5 and not 0 and var ordinal ? ordinal : 1,
        OrdinalDay = Word<DayOfWeek>(form["ordinalDay"]),
        Month = Number(form["month"]) is >= 1 and <= 12 and var month ? month : 1,
        FirstHour = form["firstHour"].ToString(),
        LastHour = form["lastHour"].ToString(),
        LunarDays = form["lunarDays"].ToString(),
        LunarMonths = form["lunarMonths"].ToString(),
        Leap = Word<LeapMonths>(form["leap"]),
        LunarMissing = Word<Skip>(form["lunarMissing"]),
        YearEnd = form["yearEnd"] == "1",
        Branches = (Branches)form["branch"].Sum(b => Number(b)) & Branches.All,
        Named = [.. form["holiday"].OfType<string>()],
        Years = Word<AnniversaryYears>(form["years"]),
        Rule = form["rule"].ToString(),
        Offset = form["offset"].ToString(),
        OnHolidays = form["onHolidays"].ToString() switch { "only" => true, "not" => false, _ => null },
        Filter = [.. form["filter"].OfType<string>()],
        Count = form["count"].ToString(),
        Left = form["left"].ToString(),
        LeftBefore = form["leftBefore"].ToString(),
        Added = form["added"].ToString(),
    };

    /// <summary>The form's field that a refusal is about, by the words of <see cref="DayRules"/> and of the form itself.</summary>
    public string? FieldOf(Refusal why) => why.Field switch
    {
        "days" => "repeat",
        "days.solar.rule" => Kind == RepeatKind.Rule ? "rule" : why.With.FirstOrDefault() is "BYMONTHDAY" || why.Code is "rrule.never" ? "monthDays" : why.Code == "day.count" ? "count" : "every",
        "days.solar.start" => "start",
        "days.lunar.days" or "days.lunar" => "lunarDays",
        "days.lunar.months" => "lunarMonths",
        "days.lunar.missing" => "lunarMissing",
        "days.lunar.leapMonths" => "leap",
        "days.market.branches" => "branch",
        "days.holidays.ids" => "holiday",
        "days.holidays.years" => "years",
        "days.onHolidays" or "days.onHolidays.ids" => "onHolidays",
        "days.offsetDays" => "offset",
        "days.exclusions" => "left",
        "days.additions" => "added",
        "days.count" => "count",
        _ => why.Field,
    };

    private static T Word<T>(string? text)
        where T : struct, Enum => Enum.TryParse<T>(text, out var word) && Enum.IsDefined(word) ? word : default;

    private static int Number(string? text) => int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var n) ? n : 0;
}
