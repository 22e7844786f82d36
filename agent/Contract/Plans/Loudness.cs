namespace BorderInfo.Contract.Plans;

/// <summary>No louder than <paramref name="Percent"/> over a stretch; the last one of a list may go on.</summary>
internal readonly record struct Loudness(long From, long Until, int Percent)
{
    /// <summary>How loud the loudspeaker may be from the start of the local day to the end of the next one, without a gap; empty = as its output says all along.</summary>
    /// <remarks>A text may run on into the next day, never beyond it.</remarks>
    public static Loudness[] Near(OutputPlan plan, DateOnly day)
    {
        var caps = new List<Loudness>();
        foreach (var rule in plan.Output.QuietRules)
        {
            for (var d = day.AddDays(-1); rule.VolumePercent is { } percent && d <= day.AddDays(1); d = d.AddDays(1))
            {
                if (rule.StartsOn(d) && plan.Local.Of(d, rule.Window) is { IsEmpty: false } window)
                    caps.Add(new(window.From, window.To, percent));
            }
        }

        if (caps.Count == 0)
            return [];
        var (start, end) = (plan.Local.StartOf(day), plan.Local.StartOf(day.AddDays(2)));
        var edges = caps.SelectMany(c => new[] { c.From, c.Until }).Append(start).Where(e => e >= start && e < end).Distinct().Order().ToArray();
        var told = new List<Loudness>();
        for (var i = 0; i < edges.Length; i++)
        {
            var (from, until) = (edges[i], i + 1 < edges.Length ? edges[i + 1] : end);
            var percent = caps.Where(c => c.From <= from && from < c.Until).Select(c => c.Percent).Append(plan.Output.VolumePercent).Min();
            if (told.Count > 0 && told[^1].Percent == percent)
                told[^1] = told[^1] with { Until = until };
            else
                told.Add(new(from, until, percent));
        }

        return [.. told];
    }
}
