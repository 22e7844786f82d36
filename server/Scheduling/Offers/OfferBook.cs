using BorderInfo.Server.Platform.Database;
using BorderInfo.Server.Scheduling.Public;
using Microsoft.EntityFrameworkCore;

namespace BorderInfo.Server.Scheduling.Offers;

/// <summary>Offers with their answers, and what communes decided, over their tables.</summary>
internal sealed class OfferBook(BorderInfoDb db, Schedules schedules) : IPriorityDecisions
{
    /// <summary>Newest first.</summary>
    public async Task<IReadOnlyList<Offer>> All(CancellationToken stop)
    {
        var rows = await db.Set<OfferRow>().AsNoTracking().OrderByDescending(o => o.Id).ToListAsync(stop);
        return rows.Count == 0 ? [] : await Read(rows, await schedules.All(stop), stop);
    }

    public async Task<Offer?> Of(long id, CancellationToken stop) =>
        await db.Set<OfferRow>().AsNoTracking().FirstOrDefaultAsync(o => o.Id == id, stop) is { } row ? (await Read([row], await schedules.All(stop), stop))[0] : null;

    public async Task<IReadOnlyList<PriorityDecision>> Counting(CancellationToken stop)
    {
        var rows = db.Set<PriorityDecisionRow>().AsNoTracking();
        var newest = rows.GroupBy(d => new { d.Commune, d.SourceSchedule, d.OwnSchedule }).Select(g => g.Max(d => d.Id));
        return [.. (await rows.Where(d => newest.Contains(d.Id) && d.First != PriorityFirst.Open).OrderBy(d => d.Id).ToListAsync(stop)).Select(d => d.View())];
    }

    private async Task<List<Offer>> Read(IReadOnlyList<OfferRow> rows, IReadOnlyList<ScheduleStand> stands, CancellationToken stop)
    {
        var ids = rows.Select(r => r.Id).ToArray();
        var answers = (await db.Set<OfferAnswerRow>().AsNoTracking().Where(a => ids.Contains(a.OfferId)).OrderBy(a => a.Turn).ToListAsync(stop)).ToLookup(a => (a.OfferId, a.Commune));
        var known = stands.ToDictionary(s => s.Id);
        var offers = new List<Offer>(rows.Count);
        foreach (var row in rows)
        {
            var (view, _) = (await schedules.Revision(row.ScheduleId, row.Revision, stop))!.Value;
            offers.Add(new(
                row.Id, view, row.Reach(), [.. row.Communes.Order(StringComparer.Ordinal).Select(c => Place(c, [.. answers[(row.Id, c)]], known))], row.Note, row.AnswerBy,
                row.MadeAt, row.MadeByName, row.WithdrawnAt, row.WithdrawnByName, row.WithdrawnReason));
        }

        return offers;
    }

    private static OfferPlace Place(string commune, OfferAnswerRow[] rows, Dictionary<long, ScheduleStand> known) =>
        new(commune, [.. rows.Select(a => new OfferAnswer(a.Kind, a.At, a.ByName, a.Reason, a.ScheduleId))], rows is [.., { ScheduleId: { } own }] ? known.GetValueOrDefault(own) : null);
}

/// <summary>What communes decided of priority bulletins that meet; asked whenever plans are compiled.</summary>
internal interface IPriorityDecisions
{
    /// <summary>The newest of each pair, without those taken back.</summary>
    Task<IReadOnlyList<PriorityDecision>> Counting(CancellationToken stop);
}
