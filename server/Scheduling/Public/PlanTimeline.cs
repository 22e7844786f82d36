using BorderInfo.Contract.Plans;

namespace BorderInfo.Server.Scheduling.Public;

/// <summary>A stretch in which the same rank holds an output: one entry, or several that rotate, or nothing.</summary>
/// <param name="Entries">Ids of the entries that were on, in the order they first came on; empty = safe screen, silence or quiet hours.</param>
/// <param name="Items">What each item got in the stretch, in the order they first came on.</param>
public sealed record TimelineStretch(OutputId Output, DateTimeOffset From, DateTimeOffset To, Because Because, Tier Tier, int Number, IReadOnlyList<string> Entries, IReadOnlyList<TimelineShare> Items)
{
    /// <summary>Name of the quiet rule that silences at the beginning; null = the loudspeaker's plain quiet hours, or it is not quiet.</summary>
    public string? Quiet { get; init; }

    /// <summary>Parts that did not come to their end; a part that the period itself cuts is none.</summary>
    public IReadOnlyList<TimelineCut> Cuts { get; init; } = [];
}

/// <param name="Languages">In the order heard or seen.</param>
/// <param name="Times">How often it came on, in every one of its languages and pages.</param>
public sealed record TimelineShare(ItemId Item, string Title, IReadOnlyList<string> Languages, int Times, TimeSpan OnAir)
{
    /// <summary>As the report of plays counts: a play for each language, however many pages.</summary>
    public int Plays { get; init; }
}

/// <summary>Why a part did not come to its end.</summary>
public enum CutBy
{
    HigherTier,
    QuietHours,

    /// <summary>Its validity ended, or a stop of its theme began.</summary>
    NotAllowed,

    /// <summary>The loudspeaker that the screen follows has said it all.</summary>
    VoiceEnded,

    /// <summary>A loudspeaker begins, and its screen with it.</summary>
    VoiceBegan,

    /// <summary>The engine begins anew on Monday at 00:00 where nothing else cut for a week.</summary>
    NewWeek,
}

/// <param name="At">When it was cut, <paramref name="Missing"/> before its end.</param>
/// <param name="Entry">What came instead; null = nothing.</param>
public sealed record TimelineCut(DateTimeOffset At, ItemId Item, string Title, TimeSpan Missing, CutBy By, string? Entry);

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
        var cuts = new List<TimelineCut>();
        var speaker = clock.Plan.Outputs.FirstOrDefault(o => o.Id == output)?.Kind == OutputKind.Speaker;
        var begun = from < to ? clock.At(output, from).From : from;
        foreach (var air in clock.Between(output, from, to))
        {
            if (current.Count > 0 && CutOf(clock.Plan, current[^1], begun, air, speaker) is { } cut)
                cuts.Add(cut);
            if (current.Count > 0 && !Together(current[^1], air, speaker))
            {
                stretches.Add(Folded(current, cuts));
                current.Clear();
                cuts.Clear();
            }

            begun = current.Count + stretches.Count > 0 ? air.From : begun;
            current.Add(air);
        }

        if (current.Count > 0)
            stretches.Add(Folded(current, cuts));
        return stretches;
    }

    /// <param name="begun">When the part really came on, also before the period.</param>
    /// <param name="speaker">A loudspeaker follows nobody.</param>
    private static TimelineCut? CutOf(PlayPlan plan, OnAir cut, DateTimeOffset begun, OnAir next, bool speaker)
    {
        if (cut.Part is not { } part || cut.Item is not { } item || begun.AddMilliseconds(part.DurationMs) <= cut.Until)
            return null;
        var (followed, follows) = (!speaker && cut.Entry is { InStep: true }, !speaker && next.Entry is { InStep: true });
        // Joined in the middle, a page of a screen in step ends where the words are, and the next one follows.
        if (followed && next.Entry?.Id == cut.Entry!.Id && next.Item?.Id == item.Id && part.Page < next.Part!.Page)
            return null;
        var by = next.Because == Because.QuietHours ? CutBy.QuietHours
            : next.Entry is { } winner && winner.Tier < cut.Tier ? CutBy.HigherTier
            : !item.InForceAt(cut.Until) || plan.Stops.Any(s => s.Holds(item, cut.Tier) && s.From <= cut.Until && cut.Until < s.Until) ? CutBy.NotAllowed
            : followed ? CutBy.VoiceEnded
            : follows ? CutBy.VoiceBegan
            : CutBy.NewWeek;
        return new(cut.Until, item.Id, item.Title, begun.AddMilliseconds(part.DurationMs) - cut.Until, by, next.Entry?.Id);
    }

    /// <summary>On a screen equal ranks rotate and read as one stretch; a speaker says each thing by itself.</summary>
    private static bool Together(OnAir a, OnAir b, bool speaker) =>
        a.Because == b.Because && a.Tier == b.Tier
        && (speaker ? a.Entry?.Id == b.Entry?.Id : a.Entry?.Number == b.Entry?.Number && a.Entry?.Target == b.Entry?.Target && a.Entry?.OneOff == b.Entry?.OneOff);

    private static TimelineStretch Folded(List<OnAir> run, List<TimelineCut> cuts) => new(
        run[0].Output, run[0].From, run[^1].Until, run[0].Because, run[0].Tier, run[0].Entry?.Number ?? 0,
        [.. run.Where(a => a.Entry is not null).Select(a => a.Entry!.Id).Distinct()],
        [.. run.Where(a => a.Item is not null).GroupBy(a => a.Item!.Id).Select(g => new TimelineShare(
            g.Key, g.First().Item!.Title, [.. g.Select(a => a.Part!.Language).Distinct()], g.CountBy(a => (a.Part!.Language, a.Part.Page)).Max(p => p.Value), TimeSpan.FromTicks(g.Sum(a => (a.Until - a.From).Ticks)))
        {
            Plays = g.GroupBy(a => a.Part!.Language).Sum(l => l.CountBy(a => a.Part!.Page).Max(p => p.Value)),
        })])
    {
        Quiet = run[0].Quiet,
        Cuts = [.. cuts],
    };
}
