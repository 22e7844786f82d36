using System.Runtime.InteropServices;

namespace BorderInfo.Contract.Plans;

/// <summary>
/// The scenes of whole days, reckoned once for all days on which the same entries run: what a timeline of months is made of.
/// </summary>
/// <remarks>A day has its own shape when an item comes into force or goes, an entry is published or the clocks change on it or the day before.</remarks>
internal sealed class DayShapes(OutputPlan plan)
{
    private readonly RoundBook rounds = new();
    private readonly Dictionary<string, List<Scene>> known = [];
    private DateOnly before = DateOnly.MinValue;
    private string today = "";

    /// <summary>The day's scenes with instants counted from <paramref name="start"/>.</summary>
    public List<Scene> Of(DateOnly day, out long start)
    {
        start = plan.Local.StartOf(day);
        var yesterday = before == day.AddDays(-1) ? today : Running(day.AddDays(-1));
        (before, today) = (day, Running(day));
        var since = plan.Local.StartOf(day.AddDays(-1));
        var end = plan.Local.StartOf(day.AddDays(1));
        if (plan.HasVoices || end - start != TimeSpan.TicksPerDay || start - since != TimeSpan.TicksPerDay || plan.HasEdge(since, end))
            return Reckon(day, start);
        var key = $"{yesterday}|{today}|{plan.EdgesBefore(start)}";
        if (!known.TryGetValue(key, out var scenes))
            known[key] = scenes = Reckon(day, start);
        return scenes;
    }

    private List<Scene> Reckon(DateOnly day, long start)
    {
        var sweep = new Sweep(plan, rounds, day.AddDays(-1));
        sweep.Day();
        var scenes = sweep.Day();
        foreach (ref var scene in CollectionsMarshal.AsSpan(scenes))
            scene = scene with { From = scene.From - start };
        return scenes;
    }

    /// <summary>Which entries run, in letters, and with which starts.</summary>
    private string Running(DateOnly day)
    {
        var letters = new System.Text.StringBuilder(new string(' ', (plan.Entries.Length + 7) / 8));
        foreach (var entry in plan.Entries)
        {
            if (!entry.Days.Holds(day))
                continue;
            letters[entry.Index >> 3] = (char)(letters[entry.Index >> 3] | (1 << (8 + (entry.Index & 7))));
            foreach (var start in entry.Days.StartsOn(day))
                letters.Append(start.Ticks).Append(',');
        }

        return letters.ToString();
    }
}
