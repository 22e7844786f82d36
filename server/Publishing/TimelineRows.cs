using BorderInfo.Contract.Plans;
using BorderInfo.Server.Scheduling.Public;

namespace BorderInfo.Server.Publishing;

/// <summary>One row of a day's table: a stretch, or everything a loudspeaker repeats of one schedule.</summary>
/// <param name="Turns">In order; one = no repetition.</param>
internal sealed record TimelineRow(IReadOnlyList<TimelineStretch> Turns)
{
    public TimelineStretch First => Turns[0];

    public IEnumerable<TimelineCut> Cuts => Turns.SelectMany(t => t.Cuts);

    public IReadOnlyList<TimelineShare> Items { get; } = [.. Turns.SelectMany(t => t.Items).GroupBy(i => i.Item).Select(g => g.First() with
    {
        Languages = [.. g.SelectMany(i => i.Languages).Distinct()],
        Times = g.Sum(i => i.Times),
        Plays = g.Sum(i => i.Plays),
        OnAir = TimeSpan.FromTicks(g.Sum(i => i.OnAir.Ticks)),
    })];

    /// <summary>From the start of a turn to that of the next, when most are equal and whole minutes.</summary>
    public int? EveryMinutes { get; } = Step(Turns);

    /// <summary>From the first turn to the end of the last; a pause of more than two steps parts them.</summary>
    public IReadOnlyList<(DateTimeOffset From, DateTimeOffset To)> Ranges
    {
        get
        {
            var ranges = new List<(DateTimeOffset From, DateTimeOffset To)>();
            var longest = EveryMinutes is { } every ? TimeSpan.FromMinutes(2 * every) : TimeSpan.MaxValue;
            foreach (var turn in Turns)
            {
                if (ranges is [.., var last] && turn.From - last.To <= longest)
                    ranges[^1] = (last.From, turn.To);
                else
                    ranges.Add((turn.From, turn.To));
            }

            return ranges;
        }
    }

    private static int? Step(IReadOnlyList<TimelineStretch> turns)
    {
        var gaps = turns.Zip(turns.Skip(1), (a, b) => b.From - a.From).ToList();
        var step = gaps.GroupBy(g => g).OrderByDescending(g => g.Count()).FirstOrDefault();
        return step is not null && step.Count() * 2 > gaps.Count && step.Key.Ticks % TimeSpan.TicksPerMinute == 0 ? (int)step.Key.TotalMinutes : null;
    }
}

/// <summary>Pure: the rows of a day's table.</summary>
internal static class TimelineRows
{
    /// <summary>Fewer repetitions stand as rows of their own.</summary>
    public const int Fewest = 3;

    /// <summary>The silence between two calls of a loudspeaker goes without saying; what it repeats is one row where it first comes.</summary>
    public static IReadOnlyList<TimelineRow> Of(OutputDay day)
    {
        if (day.Output.Kind != OutputKind.Speaker)
            return [.. day.Stretches.Select(s => new TimelineRow([s]))];
        var listed = day.Stretches.Where(s => s.Because != Because.NothingDue || day.Stretches.Count == 1).ToList();
        return [.. listed.GroupBy(s => (s.Because, s.Tier, string.Join('+', s.Entries), s.Quiet))
            .SelectMany(g => g.Count() >= Fewest ? [new TimelineRow([.. g])] : g.Select(s => new TimelineRow([s])))
            .OrderBy(r => r.First.From)];
    }
}
