using BorderInfo.Contract.Calendars;

namespace BorderInfo.Contract.Plans;

/// <summary>The part of <see cref="PlanRules"/> that looks at the entries.</summary>
internal static class EntryRules
{
    public static Refusal? Check(PlayPlan plan)
    {
        var ids = new HashSet<string>(StringComparer.Ordinal);
        var items = plan.Items.Select(i => i.Id).ToHashSet();
        var outputs = plan.Outputs.Select(o => o.Id).ToHashSet();
        var holidays = new HolidayTable(plan.Holidays);
        if (holidays.Check() is { } unsound)
            return new("plan.holidays", unsound.With.FirstOrDefault() ?? "", unsound.Code);
        foreach (var entry in plan.Entries)
        {
            if (!ids.Add(entry.Id))
                return new("plan.entry-twice", entry.Id);
            if ((Ranked(entry) ?? When(entry) ?? Days(entry, holidays) ?? Names(entry, items, outputs) ?? Slots(entry, plan) ?? InStep(entry, plan)) is { } refusal)
                return refusal;
        }

        return SharesRules.Check(plan);
    }

    private static Refusal? Ranked(PlanEntry entry)
    {
        if (entry.Id.Length is 0 or > PlanLimits.IdLength)
            return new("plan.text", entry.Id);
        if (!Enum.IsDefined(entry.Tier) || entry.Tier == Tier.SafeScreen || !Enum.IsDefined(entry.Target))
            return new("plan.entry-tier", entry.Id);
        if (entry.Number is < 1 or > 999 || entry.Placed is { Typed: < 1 or > 999 })
            return new("plan.entry-number", entry.Id, $"{entry.Number}");
        return entry.Placed is { } placed ? Met(entry.Id, placed.Meetings) : null;
    }

    private static Refusal? Met(string id, IReadOnlyList<CommuneMeeting> meetings) =>
        meetings.Any(m => m is null || m.With.Length is 0 or > PlanLimits.IdLength || m.DecidedBy?.Length > PlanLimits.TextLength)
            ? new("plan.text", id)
            : PlanRules.TooMany(id, meetings.Count, PlanLimits.Entries);

    private static Refusal? When(PlanEntry entry)
    {
        if (entry.To < entry.From)
            return new("plan.entry-dates", entry.Id);
        if (entry.Weekdays is <= Weekdays.None or > Weekdays.All)
            return new("plan.entry-weekdays", entry.Id);
        if (entry.Windows.Count == 0 || !entry.Windows.All(PlanRules.Sound))
            return new("plan.window", entry.Id);
        if (entry.EveryMinutes is < 5 or > 1440)
            return new("plan.every-minutes", entry.Id, $"{entry.EveryMinutes}");
        return PlanRules.TooMany(entry.Id, entry.Windows.Count, PlanLimits.WindowsPerEntry);
    }

    /// <summary>The rule's own code comes second.</summary>
    private static Refusal? Days(PlanEntry entry, HolidayTable holidays)
    {
        if (entry.Days is not { } rule)
            return null;
        if (rule.Check(holidays) is { } unsound)
            return new("plan.days", [entry.Id, unsound.Code, .. unsound.With]);
        return entry.Windows.Count != 1 && new DaySet(rule, holidays).HasStarts ? new("plan.starts", entry.Id, $"{entry.Windows.Count}") : null;
    }

    private static Refusal? Names(PlanEntry entry, HashSet<ItemId> items, HashSet<OutputId> outputs)
    {
        if (entry.Items.Count == 0 || entry.Items.Any(i => !items.Contains(i)))
            return new("plan.entry-item", entry.Id, entry.Items.FirstOrDefault(i => !items.Contains(i)).Value ?? "");
        if (entry.Outputs.Count == 0 || entry.Outputs.Any(o => !outputs.Contains(o)))
            return new("plan.entry-output", entry.Id, entry.Outputs.FirstOrDefault(o => !outputs.Contains(o)).Value ?? "");
        if (!Enum.IsDefined(entry.Order))
            return new("plan.malformed", entry.Id);
        if (entry.Weights.Count > 0 && (entry.Weights.Count != entry.Items.Count || entry.Weights.Any(w => w is < 1 or > PlanLimits.Weight)))
            return new("plan.weights", entry.Id, $"{entry.Items.Count}", $"{PlanLimits.Weight}");
        return Paced(entry) ?? PlanRules.TooMany(entry.Id, entry.Items.Count, PlanLimits.ItemsPerEntry);
    }

    private static Refusal? Paced(PlanEntry entry)
    {
        if (entry.SharePercent is < 1 or > 100 || entry.ShareSeconds is < 1 or > 3600 || (entry.SharePercent is not null && entry.ShareSeconds is not null))
            return new("plan.share", entry.Id);
        return entry.MostPerHour is < 1 or > PlanLimits.MostPerHour || entry.LeastGapSeconds is < 1 or > PlanLimits.LeastGap
            ? new("plan.pace", entry.Id, $"{PlanLimits.MostPerHour}", $"{PlanLimits.LeastGap}")
            : null;
    }

    /// <summary>What is longer than a slot could never be shown.</summary>
    private static Refusal? Slots(PlanEntry entry, PlayPlan plan)
    {
        if (entry.SlotMinutes is not { } minutes)
            return null;
        if (minutes < 5 || minutes > 60 || 60 % minutes != 0)
            return new("plan.slot", entry.Id, "", $"{minutes}");
        var screens = plan.Outputs.Where(o => o.Kind != OutputKind.Speaker && entry.Outputs.Contains(o.Id)).ToArray();
        return plan.Items.Where(i => entry.Items.Contains(i.Id)).FirstOrDefault(i => screens.Any(o => PartsHere.Of(i, o).Sum(p => (long)p.DurationMs) > minutes * 60_000L)) is { } item
            ? new("plan.slot", entry.Id, item.Id.Value, $"{minutes}")
            : null;
    }

    /// <summary>A voice gives the step, a screen follows; a pace would be a second step.</summary>
    private static Refusal? InStep(PlanEntry entry, PlayPlan plan)
    {
        if (!entry.InStep)
            return null;
        var speakers = plan.Outputs.Where(o => entry.Outputs.Contains(o.Id)).Count(o => o.Kind == OutputKind.Speaker);
        return speakers == 0 || speakers == entry.Outputs.Count || Pace.Of(entry).IsAny ? new("plan.in-step", entry.Id) : null;
    }
}
