using BorderInfo.Contract.Plans;

namespace BorderInfo.Server.Scheduling.Public;

/// <summary>A stretch in which the same rank holds an output: one entry, or several that rotate, or nothing.</summary>
/// <param name="Entries">Ids of the entries that were on, in the order they first came on; empty = safe screen, silence or quiet hours.</param>
/// <param name="Items">What each item got in the stretch, in the order they first came on.</param>
public sealed record TimelineStretch(OutputId Output, DateTimeOffset From, DateTimeOffset To, Because Because, Tier Tier, int Number, IReadOnlyList<string> Entries, IReadOnlyList<TimelineShare> Items);

/// <param name="Languages">In the order heard or seen.</param>
/// <param name="Times">How often a part of it came on.</param>
public sealed record TimelineShare(ItemId Item, string Title, IReadOnlyList<string> Languages, int Times, TimeSpan OnAir);

/// <summary>Pure island: what a plan puts on an output over a period, folded so that a person can read it. Every instant of it is an answer of <see cref="PlanClock"/>.</summary>
public static class PlanTimeline
{
    /// <summary>Longest period that is folded at once: a week of ten-second pages is some 60,000 turns.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(7);

    /// <summary>Gapless stretches of one output, oldest first.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Longer than <see cref="Longest"/>.</exception>
    public static IReadOnlyList<TimelineStretch> Of(PlanClock clock, OutputId output, DateTimeOffset from, DateTimeOffset to)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(to - from, Longest);
        var stretches = new List<TimelineStretch>();
        var current = new List<OnAir>();
        var quiet = clock.Plan.Outputs.FirstOrDefault(o => o.Id == output)?.Kind == OutputKind.Speaker;
        foreach (var air in clock.Between(output, from, to))
        {
            if (current.Count > 0 && !Together(current[^1], air, quiet))
            {
                stretches.Add(Folded(current));
                current.Clear();
            }

            current.Add(air);
        }

        if (current.Count > 0)
            stretches.Add(Folded(current));
        return stretches;
    }

    /// <summary>On a screen equal ranks rotate and read as one stretch; a speaker says each thing by itself.</summary>
    private static bool Together(OnAir a, OnAir b, bool speaker) =>
        a.Because == b.Because && a.Tier == b.Tier
        && (speaker ? a.Entry?.Id == b.Entry?.Id : a.Entry?.Number == b.Entry?.Number && a.Entry?.Target == b.Entry?.Target && a.Entry?.OneOff == b.Entry?.OneOff);

    private static TimelineStretch Folded(List<OnAir> run) => new(
        run[0].Output, run[0].From, run[^1].Until, run[0].Because, run[0].Tier, run[0].Entry?.Number ?? 0,
        [.. run.Where(a => a.Entry is not null).Select(a => a.Entry!.Id).Distinct()],
        [.. run.Where(a => a.Item is not null).GroupBy(a => a.Item!.Id).Select(g => new TimelineShare(
            g.Key, g.First().Item!.Title, [.. g.Select(a => a.Part!.Language).Distinct()], g.Count(), TimeSpan.FromTicks(g.Sum(a => (a.Until - a.From).Ticks))))]);
}
