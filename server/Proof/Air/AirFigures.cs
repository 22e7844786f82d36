using System.Globalization;
using BorderInfo.Server.Platform.Database;
using BorderInfo.Server.Proof.Public;
using Microsoft.EntityFrameworkCore;

namespace BorderInfo.Server.Proof.Air;

/// <summary>Planned against played for reports and for a site's day.</summary>
internal sealed class AirFigures(BorderInfoDb db, AirDays days, TimeProvider clock) : IAirFigures
{
    /// <summary>What one question may spend on comparing days; the background does the rest.</summary>
    private static readonly TimeSpan Budget = TimeSpan.FromMilliseconds(500);

    private const int AtLeast = 4;

    public async Task<AirAnswer> Sum(IReadOnlyCollection<string> sites, DateOnly from, DateOnly to, AirBy by, CancellationToken stop)
    {
        var stale = await days.Stale(sites, from, to, stop);
        var began = clock.GetTimestamp();
        var done = 0;
        while (done < stale.Count && (done < AtLeast || clock.GetElapsedTime(began) < Budget))
        {
            await days.Compare(stale[done].Site, stale[done].Day, stop);
            done++;
        }

        var rows = db.Set<AirDayRow>().AsNoTracking().Where(d => d.Day >= from && d.Day <= to && sites.Contains(d.Site));
        return new(await Grouped(rows, by, stop), stale.Count - done);
    }

    public async Task<IReadOnlyList<AirStretch>> Day(SiteId site, DateOnly day, CancellationToken stop)
    {
        if (await Stream(site, stop) is not { } stream || await days.IsClosed(site, day, stop))
            return [];
        var stretches = new List<AirStretch>();
        await foreach (var (output, slots) in days.Judged(site, day, days.KnownUntil(stream), stop))
            stretches.AddRange(Joined(output, slots));
        return [.. stretches.OrderBy(s => s.Output.Value, StringComparer.Ordinal).ThenBy(s => s.From)];
    }

    public async Task<JournalState?> Journal(SiteId site, CancellationToken stop)
    {
        if (await Stream(site, stop) is not { } s)
            return null;
        var gaps = await db.Set<PlayGapRow>().AsNoTracking().Where(g => g.Site == site.Value).OrderByDescending(g => g.Id).Take(100).ToListAsync(stop);
        return new(days.KnownUntil(s), s.UpTo, s.MaxSeq, s.Run, s.LastHeardAt, s.RefusedBatches, s.LastRefusal, s.LastRefusedAt, [.. gaps.Select(g => new JournalGap(g.FromSeq, g.ToSeq, g.NoticedAt, g.LostAt, g.AfterAt, g.BeforeAt))]);
    }

    private Task<PlayStreamRow?> Stream(SiteId site, CancellationToken stop) => db.Set<PlayStreamRow>().AsNoTracking().SingleOrDefaultAsync(s => s.Site == site.Value, stop);

    private static async Task<IReadOnlyList<AirSum>> Grouped(IQueryable<AirDayRow> rows, AirBy by, CancellationToken stop)
    {
        var sums = by switch
        {
            AirBy.Day => await Totals(rows.GroupBy(d => new Place { Day = d.Day }), stop),
            AirBy.Output => await Totals(rows.GroupBy(d => new Place { Site = d.Site, Output = d.Output }), stop),
            _ => await Totals(rows.GroupBy(d => new Place { Site = d.Site }), stop),
        };
        return [.. sums.Select(s => new AirSum(Key(by, s.Key), s.Scheduled, s.Played, s.Missed, s.Unknown, s.Silenced, s.Slots, s.SlotsPlayed, s.SlotsMissed, s.SlotsUnknown)).OrderBy(s => s.Key, StringComparer.Ordinal)];
    }

    private static string Key(AirBy by, Place place) => by switch
    {
        AirBy.Day => place.Day.ToString("yyyyMMdd", CultureInfo.InvariantCulture),
        AirBy.Output => $"{place.Site} {place.Output}",
        _ => place.Site!,
    };

    private static Task<List<Total>> Totals(IQueryable<IGrouping<Place, AirDayRow>> groups, CancellationToken stop) => groups.Select(g => new Total(
        g.Key, g.Sum(d => d.ScheduledMs), g.Sum(d => d.PlayedMs), g.Sum(d => d.MissedMs), g.Sum(d => d.UnknownMs), g.Sum(d => d.SilencedMs),
        g.Sum(d => (long)d.Slots), g.Sum(d => (long)d.SlotsPlayed), g.Sum(d => (long)d.SlotsMissed), g.Sum(d => (long)d.SlotsUnknown))).ToListAsync(stop);

    /// <summary>Neighbours with the same verdict become one stretch.</summary>
    private static IEnumerable<AirStretch> Joined(OutputId output, List<JudgedSlot> slots)
    {
        AirStretch? open = null;
        foreach (var s in slots)
        {
            var item = s.Item is null ? [] : new[] { s.Item };
            if (open is not null && open.Verdict == s.Verdict && open.Until == s.From)
            {
                open = open with { Until = s.Until, Slots = open.Slots + item.Length, Items = open.Items.Count < 5 ? [.. open.Items.Union(item)] : open.Items };
                continue;
            }

            if (open is not null)
                yield return open;
            open = new(output, s.Verdict, s.From, s.Until, item.Length, item);
        }

        if (open is not null)
            yield return open;
    }

    private sealed record Place
    {
        public string? Site { get; init; }

        public DateOnly Day { get; init; }

        public string? Output { get; init; }
    }

    private sealed record Total(Place Key, long Scheduled, long Played, long Missed, long Unknown, long Silenced, long Slots, long SlotsPlayed, long SlotsMissed, long SlotsUnknown);
}
