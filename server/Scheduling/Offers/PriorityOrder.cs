using BorderInfo.Contract.Plans;
using BorderInfo.Server.Identity.Public;
using BorderInfo.Server.Scheduling.Public;

namespace BorderInfo.Server.Scheduling.Offers;

/// <summary>
/// Pure island: where priority bulletins of a wider source and of the commune itself reach one output, the source goes first, unless the commune has decided otherwise (Circular 39/2020/TT-BTTTT).
/// The engine knows only numbers, so the compiler gives these entries theirs; the plan says how they came about (<see cref="PlanEntry.Placed"/>).
/// </summary>
/// <remarks>
/// Sources keep their order among themselves, and so do the commune's own. A decision for the own bulletin puts it before that source's and so before all that come after it.
/// Sites where no such two meet keep the numbers as typed.
/// </remarks>
internal static class PriorityOrder
{
    private const int LastNumber = 999;

    /// <summary>A priority schedule with its entries here.</summary>
    private sealed record Bulletin(DueSchedule Due, IReadOnlyList<PlanEntry> Entries)
    {
        public long Id => Due.Schedule.Id;

        public int Number => Due.Schedule.Number;

        public bool Meets(Bulletin other) => Entries.Any(e => other.Entries.Any(o => e.Outputs.Intersect(o.Outputs).Any()));
    }

    /// <param name="OwnFirst">The commune decided so.</param>
    private sealed record Met(Bulletin Own, Bulletin Source, PriorityDecision? Decision)
    {
        public bool OwnFirst => Decision?.First == PriorityFirst.Own;
    }

    public static List<PlanEntry> Of(List<PlanEntry> entries, PlanInput input)
    {
        if (!MayMeet(input.Schedules))
            return entries;
        var here = input.Schedules.Where(d => d.Schedule.Tier == Tier.Priority).OrderBy(d => d.Schedule.Id)
            .Select(d => new Bulletin(d, [.. entries.Where(e => ScheduleView.IdOfEntry(e.Id) == d.Schedule.Id)])).Where(b => b.Entries.Count > 0).ToArray();
        var (own, sources) = (here.Where(b => OfferRules.IsOwn(b.Due.Area)).ToArray(), here.Where(b => !OfferRules.IsOwn(b.Due.Area)).ToArray());
        Met[] meetings = [.. from o in own from s in sources where o.Meets(s) select new Met(o, s, Decision(input, o, s))];
        if (meetings.Length == 0)
            return entries;
        var numbers = Numbers(InOrder(own, sources, meetings));
        return [.. entries.Select(e => ScheduleView.IdOfEntry(e.Id) is { } id && numbers.TryGetValue(id, out var number) ? Placed(e, number, meetings) : e)];
    }

    /// <summary>Which of two schedules goes first at a cluster of the commune, once both are published: 1 = the one that is edited, −1 = the other, null = numbers decide.</summary>
    /// <param name="area">Of the one that is edited.</param>
    public static int? Between(ScheduleView s, AreaScope area, ScheduleStand other, string commune, IReadOnlyList<PriorityDecision> decided)
    {
        var own = OfferRules.IsOwn(area);
        if (s.Tier != Tier.Priority || other.Newest.Tier != Tier.Priority || own == OfferRules.IsOwn(other.Area))
            return null;
        var (ours, source) = own ? (s, other.Newest) : (other.Newest, s);
        var ownFirst = decided.Any(d => d.First == PriorityFirst.Own && (d.Commune, d.OwnSchedule, d.SourceSchedule, d.SourceChangedAt) == (commune, ours.Id, source.Id, source.ChangedAt));
        return own == ownFirst ? 1 : -1;
    }

    /// <summary>Asked for every site: whether there is anything of both sides at all.</summary>
    private static bool MayMeet(IReadOnlyList<DueSchedule> schedules)
    {
        var (own, source) = (false, false);
        foreach (var due in schedules)
        {
            if (due.Schedule.Tier != Tier.Priority)
                continue;
            var its = OfferRules.IsOwn(due.Area);
            (own, source) = (own || its, source || !its);
        }

        return own && source;
    }

    private static PriorityDecision? Decision(PlanInput input, Bulletin own, Bulletin source) => input.Decisions.FirstOrDefault(d =>
        d.Commune == input.Cluster.CommuneCode && d.OwnSchedule == own.Id && d.SourceSchedule == source.Id && d.SourceChangedAt == source.Due.Schedule.ChangedAt);

    /// <summary>The bulletins of one number and side, first wins.</summary>
    private static List<IGrouping<int, Bulletin>> InOrder(Bulletin[] own, Bulletin[] sources, Met[] meetings)
    {
        var order = new List<IGrouping<int, Bulletin>>();
        var left = own.ToList();
        foreach (var group in sources.GroupBy(s => s.Number).OrderBy(g => g.Key))
        {
            var ahead = left.Where(o => meetings.Any(m => m.OwnFirst && m.Own == o && group.Contains(m.Source))).ToArray();
            order.AddRange(ahead.GroupBy(o => o.Number).OrderBy(g => g.Key));
            left.RemoveAll(ahead.Contains);
            order.Add(group);
        }

        order.AddRange(left.GroupBy(o => o.Number).OrderBy(g => g.Key));
        return order;
    }

    /// <summary>As typed where the order allows, else the next free one; never beyond the last.</summary>
    private static Dictionary<long, int> Numbers(List<IGrouping<int, Bulletin>> order)
    {
        var numbers = new int[order.Count];
        for (var i = 0; i < numbers.Length; i++)
            numbers[i] = Math.Max(order[i].Key, i == 0 ? 1 : numbers[i - 1] + 1);
        for (var i = 0; i < numbers.Length; i++)
            numbers[i] = Math.Min(numbers[i], LastNumber - (numbers.Length - 1 - i));
        return order.SelectMany((group, i) => group.Select(b => (b.Id, numbers[i]))).ToDictionary(n => n.Id, n => n.Item2);
    }

    private static PlanEntry Placed(PlanEntry entry, int number, Met[] meetings)
    {
        CommuneMeeting[] met =
        [
            .. meetings.Where(m => m.Own.Entries.Contains(entry)).Select(m => new CommuneMeeting
            {
                With = m.Source.Due.Schedule.EntryId, OwnFirst = m.OwnFirst, DecidedBy = m.Decision?.ByUser, DecidedAt = m.Decision?.At,
            }),
        ];
        return met.Length == 0 && number == entry.Number ? entry : entry with { Number = number, Placed = new() { Typed = entry.Number, Meetings = met } };
    }
}
