using System.Globalization;
using BorderInfo.Contract.Plans;
using BorderInfo.Server.Fleet.Public;
using BorderInfo.Server.Platform.Pages;
using BorderInfo.Server.Scheduling.Public;

namespace BorderInfo.Server.Scheduling;

/// <summary>Pure island: what slots and step ask of a schedule's entries at one site, so that no schedule makes the whole plan unsound.</summary>
internal static class PacedHere
{
    /// <summary>The outputs reached, by how narrow a target. In step they stay together, by the narrowest: the screens of an entry follow its own loudspeaker.</summary>
    public static IEnumerable<(TargetWidth Width, HashSet<OutputId> Outputs)> Reach(DueSchedule due)
    {
        if (due.Schedule.Pace.InStep && due.Reach.Count > 0)
            return [(due.Reach.Min(r => r.Width), due.Reach.Select(r => r.Output).ToHashSet())];
        return due.Reach.GroupBy(r => r.Width).OrderBy(g => g.Key).Select(g => (g.Key, g.Select(r => r.Output).ToHashSet()));
    }

    /// <summary>False, with a warning, for an item that is longer than the schedule's slots at one of the screens: it could never be shown.</summary>
    public static bool Fits(ScheduleView s, ReadyItem item, HashSet<OutputId> reached, Cluster cluster, List<PlanWarning> warnings)
    {
        if (s.Pace.SlotMinutes is not { } minutes)
            return true;
        foreach (var output in cluster.Outputs.Where(o => o.Kind != OutputKind.Speaker && reached.Contains(o.Id)))
        {
            var length = item.Ready.Parts.Where(p => p.Output == output.Id).Sum(p => (long)p.DurationMs);
            if (length <= minutes * 60_000L)
                continue;
            warnings.Add(new("schedule.warn.longer-than-slot", item.Released.Item.Title, LocalTime.Length((int)Math.Min(length, int.MaxValue)), minutes.ToString(CultureInfo.InvariantCulture), cluster.Name, output.Name));
            return false;
        }

        return true;
    }

    /// <summary>Entries in step where there is a voice and a screen to follow it; a voice alone is an ordinary entry, screens without one show nothing of it, with a warning.</summary>
    public static IEnumerable<PlanEntry> InStep(ScheduleView s, IEnumerable<PlanEntry> entries, Cluster cluster, List<PlanWarning> warnings)
    {
        if (!s.Pace.InStep)
            return entries;
        var speakers = cluster.Outputs.Where(o => o.Kind == OutputKind.Speaker).Select(o => o.Id).ToHashSet();
        var kept = new List<PlanEntry>();
        foreach (var entry in entries)
        {
            var voices = entry.Outputs.Count(speakers.Contains);
            if (voices == 0)
                warnings.Add(new("schedule.warn.in-step-no-voice", s.Name, cluster.Name));
            else
                kept.Add(entry with { InStep = voices < entry.Outputs.Count });
        }

        return kept;
    }
}
