namespace BorderInfo.Contract.Plans;

/// <summary>The part of <see cref="PlanRules"/> that adds up shares: entries of one rank at one output may not be promised more than an hour of an hour.</summary>
/// <remarks>Only what is certain is refused: a day on which all of them surely run. Entries with a rule for their days are left out, so that more may be promised there; the clock then gives to each in turn who is behind.</remarks>
internal static class SharesRules
{
    public static Refusal? Check(PlayPlan plan)
    {
        var shared = plan.Entries.Where(e => Pace.Of(e).Share > 0 && e.Days is null).ToArray();
        foreach (var rank in shared.GroupBy(Rank.Of))
        {
            foreach (var output in rank.SelectMany(e => e.Outputs).Distinct())
            {
                if (OfOne([.. rank.Where(e => e.Outputs.Contains(output))]) is { } entry)
                    return new("plan.shares", entry.Id, output.Value);
            }
        }

        return null;
    }

    /// <summary>The first entry with whose window too much is promised. Days that have one in common have the first day of one of them, or one of the six after it, in common.</summary>
    private static PlanEntry? OfOne(PlanEntry[] entries)
    {
        if (entries.Sum(e => Pace.Of(e).Share) <= 3600)
            return null;
        foreach (var day in entries.Select(e => e.From).Distinct().Where(d => d < DateOnly.MaxValue.AddDays(-7)).SelectMany(d => Enumerable.Range(0, 7).Select(d.AddDays)))
        {
            var running = entries.Where(e => e.From <= day && !(day > e.To) && e.Weekdays.HasFlag(EntryDays.FlagOf(day))).ToArray();
            foreach (var entry in running)
            {
                if (entry.Windows.Any(w => running.Where(e => e.Windows.Any(o => Holds(o, w.From))).Sum(e => Pace.Of(e).Share) > 3600))
                    return entry;
            }
        }

        return null;
    }

    /// <summary>The window that starts on the same day holds the local time.</summary>
    private static bool Holds(TimeWindow window, TimeOnly at) => at >= window.From && (window.OverMidnight || at < window.To);
}
