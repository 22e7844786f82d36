using System.Globalization;
using BorderInfo.Contract.Calendars;
using BorderInfo.Contract.Plans;
using BorderInfo.Server.Fleet.Public;
using BorderInfo.Server.Identity.Public;
using BorderInfo.Server.Platform.Pages;
using BorderInfo.Server.Scheduling.Public;

namespace BorderInfo.Server.Scheduling;

/// <summary>Pure island: what a schedule must be before it may be written down.</summary>
internal static class ScheduleRules
{
    public const int LongestName = 120;
    public const int MostItems = PlanLimits.ItemsPerEntry;
    public const int MostWindows = PlanLimits.WindowsPerEntry;

    public static Refusal? Check(ScheduleView s) => Check(s, HolidayTable.Empty);

    public static Refusal? Check(ScheduleView s, HolidayTable holidays) =>
        Name(s) ?? TierOf(s) ?? Members(s) ?? Weights(s) ?? Days(s) ?? Windows(s.Windows) ?? DaysByRule(s, holidays) ?? Starts(s, holidays) ?? Speakers(s) ?? PaceRules.Check(s.Pace);

    /// <summary>Emergency schedules only by approvers and administrators; every schedule by an editor, approver or administrator.</summary>
    public static Refusal? MayWrite(Actor actor, Tier tier)
    {
        var senior = actor.Is(Roles.Approver) || actor.Is(Roles.Administrator);
        if (!senior && !actor.Is(Roles.Editor))
            return new("schedule.not-allowed");
        return tier == Tier.Emergency && !senior ? new("schedule.emergency-not-allowed") { Field = "tier" } : null;
    }

    /// <summary>Every target must name something inside the area; a place outside is refused by its name.</summary>
    public static Refusal? WithinArea(ScheduleView s, AreaScope area, IReadOnlyList<Cluster> all)
    {
        foreach (var target in s.Targets)
        {
            var hit = all.Where(c => TargetResolver.HitsCluster(target, c)).ToArray();
            if (!Allowed(target, hit, area))
                return new("schedule.out-of-scope", target.Key) { Field = "targets" };
        }

        return null;
    }

    /// <summary>The actor may touch a schedule when every cluster that it reaches is his, or when it reaches none and he made it.</summary>
    public static bool MayTouch(Actor actor, ScheduleStand stand, IReadOnlyList<Cluster> all)
    {
        var reached = stand.Views.SelectMany(v => TargetResolver.Clusters(v.View.Targets, v.Area, all)).ToArray();
        return reached.Length == 0 ? actor.Scope.Everything || stand.CreatedBy == actor.UserId : reached.All(c => c.Within(actor.Scope));
    }

    /// <summary>The actor sees a schedule that reaches one of his clusters, or that he made.</summary>
    public static bool MaySee(Actor actor, ScheduleStand stand, IReadOnlyList<Cluster> all) => stand.SeenBy(actor, all);

    private static bool Allowed(Target target, Cluster[] hit, AreaScope area) => target.Width switch
    {
        _ when area.Everything => true,
        TargetWidth.Province => area.Provinces.Contains(target.Key),
        TargetWidth.Sector => area.Sectors.Contains(target.Key) || hit.Any(c => c.Within(area)),
        TargetWidth.GateClass or TargetWidth.Tag => true,
        TargetWidth.Commune => area.Communes.Contains(target.Key) || hit.Any(c => c.Within(area)),
        _ => hit.Length > 0 && hit.All(c => c.Within(area)),
    };

    private static Refusal? Name(ScheduleView s) =>
        string.IsNullOrWhiteSpace(s.Name) ? new("schedule.name-missing") { Field = "name" }
        : s.Name.Length > LongestName ? new("schedule.name-too-long", Text(LongestName)) { Field = "name" }
        : null;

    private static Refusal? TierOf(ScheduleView s) =>
        !Enum.IsDefined(s.Tier) || s.Tier is Tier.Live or Tier.SafeScreen ? new("schedule.tier-not-plannable") { Field = "tier" }
        : s.Number is < 1 or > 999 ? new("schedule.number-range") { Field = "number" }
        : null;

    private static Refusal? Members(ScheduleView s) =>
        s.Items.Count == 0 ? new("schedule.no-items") { Field = "items" }
        : s.Items.Count > MostItems ? new("schedule.too-many-items", Text(MostItems)) { Field = "items" }
        : s.Targets.Count == 0 ? new("schedule.no-targets") { Field = "targets" }
        : null;

    private static Refusal? Days(ScheduleView s)
    {
        if ((Reckoned(s.From, "from") ?? Reckoned(s.To ?? s.From, "to")) is { } beyond)
            return beyond;
        if (s.To < s.From)
            return new("schedule.days-reversed", s.To.Value.ToString("dd/MM/yyyy", CultureInfo.InvariantCulture), s.From.ToString("dd/MM/yyyy", CultureInfo.InvariantCulture)) { Field = "to" };
        if ((s.Weekdays & Weekdays.All) == 0)
            return new("schedule.no-weekday") { Field = "weekdays" };
        return s.Days is null && s.To is { } to && !DaysOf(s.From, to).Any(d => s.Weekdays.HasFlag(FlagOf(d))) ? new("schedule.weekday-never") { Field = "weekdays" } : null;
    }

    /// <summary>Days near the ends of the calendar itself break whoever reckons a day further.</summary>
    private static Refusal? Reckoned(DateOnly day, string field) =>
        day < DaySet.FirstDay || day > DaySet.LastDay ? new("day.range", LocalTime.Text(day), LocalTime.Text(day < DaySet.FirstDay ? DaySet.FirstDay : DaySet.LastDay)) { Field = field } : null;

    /// <summary>Null = it has no rule, or the rule is sound and leaves at least one day between first and last. The field begins with <c>days.</c> unless it is one of the schedule's own.</summary>
    public static Refusal? DaysByRule(ScheduleView s, HolidayTable holidays)
    {
        if (HasHoles(s.Days))
            return new("day.malformed") { Field = "days" };
        if (ScheduleDays.Planned(s).Rule?.Check(holidays) is not { } why)
            return null;
        return why with { Field = why.Field switch { null => "days", "first" => "from", "last" => "to", "weekdays" => "weekdays", { } within => "days." + within } };
    }

    /// <summary>A member is missing that JSON may leave out.</summary>
    public static bool HasHoles(DayRule? rule) => rule is { Solar: { Rule: null } } or { Holidays: { Ids: null } };

    private static Refusal? Starts(ScheduleView s, HolidayTable holidays) =>
        s.Windows.Count != 1 && s.Days is { } rule && ScheduleDays.SetOf(rule, holidays) is { HasStarts: true }
            ? new("schedule.starts-one-window", Text(s.Windows.Count), Text(s.Windows[0])) { Field = "windows" }
            : null;

    private static Refusal? Weights(ScheduleView s)
    {
        if (!Enum.IsDefined(s.Order))
            return new("schedule.order") { Field = "order" };
        foreach (var weight in s.Weights)
        {
            if (weight.Weight is < 1 or > PlanLimits.Weight)
                return new("schedule.weight-range", Text(weight.Weight), Text(PlanLimits.Weight), Text(Math.Clamp(weight.Weight, 1, PlanLimits.Weight))) { Field = "weights" };
            if (!s.Items.Contains(weight.Item) || s.Weights.Count(w => w.Item == weight.Item) > 1)
                return new("schedule.weight-item", weight.Item.Value ?? "") { Field = "weights" };
        }

        return null;
    }

    private static IEnumerable<DateOnly> DaysOf(DateOnly from, DateOnly to) =>
        Enumerable.Range(0, Math.Min(7, to.DayNumber - from.DayNumber + 1)).Select(from.AddDays);

    public static Weekdays FlagOf(DateOnly day) => day.DayOfWeek == DayOfWeek.Sunday ? Weekdays.Sunday : (Weekdays)(1 << ((int)day.DayOfWeek - 1));

    /// <summary>Equal ends mean the whole day and only as 00:00–00:00; windows of one schedule may not overlap. Each refusal proposes what to write.</summary>
    public static Refusal? Windows(IReadOnlyList<TimeWindow> windows)
    {
        if (windows.Count is 0 or > MostWindows)
            return new("schedule.windows-count", Text(MostWindows)) { Field = "windows" };
        foreach (var w in windows.Where(w => w != TimeWindow.WholeDay && (w.From == w.To || w.Length < TimeSpan.FromMinutes(1))))
            return new("schedule.window-empty", Text(w.From), "00:00–00:00") { Field = "windows" };
        var stretches = windows.Select(w => (W: w, Start: w.From.ToTimeSpan(), End: w.From.ToTimeSpan() + w.Length)).OrderBy(w => w.Start).ToArray();
        for (var i = 0; i < stretches.Length; i++)
        {
            var next = i + 1 < stretches.Length ? stretches[i + 1] : (stretches[0].W, stretches[0].Start + TimeSpan.FromDays(1), stretches[0].End + TimeSpan.FromDays(1));
            if (stretches.Length > 1 && stretches[i].End > next.Item2)
                return new("schedule.windows-overlap", Text(stretches[i].W), Text(next.Item1), Text(Joined(stretches[i].W, next.Item1))) { Field = "windows" };
        }

        return null;
    }

    private static TimeWindow Joined(TimeWindow a, TimeWindow b) =>
        new(a.From, b.From.ToTimeSpan() + b.Length > a.From.ToTimeSpan() + a.Length || b.From < a.From ? b.To : a.To);

    private static Refusal? Speakers(ScheduleView s) =>
        s.EveryMinutes is < 5 or > 1440 ? new("schedule.every-range") { Field = "everyMinutes" } : null;

    private static string Text(int n) => n.ToString(CultureInfo.InvariantCulture);

    private static string Text(TimeOnly t) => t.ToString("HH:mm", CultureInfo.InvariantCulture);

    public static string Text(TimeWindow w) => $"{Text(w.From)}–{Text(w.To)}";
}
