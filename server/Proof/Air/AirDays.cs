using BorderInfo.Contract.Plans;
using BorderInfo.Server.Fleet.Public;
using BorderInfo.Server.Platform.Database;
using BorderInfo.Server.Platform.Pages;
using BorderInfo.Server.Proof.Public;
using BorderInfo.Server.Publishing.Public;
using Microsoft.EntityFrameworkCore;

namespace BorderInfo.Server.Proof.Air;

/// <summary>Compares days of sites with the plans that were on air and keeps the result, so that a year is a sum.</summary>
internal sealed class AirDays(BorderInfoDb db, ISentPlans plans, ISiteStandings standings, TimeProvider clock)
{
    /// <summary>Longest part plus what a broken player may add.</summary>
    private static readonly TimeSpan LongestRecord = TimeSpan.FromHours(5);

    /// <summary>A day whose knowledge grew by less is not compared again.</summary>
    private static readonly TimeSpan WorthIt = TimeSpan.FromMinutes(2);

    /// <summary>Days that have passed and are not finally compared, newest first.</summary>
    public async Task<List<(string Site, DateOnly Day)>> Stale(IReadOnlyCollection<string>? sites, DateOnly from, DateOnly to, CancellationToken stop)
    {
        var today = LocalTime.Day(clock.GetUtcNow());
        var last = to < today ? to : today;
        var streams = (await db.Set<PlayStreamRow>().AsNoTracking().ToListAsync(stop)).Where(s => sites is null || sites.Contains(s.Site)).ToArray();
        var final = await db.Set<AirSiteDayRow>().Where(d => d.Final && d.Day >= from && d.Day <= last).GroupBy(d => d.Site).Select(g => new { g.Key, Days = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Days, stop);
        var stale = new List<(string, DateOnly)>();
        foreach (var stream in streams)
        {
            var first = stream.FirstDay > from ? stream.FirstDay : from;
            if (first > last || final.GetValueOrDefault(stream.Site) >= last.DayNumber - first.DayNumber + 1)
                continue;
            var known = await db.Set<AirSiteDayRow>().AsNoTracking().Where(d => d.Site == stream.Site && d.Day >= first && d.Day <= last).ToDictionaryAsync(d => d.Day, stop);
            var until = KnownUntil(stream);
            for (var day = last; day >= first; day = day.AddDays(-1))
            {
                if (!known.TryGetValue(day, out var row) || IsStale(row, until))
                    stale.Add((stream.Site, day));
            }
        }

        return [.. stale.OrderByDescending(s => s.Item2)];
    }

    /// <summary>True when the single records of the day are no longer kept.</summary>
    public Task<bool> IsClosed(SiteId site, DateOnly day, CancellationToken stop) =>
        db.Set<AirSiteDayRow>().AnyAsync(d => d.Site == site.Value && d.Day == day && d.DoneStamp == AirSiteDayRow.Closed, stop);

    /// <summary>Compares one day for the last time, if need be, and keeps what was found for ever, whatever comes later.</summary>
    /// <returns>False when something came just now: ask again later.</returns>
    public async Task<bool> Close(string site, DateOnly day, CancellationToken stop)
    {
        var row = await db.Set<AirSiteDayRow>().AsNoTracking().SingleOrDefaultAsync(d => d.Site == site && d.Day == day, stop);
        if (row is null || row.DoneStamp != row.Stamp)
            await Compare(site, day, stop);
        return await db.Set<AirSiteDayRow>().Where(d => d.Site == site && d.Day == day && d.DoneStamp == d.Stamp)
            .ExecuteUpdateAsync(u => u.SetProperty(d => d.DoneStamp, AirSiteDayRow.Closed).SetProperty(d => d.Final, true), stop) == 1;
    }

    /// <summary>Compares one day and keeps the figures, unless something changed meanwhile: then the day stays stale.</summary>
    public async Task Compare(string site, DateOnly day, CancellationToken stop)
    {
        var stream = await db.Set<PlayStreamRow>().AsNoTracking().SingleAsync(s => s.Site == site, stop);
        var until = KnownUntil(stream);
        var stamp = await Mark(site, day, stop);
        var rows = new List<AirDayRow>();
        await foreach (var (output, slots) in Judged(new SiteId(site), day, until, stop))
            rows.Add(Figures(site, day, output, slots));

        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        if (await db.Set<AirSiteDayRow>().SingleAsync(d => d.Site == site && d.Day == day, stop) is var mark && mark.Stamp == stamp && mark.DoneStamp != AirSiteDayRow.Closed)
        {
            await db.Set<AirDayRow>().Where(d => d.Site == site && d.Day == day).ExecuteDeleteAsync(stop);
            db.AddRange(rows.GroupBy(r => r.Output).Select(Merged));
            (mark.DoneStamp, mark.KnownUntil, mark.Final) = (stamp, Until(day, until), until >= EndOf(day));
            await db.SaveChangesAsync(stop);
        }

        await transaction.CommitAsync(stop);
        db.ChangeTracker.Clear();
    }

    /// <summary>All parts of a day, by output and plan.</summary>
    public async IAsyncEnumerable<(OutputId Output, List<JudgedSlot> Slots)> Judged(SiteId site, DateOnly day, DateTimeOffset? knownUntil, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken stop)
    {
        var now = clock.GetUtcNow();
        var (from, end) = (LocalTime.Utc(day, default), EndOf(day));
        var to = end < now ? end : now;
        if (from >= to)
            yield break;
        var shown = await ShownOf(site, from, to, stop);
        var blind = await BlindOf(site, from, to, stop);
        foreach (var (sent, onFrom, onTo) in await plans.OnAirBetween(site, from, to, stop))
        {
            var planned = new PlanClock(sent.Plan);
            foreach (var output in sent.Plan.Outputs)
                yield return (output.Id, [.. AirJudge.Judge(planned, output.Id, onFrom > from ? onFrom : from, onTo < to ? onTo : to, shown.GetValueOrDefault(output.Id.Value, []), blind, knownUntil)]);
        }
    }

    public DateTimeOffset? KnownUntil(PlayStreamRow stream) => KnownTime.Until(stream.LastEndedAt, standings.Of(new SiteId(stream.Site)).Health);

    private async Task<Dictionary<string, List<Shown>>> ShownOf(SiteId site, DateTimeOffset from, DateTimeOffset to, CancellationToken stop)
    {
        var early = from - LongestRecord;
        var rows = await (from p in db.Set<PlayRow>().AsNoTracking()
                          join i in db.Set<PlayItemRow>() on p.ItemKey equals i.Id
                          where p.Site == site.Value && p.StartedAt >= early && p.StartedAt < to && p.EndedAt > @from && p.Timed
                          orderby p.StartedAt
                          select new { p.Output, i.Item, i.Version, p.Language, p.Page, p.StartedAt, p.EndedAt }).ToListAsync(stop);
        return rows.GroupBy(r => r.Output).ToDictionary(g => g.Key, g => g.Select(r => new Shown(r.Item, r.Version, r.Language, r.Page, r.StartedAt, r.EndedAt)).ToList());
    }

    private async Task<List<Blind>> BlindOf(SiteId site, DateTimeOffset from, DateTimeOffset to, CancellationToken stop)
    {
        var gaps = await db.Set<PlayGapRow>().AsNoTracking().Where(g => g.Site == site.Value && (g.AfterAt == null || g.AfterAt < to) && (g.BeforeAt == null || g.BeforeAt > @from)).ToListAsync(stop);
        return [.. gaps.Select(g => new Blind(g.AfterAt ?? DateTimeOffset.UnixEpoch, g.BeforeAt ?? DateTimeOffset.MaxValue.AddDays(-1)))];
    }

    private async Task<long> Mark(string site, DateOnly day, CancellationToken stop)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        if (await db.Set<AirSiteDayRow>().AsNoTracking().SingleOrDefaultAsync(d => d.Site == site && d.Day == day, stop) is { } known)
            return known.Stamp;
        db.Add(new AirSiteDayRow { Site = site, Day = day });
        await db.SaveChangesAsync(stop);
        await transaction.CommitAsync(stop);
        db.ChangeTracker.Clear();
        return 0;
    }

    private static bool IsStale(AirSiteDayRow row, DateTimeOffset? until) =>
        !row.Final && row.DoneStamp != AirSiteDayRow.Closed && (row.DoneStamp != row.Stamp || (Until(row.Day, until) is { } now && (row.KnownUntil is null || now - row.KnownUntil >= WorthIt || (now != row.KnownUntil && now == EndOf(row.Day)))));

    /// <summary>What is known of that day: at most its end.</summary>
    private static DateTimeOffset? Until(DateOnly day, DateTimeOffset? until) => until > EndOf(day) ? EndOf(day) : until;

    private static DateTimeOffset EndOf(DateOnly day) => LocalTime.Utc(day.AddDays(1), default);

    private static AirDayRow Figures(string site, DateOnly day, OutputId output, List<JudgedSlot> slots)
    {
        var row = new AirDayRow { Site = site, Day = day, Output = output.Value };
        foreach (var s in slots)
        {
            row.ScheduledMs += s.Played + s.Missed + s.Unknown;
            row.PlayedMs += s.Played;
            row.MissedMs += s.Missed;
            row.UnknownMs += s.Unknown;
            row.SilencedMs += s.Silenced;
            if (!s.Begins)
                continue;
            row.Slots++;
            row.SlotsPlayed += s.Verdict == AirVerdict.Played ? 1 : 0;
            row.SlotsMissed += s.Verdict == AirVerdict.Missed ? 1 : 0;
            row.SlotsUnknown += s.Verdict == AirVerdict.Unknown ? 1 : 0;
        }

        return row;
    }

    private static AirDayRow Merged(IGrouping<string, AirDayRow> ofOutput) => ofOutput.Aggregate((a, b) => new()
    {
        Site = a.Site,
        Day = a.Day,
        Output = a.Output,
        ScheduledMs = a.ScheduledMs + b.ScheduledMs,
        PlayedMs = a.PlayedMs + b.PlayedMs,
        MissedMs = a.MissedMs + b.MissedMs,
        UnknownMs = a.UnknownMs + b.UnknownMs,
        SilencedMs = a.SilencedMs + b.SilencedMs,
        Slots = a.Slots + b.Slots,
        SlotsPlayed = a.SlotsPlayed + b.SlotsPlayed,
        SlotsMissed = a.SlotsMissed + b.SlotsMissed,
        SlotsUnknown = a.SlotsUnknown + b.SlotsUnknown,
    });
}
