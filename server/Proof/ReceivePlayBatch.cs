using System.Text.Json;
using BorderInfo.Contract.Messages;
using BorderInfo.Server.Content.Public;
using BorderInfo.Server.Fleet.Public;
using BorderInfo.Server.Messaging.Public;
using BorderInfo.Server.Platform.Database;
using BorderInfo.Server.Platform.Live;
using BorderInfo.Server.Platform.Pages;
using Microsoft.EntityFrameworkCore;

namespace BorderInfo.Server.Proof;

/// <summary>
/// A site offers records of its journal: each is stored once, counted on its day, and acknowledged after the commit.
/// </summary>
/// <remarks>
/// Acknowledged is the highest number below which nothing is missing, also when the whole batch was known: the answer before it may have been lost.
/// A bad batch is refused whole, counted at the site and not acknowledged.
/// </remarks>
internal sealed partial class ReceivePlayBatch(
    BorderInfoDb db, IClusters clusters, IItems items, PlayItemKeys keys, IDownlink downlink, LiveBoard live, TimeProvider clock, ILogger<ReceivePlayBatch> log) : IUplink
{
    public string Word => "play";

    public async Task Take(SiteId site, ReadOnlyMemory<byte> payload, CancellationToken stop)
    {
        if (clusters.BySite(site) is null)
            return;
        var (records, why) = Read(site, payload);
        if (why is not null)
        {
            await Refuse(site, why, stop);
            return;
        }

        var upTo = await Store(site, [.. records.OrderBy(r => r.Seq)], stop);
        live.Tell($"plays:{site}");
        var ack = JsonSerializer.SerializeToUtf8Bytes(new StreamAck(Contract.Messages.Stream.Play, upTo), ContractJson.Wire.StreamAck);
        await downlink.SendNow(Topics.Acks(site), ack, TimeSpan.FromMinutes(1), stop);
    }

    private (IReadOnlyList<PlayRecord> Records, string? Why) Read(SiteId site, ReadOnlyMemory<byte> payload)
    {
        try
        {
            var records = JsonSerializer.Deserialize(payload.Span, ContractJson.Wire.PlayBatch)?.Records;
            return (records ?? [], PlayBatchRules.Refuse(site, records, clock.GetUtcNow()));
        }
        catch (JsonException)
        {
            return ([], "unreadable");
        }
    }

    private async Task<long> Store(SiteId site, IReadOnlyList<PlayRecord> batch, CancellationToken stop)
    {
        var now = clock.GetUtcNow();
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        var stream = await Stream(site, batch, stop);
        var stored = await StoredIn(site, batch, stop);
        PlayRecord[] fresh = [.. batch.Where(r => !stored.Any(s => s.Is(r)))];
        var gaps = await Gaps(stream, batch, stop);
        fresh = await NotForgotten(stream, fresh, gaps, stop);
        if (fresh.Length > 0 && JournalRules.BeganAnew(stream, fresh, gaps))
        {
            Log.BeganAnew(log, site, stream.Run, stream.MaxSeq, fresh[0].Seq);
            var begins = JournalRules.Begins(stream, fresh[0].Seq, await LastPlay.Highest(db, stream, stop));
            (stream.Run, stream.UpTo, stream.MaxSeq, stream.LastBoot) = (stream.Run + 1, begins, begins, 0);
            gaps = [];
        }

        var (opened, closed) = JournalRules.Take(stream, batch, gaps, now);
        db.AddRange(opened);
        db.RemoveRange(closed);
        (stream.MayBeginAnew, stream.LastHeardAt) = (false, now);
        var known = await keys.Of(db, items, fresh.Select(r => (r.Item, r.Version)), stop);
        PlayRow[] rows = [.. fresh.Select(r => Row(site, stream.Run, r, known[(r.Item.Value, r.Version)], now))];
        db.AddRange(rows);
        await CountDays(site, rows, stop);
        await MarkAir(site, rows, stop);
        await db.SaveChangesAsync(stop);
        await Acknowledgeable(stream, batch[0].Seq, now, stop);
        await db.SaveChangesAsync(stop);
        await transaction.CommitAsync(stop);
        keys.Remember(known);
        db.ChangeTracker.Clear();
        return stream.UpTo;
    }

    private async Task<PlayStreamRow> Stream(SiteId site, IReadOnlyList<PlayRecord> batch, CancellationToken stop)
    {
        var day = batch.Where(r => PlayBatchRules.Timed(r, clock.GetUtcNow())).Select(r => LocalTime.Day(r.StartedAt)).DefaultIfEmpty(LocalTime.Day(clock.GetUtcNow())).Min();
        var stream = await Streams.Of(db, site, day, stop);
        if (day < stream.FirstDay)
            stream.FirstDay = day;
        return stream;
    }

    private async Task<List<StoredPlay>> StoredIn(SiteId site, IReadOnlyList<PlayRecord> batch, CancellationToken stop)
    {
        var (first, last) = (batch[0].Seq, batch[^1].Seq);
        return await db.Set<PlayRow>().Where(p => p.Site == site.Value && p.Seq >= first && p.Seq <= last)
            .Select(p => new StoredPlay(p.Run, p.Seq, p.Boot, p.StartedAt, p.Output)).ToListAsync(stop);
    }

    /// <summary>Without what was counted long ago and deleted since (<see cref="ForgetPlays"/>): it is acknowledged and not counted again.</summary>
    private async Task<PlayRecord[]> NotForgotten(PlayStreamRow stream, PlayRecord[] fresh, IReadOnlyList<PlayGapRow> gaps, CancellationToken stop)
    {
        if (!fresh.Any(r => JournalRules.WasTaken(stream, r, gaps)))
            return fresh;
        if (await db.Set<AirSiteDayRow>().Where(d => d.Site == stream.Site && d.DoneStamp == AirSiteDayRow.Closed).OrderByDescending(d => d.Day).Select(d => (DateOnly?)d.Day).FirstOrDefaultAsync(stop) is not { } closed)
            return fresh;
        var until = LocalTime.Utc(closed.AddDays(1), default);
        return [.. fresh.Where(r => !(JournalRules.WasTaken(stream, r, gaps) && PlayBatchRules.Timed(r, clock.GetUtcNow()) && r.EndedAt <= until))];
    }

    private async Task<List<PlayGapRow>> Gaps(PlayStreamRow stream, IReadOnlyList<PlayRecord> batch, CancellationToken stop)
    {
        var (first, last) = (batch[0].Seq, batch[^1].Seq);
        return await db.Set<PlayGapRow>().Where(g => g.Site == stream.Site && g.Run == stream.Run && g.ToSeq >= first && g.FromSeq <= last).ToListAsync(stop);
    }

    private async Task Acknowledgeable(PlayStreamRow stream, long first, DateTimeOffset now, CancellationToken stop)
    {
        var open = db.Set<PlayGapRow>().Where(g => g.Site == stream.Site && g.Run == stream.Run && g.LostAt == null);
        foreach (var gap in JournalRules.GiveUp(await open.Where(g => g.ToSeq < first).ToListAsync(stop), now))
            Log.GivenUp(log, stream.Site, gap.FromSeq, gap.ToSeq);
        await db.SaveChangesAsync(stop);
        stream.UpTo = await open.MinAsync(g => (long?)g.FromSeq, stop) - 1 ?? stream.MaxSeq;
    }

    private async Task CountDays(SiteId site, PlayRow[] rows, CancellationToken stop)
    {
        PlayRow[] timed = [.. rows.Where(r => r.Timed)];
        DateOnly[] days = [.. timed.Select(r => LocalTime.Day(r.StartedAt)).Distinct()];
        int[] versions = [.. timed.Select(r => r.ItemKey).Distinct()];
        var counted = (await db.Set<PlayDayRow>().Where(d => d.Site == site.Value && days.Contains(d.Day) && versions.Contains(d.ItemKey)).ToListAsync(stop))
            .ToDictionary(d => (d.Day, d.Output, d.ItemKey, d.Language, d.Tier));
        foreach (var r in timed)
        {
            var key = (LocalTime.Day(r.StartedAt), r.Output, r.ItemKey, r.Language, r.Tier);
            if (!counted.TryGetValue(key, out var day))
                db.Add(counted[key] = day = new() { Site = site.Value, Day = key.Item1, Output = r.Output, ItemKey = r.ItemKey, Language = r.Language, Tier = r.Tier });
            day.Plays += IsPlay(r) ? 1 : 0;
            day.Ms += r.DurationMs;
        }
    }

    /// <summary>One showing of an item is one play, however many pages it has; less than a second on air is none.</summary>
    private static bool IsPlay(PlayRow r) => r is { Page: 1, DurationMs: >= 1000 };

    /// <summary>The days must be compared with the plans anew.</summary>
    private async Task MarkAir(SiteId site, PlayRow[] rows, CancellationToken stop)
    {
        DateOnly[] days = [.. rows.Where(r => r.Timed).SelectMany(r => new[] { LocalTime.Day(r.StartedAt), LocalTime.Day(r.EndedAt) }).Distinct()];
        var marks = (await db.Set<AirSiteDayRow>().Where(d => d.Site == site.Value && days.Contains(d.Day)).ToListAsync(stop)).ToDictionary(d => d.Day);
        foreach (var day in days)
        {
            if (!marks.TryGetValue(day, out var mark))
                db.Add(mark = new() { Site = site.Value, Day = day });
            (mark.Stamp, mark.Final) = (mark.Stamp + 1, false);
        }
    }

    private static PlayRow Row(SiteId site, int run, PlayRecord r, int itemKey, DateTimeOffset now) => new()
    {
        Site = site.Value,
        Run = run,
        Seq = r.Seq,
        Boot = r.Boot,
        Plan = r.Plan.Value,
        Entry = r.Entry,
        Tier = r.Tier,
        Output = r.Output.Value,
        ItemKey = itemKey,
        Language = r.Language,
        Page = r.Page,
        StartedAt = r.StartedAt.ToUniversalTime(),
        EndedAt = r.EndedAt.ToUniversalTime(),
        DurationMs = r.DurationMs,
        End = r.End,
        Grade = r.Grade,
        Clock = r.Clock,
        Timed = PlayBatchRules.Timed(r, now),
        HeardAt = now,
    };

    private async Task Refuse(SiteId site, string why, CancellationToken stop)
    {
        var now = clock.GetUtcNow();
        Log.Refused(log, site, why);
        var stream = await Streams.Of(db, site, LocalTime.Day(now), stop);
        stream.RefusedBatches++;
        (stream.LastRefusal, stream.LastRefusedAt) = (why, now);
        await db.SaveChangesAsync(stop);
        db.ChangeTracker.Clear();
    }

    private static partial class Log
    {
        [LoggerMessage(1901, LogLevel.Warning, "{Site}: a batch of plays was refused and not acknowledged: {Why}")]
        public static partial void Refused(ILogger log, SiteId site, string why);

        [LoggerMessage(1902, LogLevel.Warning, "{Site}: the journal began anew (run {Run} had reached {Max}, now {First})")]
        public static partial void BeganAnew(ILogger log, SiteId site, int run, long max, long first);

        [LoggerMessage(1903, LogLevel.Warning, "{Site} no longer has its plays {From} to {To}: the time they cover stays unknown")]
        public static partial void GivenUp(ILogger log, string site, long from, long to);
    }
}
