using BorderInfo.Contract.Calendars;
using BorderInfo.Contract.Plans;
using BorderInfo.Server.Fleet.Public;
using BorderInfo.Server.Scheduling.Public;

namespace BorderInfo.Server.Scheduling.Offers;

/// <summary>A published priority bulletin of a wider source and one of the commune itself want the same output at the same time.</summary>
/// <param name="First">First day on which they do, from today on.</param>
/// <param name="Clusters">Names of those where they do.</param>
/// <param name="Decision">Null = none that counts: the source goes first.</param>
public sealed record PriorityMeeting(string Commune, ScheduleStand Source, ScheduleStand Own, DateOnly First, IReadOnlyList<string> Clusters, PriorityDecision? Decision);

/// <summary>Pure island: which priority bulletins meet in a commune.</summary>
internal static class PriorityMeetings
{
    /// <summary>By first day. Looks <see cref="ScheduleClashes.DaysAhead"/> days ahead.</summary>
    public static IReadOnlyList<PriorityMeeting> Of(
        IReadOnlyCollection<string> communes, IReadOnlyList<ScheduleStand> all, IReadOnlyList<PriorityDecision> decisions, IReadOnlyList<Cluster> clusters, HolidayTable holidays, DateOnly today)
    {
        var priority = all.Where(s => s.Published is { Tier: Tier.Priority }).ToArray();
        var sources = priority.Where(s => !OfferRules.IsOwn(s.PublishedArea)).ToArray();
        var days = new Dictionary<long, HashSet<int>>();
        var found = new List<PriorityMeeting>();
        foreach (var own in priority.Where(s => OfferRules.IsOwn(s.PublishedArea)))
        {
            foreach (var commune in own.PublishedArea.Communes.Where(communes.Contains))
            {
                var here = clusters.Where(c => c.Site is not null && c.CommuneCode == commune).ToArray();
                foreach (var source in sources)
                {
                    string[] where = [.. here.Where(c => Share(own, source, c)).Select(c => c.Name)];
                    if (where.Length > 0 && ScheduleClashes.FirstMeeting(own.Published!, [.. Days(own).Where(d => d >= today.DayNumber)], source.Published!, () => Days(source), holidays, today) is { } first)
                        found.Add(new(commune, source, own, first, where, Counting(decisions, commune, source, own)));
                }
            }
        }

        return [.. found.OrderBy(m => m.First).ThenBy(m => m.Own.Id).ThenBy(m => m.Source.Id)];

        HashSet<int> Days(ScheduleStand s) => days.TryGetValue(s.Id, out var known) ? known : days[s.Id] = ScheduleClashes.Days(s.Published!, holidays, today);
    }

    private static bool Share(ScheduleStand a, ScheduleStand b, Cluster c) =>
        TargetResolver.Reach(a.Published!.Targets, a.PublishedArea, c).Select(r => r.Output).Intersect(TargetResolver.Reach(b.Published!.Targets, b.PublishedArea, c).Select(r => r.Output)).Any();

    private static PriorityDecision? Counting(IReadOnlyList<PriorityDecision> decisions, string commune, ScheduleStand source, ScheduleStand own) =>
        decisions.FirstOrDefault(d => d.Commune == commune && d.SourceSchedule == source.Id && d.OwnSchedule == own.Id && d.SourceChangedAt == source.Published!.ChangedAt);
}
