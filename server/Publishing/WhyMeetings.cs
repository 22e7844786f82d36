using BorderInfo.Contract.Plans;
using BorderInfo.Server.Platform.Languages;
using BorderInfo.Server.Platform.Pages;
using BorderInfo.Server.Scheduling.Public;

namespace BorderInfo.Server.Publishing;

/// <summary>Puts words to the meetings of priority bulletins that a plan tells (<see cref="PlanEntry.Placed"/>): who goes first, and who decided it when.</summary>
internal sealed class WhyMeetings(PlayPlan plan, OutputId output, Func<string, string> name, Texts texts)
{
    private readonly (PlanEntry Own, PlanEntry Source, CommuneMeeting Met)[] all =
    [
        .. from own in plan.Entries
           where own.Placed is not null && own.Outputs.Contains(output)
           from met in own.Placed!.Meetings
           from source in plan.Entries
           where source.Outputs.Contains(output) && Schedule(source.Id) == met.With
           select (own, source, met),
    ];

    /// <summary>One sentence for each bulletin that the entry meets at the output.</summary>
    public IEnumerable<string> Of(string entry) =>
        all.Where(m => m.Own.Id == entry).Select(m => Sentence("why.met-source.", m.Source, m.Met))
            .Concat(all.Where(m => m.Source.Id == entry).Select(m => Sentence("why.met-own.", m.Own, m.Met)));

    /// <summary>Of these entries two meet: then not the number typed decides, but who the commune or the rule puts first.</summary>
    /// <returns>Whether the one that remains is the commune's own; null = no two of them meet.</returns>
    public bool? OwnRemains(IReadOnlyCollection<string> before, IReadOnlyCollection<string> remain) =>
        all.Any(m => before.Contains(m.Own.Id) && before.Contains(m.Source.Id) && remain.Contains(m.Own.Id) != remain.Contains(m.Source.Id))
            ? all.Any(m => remain.Contains(m.Own.Id))
            : null;

    public bool Meet(string entry, string other) => all.Any(m => (m.Own.Id == entry && m.Source.Id == other) || (m.Own.Id == other && m.Source.Id == entry));

    private string Sentence(string key, PlanEntry other, CommuneMeeting met) =>
        texts[key + (met.DecidedBy is null ? "Open" : met.OwnFirst ? "Own" : "Source"), name(other.Id), met.DecidedBy ?? "", met.DecidedAt is { } at ? LocalTime.Text(at) : ""];

    private static string? Schedule(string entry) => ScheduleView.IdOfEntry(entry) is { } id ? ScheduleView.EntryIdOf(id) : null;
}
