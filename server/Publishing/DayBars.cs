using BorderInfo.Contract.Plans;
using BorderInfo.Server.Scheduling.Public;

namespace BorderInfo.Server.Publishing;

/// <summary>What is drawn as one: a stretch, or several of a loudspeaker that lie too near to be told apart.</summary>
/// <param name="Turns">How many stretches it holds.</param>
/// <param name="Look">A moment at which it is on, for “why”.</param>
/// <param name="Quiet">Name of the quiet rule that silences.</param>
internal sealed record DayBar(DateTimeOffset From, DateTimeOffset To, Because Because, Tier Tier, IReadOnlyList<string> Entries, int Turns, DateTimeOffset Look, string? Quiet = null);

/// <summary>One output's day: what each plan that counts puts on it, ready to be drawn and listed.</summary>
/// <param name="Unknown">Stretches without a known plan.</param>
/// <param name="Quiet">Quiet hours of a loudspeaker, whether something is silenced or not.</param>
internal sealed record OutputDay(
    PlanOutput Output, IReadOnlyList<TimelineStretch> Stretches, IReadOnlyList<DayBar> Bars, IReadOnlyList<(DateTimeOffset From, DateTimeOffset To)> Unknown, IReadOnlyList<(DateTimeOffset From, DateTimeOffset To)> Quiet)
{
    public IEnumerable<TimelineCut> Cuts => Stretches.SelectMany(s => s.Cuts);
}

/// <summary>Pure: the bars of a day.</summary>
internal static class DayBars
{
    /// <summary>Turns of one tier that are shorter, with shorter pauses between them, are drawn as one bar: 3 minutes of a day are 2 pixels of a wide screen.</summary>
    public static readonly TimeSpan Nearest = TimeSpan.FromMinutes(3);

    public static IReadOnlyList<OutputDay> Of(TimelineOfSite.Done done)
    {
        var clocks = done.Spans.Where(s => s.Plan is not null).DistinctBy(s => s.Plan!.Number).ToDictionary(p => p.Plan!.Number, p => p.Clock);
        return [.. done.Outputs.Select(o => Of(done, clocks, o))];
    }

    private static OutputDay Of(TimelineOfSite.Done done, Dictionary<PlanNumber, PlanClock> clocks, PlanOutput output)
    {
        var stretches = new List<TimelineStretch>();
        var quiet = new List<(DateTimeOffset, DateTimeOffset)>();
        foreach (var span in Joined(done.Spans))
        {
            if (span.Plan?.Outputs.FirstOrDefault(o => o.Id == output.Id) is not { } here)
                continue;
            stretches.AddRange(PlanTimeline.Of(clocks[span.Plan.Number], output.Id, span.From, span.To));
            quiet.AddRange(Quiet(here, span));
        }

        return new(output, stretches, Bars(stretches), [.. done.Spans.Where(s => s.Plan is null).Select(s => (s.From, s.To))], quiet);
    }

    /// <summary>Spans of one plan that follow one another are one: what was on air before now and what comes after it change nothing there.</summary>
    private static List<PlanSpan> Joined(IReadOnlyList<PlanSpan> spans)
    {
        var joined = new List<PlanSpan>();
        foreach (var span in spans)
        {
            if (joined is [.., { Plan: { } last }] && last.Number == span.Plan?.Number)
                joined[^1] = joined[^1] with { To = span.To };
            else
                joined.Add(span);
        }

        return joined;
    }

    /// <summary>Silence and the safe screen are no bars; quiet hours that silence something are.</summary>
    internal static IReadOnlyList<DayBar> Bars(IReadOnlyList<TimelineStretch> stretches)
    {
        var bars = new List<DayBar>();
        var small = false;
        foreach (var s in stretches.Where(s => s.Entries.Count > 0 || s.Because == Because.QuietHours))
        {
            var middle = s.From + ((s.To - s.From) / 2);
            var smallBefore = small;
            small = s.To - s.From < Nearest;
            if (small && smallBefore && bars is [.., var last] && last.Tier == s.Tier && last.Because == s.Because && s.From - last.To < Nearest)
                bars[^1] = last with { To = s.To, Turns = last.Turns + 1, Entries = [.. last.Entries.Union(s.Entries)] };
            else
                bars.Add(new(s.From, s.To, s.Because, s.Tier, s.Entries, 1, middle, s.Quiet));
        }

        return bars;
    }

    private static IEnumerable<(DateTimeOffset From, DateTimeOffset To)> Quiet(PlanOutput output, PlanSpan span)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(span.Plan!.TimeZone);
        var first = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(span.From, zone).DateTime).AddDays(-1);
        (TimeWindow Window, Func<DateOnly, bool> On)[] windows = [.. output.QuietHours.Select(w => (w, new Func<DateOnly, bool>(_ => true))), .. output.QuietRules.Where(r => r.VolumePercent is null).Select(r => (r.Window, (Func<DateOnly, bool>)r.StartsOn))];
        foreach (var (window, on) in windows)
        {
            for (var day = first; day <= first.AddDays(8); day = day.AddDays(1))
            {
                if (!on(day))
                    continue;
                var from = new DateTimeOffset(day.ToDateTime(window.From), zone.GetUtcOffset(day.ToDateTime(window.From)));
                var (a, b) = (Later(from, span.From), Earlier(from + window.Length, span.To));
                if (a < b)
                    yield return (a.ToUniversalTime(), b.ToUniversalTime());
            }
        }
    }

    private static DateTimeOffset Later(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;

    private static DateTimeOffset Earlier(DateTimeOffset a, DateTimeOffset b) => a < b ? a : b;
}
