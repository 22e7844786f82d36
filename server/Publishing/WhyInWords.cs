using BorderInfo.Contract.Plans;
using BorderInfo.Server.Platform.Languages;
using BorderInfo.Server.Platform.Pages;
using BorderInfo.Server.Scheduling.Public;

namespace BorderInfo.Server.Publishing;

/// <summary>One rule of the chain as it was applied.</summary>
/// <param name="Remain">Entries that remain after it; <paramref name="Dropped"/> lost by it.</param>
public sealed record WhyLine(WhyRule Rule, string Text, IReadOnlyList<string> Remain, IReadOnlyList<string> Dropped);

public sealed record WhyItemLine(ItemId Item, string Title, WhyItemStanding Standing, string Text);

/// <summary>A candidate and why it is or isn't on.</summary>
/// <param name="Schedule">Name of the schedule; null for an entry that no schedule made.</param>
/// <param name="By">Entry to which it loses.</param>
/// <param name="Until">When its window closes or quiet hours end; <paramref name="Opens"/> when it opens or calls next.</param>
/// <param name="Items">Those that may not be shown here now.</param>
public sealed record WhyCandidate(
    string Entry, string? Schedule, Tier Tier, int Number, TargetWidth Target, bool OneOff, WhyStanding Standing, string Text, string? By, DateTimeOffset? Until, DateTimeOffset? Opens, IReadOnlyList<WhyItemLine> Items);

/// <summary>The reason for what is on, in words.</summary>
public sealed record WhyText(OnAir OnAir, IReadOnlyList<WhyLine> Chain, IReadOnlyList<WhyCandidate> Candidates);

/// <summary>Pure but for the language of the request: puts words to what <see cref="PlanWhy"/> tells.</summary>
/// <param name="names">Names of schedules by id.</param>
internal sealed class WhyInWords(PlayPlan plan, IReadOnlyDictionary<long, string> names, Texts texts)
{
    /// <summary>So many names in a sentence; the rest is counted.</summary>
    public const int MostNames = 5;

    private readonly Dictionary<string, PlanEntry> entries = plan.Entries.ToDictionary(e => e.Id);
    private readonly Dictionary<ItemId, PlanItem> items = plan.Items.ToDictionary(i => i.Id);

    /// <summary>At the output that is told of.</summary>
    private WhyMeetings meetings = new(plan, default, id => id, texts);

    /// <summary>Text key for why nothing is on, or why something is, at an output of the kind.</summary>
    public static string BecauseKey(Because because, OutputKind kind) =>
        because == Because.NothingDue ? $"publish.because.NothingDue.{(kind == OutputKind.Speaker ? "Speaker" : "Screen")}" : $"publish.because.{because}";

    public WhyText Of(WhyTold told)
    {
        meetings = new(plan, told.OnAir.Output, Name, texts);
        var speaker = plan.Outputs.FirstOrDefault(o => o.Id == told.OnAir.Output)?.Kind == OutputKind.Speaker;
        return new(told.OnAir, [.. Chain(told.Chain)], [.. told.Entries.Select(e => Candidate(e, speaker))]);
    }

    /// <summary>The name of the schedule behind an entry, else the entry's id.</summary>
    public string Name(string entry) => Schedule(entry) ?? entry;

    private string? Schedule(string entry) => ScheduleView.IdOfEntry(entry) is { } id ? names.GetValueOrDefault(id) : null;

    private IEnumerable<WhyLine> Chain(IReadOnlyList<WhyStep> steps)
    {
        IReadOnlyList<string> before = [];
        foreach (var step in steps)
        {
            // Only the rules of the order narrow what the step before left.
            var narrows = step.Rule is WhyRule.Tier or WhyRule.Number or WhyRule.Target or WhyRule.OneOff;
            yield return new(step.Rule, Sentence(step, before), step.Entries, narrows ? [.. before.Except(step.Entries)] : []);
            before = step.Entries;
        }
    }

    private string Sentence(WhyStep step, IReadOnlyList<string> before)
    {
        if (step.Rule == WhyRule.Number && meetings.OwnRemains(before, step.Entries) is { } own)
            return texts[own ? "why.rule.NumberOwn" : "why.rule.NumberSource", step.Entries.Count, Names(step.Entries)];
        var first = step.Entries.Count > 0 ? entries.GetValueOrDefault(step.Entries[0]) : null;
        var decided = step.Rule switch
        {
            WhyRule.Tier when first is not null => texts[TierLook.Of(first.Tier).TextKey],
            WhyRule.Number when first is not null => $"{first.Number}",
            WhyRule.Target when first is not null => texts[$"schedule.width.{first.Target}"],
            WhyRule.OneOff when first is not null => texts[first.OneOff ? "why.one-off" : "why.recurring"],
            _ => $"{step.Entries.Count}",
        };
        var key = (step.Rule, step.Entries.Count) switch
        {
            (WhyRule.Rotation, 1) => "why.rule.RotationAlone",
            (WhyRule.QuietHours, 0) => "why.rule.QuietHoursAlone",
            _ => $"why.rule.{step.Rule}",
        };
        return texts[key, decided, Names(step.Entries)];
    }

    private WhyCandidate Candidate(EntryWhy e, bool speaker)
    {
        var entry = entries[e.Entry];
        return new(
            e.Entry, Schedule(e.Entry), entry.Tier, entry.Placed?.Typed ?? entry.Number, entry.Target, entry.OneOff, e.Standing, string.Join(" · ", meetings.Of(e.Entry).Prepend(Reason(e, speaker))), e.By, e.Until, e.Opens,
            [.. e.Items.Where(i => i.Standing != WhyItemStanding.InForce).Select(Item)]);
    }

    private string Reason(EntryWhy e, bool speaker)
    {
        var key = (e.Standing, speaker) switch
        {
            (WhyStanding.LargerNumber, _) when e.By is { } met && meetings.Meet(e.Entry, met) => "why.standing.GivesWay",
            (WhyStanding.InTurn, true) => "why.standing.InTurnSpeaker",
            (WhyStanding.BetweenCalls, _) when e.Opens is null => "why.standing.SaidAll",
            _ => $"why.standing.{e.Standing}",
        };
        var at = e.Standing is WhyStanding.BetweenCalls ? e.Opens : e.Until;
        var reason = texts[key, e.By is { } by ? Name(by) : "", at is { } instant ? Time(instant) : ""];
        return e.Opens is { } opens && e.Standing is not WhyStanding.BetweenCalls ? $"{reason} · {texts["why.opens", Time(opens)]}" : reason;
    }

    private WhyItemLine Item(ItemWhy item)
    {
        var known = items.GetValueOrDefault(item.Item);
        var at = item.Next ?? (item.Standing == WhyItemStanding.NotYet ? known?.ValidFrom : known?.ValidUntil);
        var key = item is { Standing: WhyItemStanding.OutsideItsTimes, Next: null } ? "why.item.TimesOver" : $"why.item.{item.Standing}";
        return new(item.Item, known?.Title ?? item.Item.Value, item.Standing, texts[key, at is { } instant ? LocalTime.Text(instant) : ""]);
    }

    private string Names(IReadOnlyList<string> ids)
    {
        var shown = ids.Select(Name).Distinct().ToArray();
        var said = string.Join(", ", shown.Take(MostNames).Select(n => $"“{n}”"));
        return shown.Length > MostNames ? texts["why.and-more", said, shown.Length - MostNames] : said;
    }

    private static string Time(DateTimeOffset at) => at == DateTimeOffset.MaxValue ? "…" : LocalTime.Text(at);
}
