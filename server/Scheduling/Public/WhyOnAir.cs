using BorderInfo.Contract.Plans;

namespace BorderInfo.Server.Scheduling.Public;

/// <summary>How an entry stands at an output at an instant.</summary>
public enum EntryStanding
{
    /// <summary>On air.</summary>
    OnAir,

    /// <summary>Shares the output with what is on air: its turn comes.</summary>
    InTurn,

    /// <summary>Due, but something of a better rank is on.</summary>
    Outranked,

    /// <summary>Due, but it is quiet hours on this speaker.</summary>
    Silenced,
    BeforeItsDays,
    AfterItsDays,
    NotThisWeekday,
    OutsideItsWindow,

    /// <summary>None of its items is in force at the instant.</summary>
    ItemsNotInForce,

    /// <summary>A speaker has said it, or says it later.</summary>
    BetweenTurns,
}

/// <summary>An entry that names the output, and why it is or isn't on.</summary>
public sealed record EntryReason(PlanEntry Entry, EntryStanding Standing);

/// <summary>What is on at an output at an instant, and how every entry of the output stands to it.</summary>
public sealed record Why(OnAir OnAir, IReadOnlyList<EntryReason> Entries);

/// <summary>Pure island: the reason for what is on air. Whether an entry alone would be on is asked of <see cref="PlanClock"/> too, so the reasons can't disagree with the screen.</summary>
public static class WhyOnAir
{
    public static Why At(PlayPlan plan, OutputId output, DateTimeOffset instant)
    {
        var air = new PlanClock(plan).At(output, instant);
        var reasons = plan.Entries
            .Where(e => e.Outputs.Contains(output))
            .OrderBy(e => e.Tier).ThenBy(e => e.Number).ThenBy(e => e.Target).ThenBy(e => !e.OneOff).ThenBy(e => e.Id, StringComparer.Ordinal)
            .Select(e => new EntryReason(e, Standing(plan, e, output, instant, air)))
            .ToArray();
        return new(air, reasons);
    }

    private static EntryStanding Standing(PlayPlan plan, PlanEntry entry, OutputId output, DateTimeOffset instant, OnAir air)
    {
        if (air.Entry?.Id == entry.Id)
            return EntryStanding.OnAir;
        var alone = new PlanClock(plan with { Entries = [entry] }).At(output, instant);
        if (alone.Because == Because.QuietHours)
            return EntryStanding.Silenced;
        if (alone.Entry is null)
            return Idle(plan, entry, output, instant);
        return air.Entry is { } on && on.Tier == entry.Tier && on.Number == entry.Number && on.Target == entry.Target && on.OneOff == entry.OneOff
            ? EntryStanding.InTurn
            : EntryStanding.Outranked;
    }

    /// <summary>The first thing that keeps an entry from being due.</summary>
    private static EntryStanding Idle(PlayPlan plan, PlanEntry entry, OutputId output, DateTimeOffset instant)
    {
        var local = TimeZoneInfo.ConvertTime(instant, TimeZoneInfo.FindSystemTimeZoneById(plan.TimeZone)).DateTime;
        var (day, time) = (DateOnly.FromDateTime(local), TimeOnly.FromDateTime(local));
        // The day whose windows could hold the instant: today, or yesterday by a window over midnight.
        var days = entry.Windows.SelectMany(w => Holds(w, day, time)).Distinct().ToArray();
        if (days.Length == 0)
            return day < entry.From ? EntryStanding.BeforeItsDays : day > entry.To ? EntryStanding.AfterItsDays : EntryStanding.OutsideItsWindow;
        if (days.All(d => d < entry.From))
            return EntryStanding.BeforeItsDays;
        if (days.All(d => d > entry.To))
            return EntryStanding.AfterItsDays;
        if (days.All(d => !entry.Weekdays.HasFlag(FlagOf(d))))
            return EntryStanding.NotThisWeekday;
        var inForce = plan.Items.Any(i => entry.Items.Contains(i.Id) && i.ValidFrom <= instant && instant < i.ValidUntil && i.Parts.Any(p => p.Output == output));
        return inForce ? EntryStanding.BetweenTurns : EntryStanding.ItemsNotInForce;
    }

    private static IEnumerable<DateOnly> Holds(TimeWindow window, DateOnly day, TimeOnly time)
    {
        if (time >= window.From && (window.OverMidnight || time < window.To))
            yield return day;
        if (window.OverMidnight && time < window.To)
            yield return day.AddDays(-1);
    }

    private static Weekdays FlagOf(DateOnly day) => day.DayOfWeek == DayOfWeek.Sunday ? Weekdays.Sunday : (Weekdays)(1 << ((int)day.DayOfWeek - 1));
}
