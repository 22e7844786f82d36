using BorderInfo.Server.Approval.Public;
using BorderInfo.Server.Content.Public;
using BorderInfo.Server.Fleet.Public;
using BorderInfo.Server.Identity.Public;
using BorderInfo.Server.Platform.Pages;
using BorderInfo.Server.Scheduling.Offers;
using BorderInfo.Server.Scheduling.Public;

namespace BorderInfo.Server.Scheduling;

/// <summary>Gathers what <see cref="ScheduleWarnings"/> looks at. Reads it once in a unit of work.</summary>
internal sealed class ScheduleAdvice(ISchedules schedules, IClusters clusters, IItems items, IReleasedItems released, IParts parts, IHolidays holidays, INoise noise, IStops stops, IPriorityDecisions decisions, TimeProvider clock) : IScheduleAdvice
{
    private (IReadOnlyList<ScheduleStand> Others, Dictionary<ItemId, ItemVersion> Newest, HashSet<ItemId> Released, NoiseBook Noise, IReadOnlyList<ThemeStop> Stops, IReadOnlyList<PriorityDecision> Decided)? known;

    public async Task<IReadOnlyList<PlanWarning>> Of(ScheduleView schedule, AreaScope area, CancellationToken stop)
    {
        known ??= (await schedules.All(stop), (await items.Newest(stop)).ToDictionary(i => i.Id), [.. (await released.All(stop)).Select(r => r.Item.Id)], await noise.Book(stop), await stops.Counting(clock.GetUtcNow(), stop), await decisions.Counting(stop));
        var (others, newest, approved, book, counting, decided) = known.Value;
        return ScheduleWarnings.Of(schedule, area, clusters.All, newest, approved, parts.Missing, others, await holidays.Table(stop), book, counting, decided, LocalTime.Day(clock.GetUtcNow()));
    }
}
