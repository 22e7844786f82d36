using System.Collections.Concurrent;
using System.Text.Json;
using BorderInfo.Contract.Messages;
using BorderInfo.Server.Fleet.Public;
using BorderInfo.Server.Messaging.Public;
using BorderInfo.Server.Platform.Database;
using BorderInfo.Server.Platform.Live;
using BorderInfo.Server.Platform.News;
using Microsoft.EntityFrameworkCore;

namespace BorderInfo.Server.Fleet.Watch;

/// <summary>
/// Stores the events of a site once each, tells them to the slices below in the same transaction, and acknowledges after the commit.
/// </summary>
/// <remarks>
/// Only what has come without a gap is acknowledged, so that the site sends again what was lost on the way. A site that begins beyond the gap twice
/// no longer has it: then the gap is taken as final.
/// </remarks>
internal sealed partial class HearEvents(
    Heard heard, EventGaps gaps, KeepStanding keep, NewsDesk news, BorderInfoDb db, LiveBoard live, IDownlink downlink, TimeProvider clock, ILogger<HearEvents> log) : IUplink
{
    public const int MostPerBatch = 100;

    public string Word => "event";

    public async Task Take(SiteId site, ReadOnlyMemory<byte> payload, CancellationToken stop)
    {
        if (heard.Read(site, Word, payload, ContractJson.Wire.EventBatch, Tidy.Of) is not { Events: var events })
            return;
        var upTo = await Store(site, events, stop);
        await keep.Change(site, StandingRules.Touch, stop);
        live.Tell($"site:{site}");
        var ack = JsonSerializer.SerializeToUtf8Bytes(new StreamAck(Contract.Messages.Stream.Event, upTo), ContractJson.Wire.StreamAck);
        await downlink.SendNow(Topics.Acks(site), ack, TimeSpan.FromMinutes(1), stop);
    }

    private async Task<long> Store(SiteId site, IReadOnlyList<SiteEvent> events, CancellationToken stop)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        var installation = await db.Set<SiteRow>().Where(s => s.Site == site.Value).Select(s => s.Installation).SingleAsync(stop);
        var mine = db.Set<SiteEventRow>().Where(e => e.Site == site.Value && e.Installation == installation);
        var newest = gaps.Acknowledged(site, installation) ?? await mine.MaxAsync(e => (long?)e.Seq, stop) ?? 0;
        var (first, last) = (events[0].Seq, events[^1].Seq);
        var known = (await mine.Where(e => e.Seq >= first && e.Seq <= last).Select(e => e.Seq).ToListAsync(stop)).ToHashSet();
        foreach (var told in events.Where(e => known.Add(e.Seq)))
        {
            db.Add(RowOf(site, installation, told));
            await news.Tell(new SiteEventHeard(site, told), db, stop);
        }

        await db.SaveChangesAsync(stop);
        var later = await mine.Where(e => e.Seq > newest).OrderBy(e => e.Seq).Select(e => e.Seq).ToListAsync(stop);
        await transaction.CommitAsync(stop);
        db.ChangeTracker.Clear();
        return gaps.Acknowledge(site, installation, newest, later, first, (from, to) => Log.Gap(log, site, from, to));
    }

    private SiteEventRow RowOf(SiteId site, int installation, SiteEvent told) => new()
    {
        Site = site.Value,
        Installation = installation,
        Seq = told.Seq,
        Boot = told.Boot,
        At = told.At,
        HeardAt = clock.GetUtcNow(),
        Clock = told.Clock,
        Kind = told.Kind,
        Plan = told.Plan?.Value,
        Output = told.Output?.Value,
        Code = told.Code,
        Detail = told.Detail,
    };

    private static partial class Log
    {
        [LoggerMessage(1404, LogLevel.Warning, "{Site} no longer has its events {From} to {To}: gap taken as final")]
        public static partial void Gap(ILogger log, SiteId site, long from, long to);
    }
}

/// <summary>How far the events of each site have come without a gap. In memory: after a restart what is stored counts as complete up to its newest.</summary>
internal sealed class EventGaps
{
    private readonly ConcurrentDictionary<(SiteId Site, int Installation), (long UpTo, long? BeganBeyond)> reached = [];

    public long? Acknowledged(SiteId site, int installation) => reached.TryGetValue((site, installation), out var r) ? r.UpTo : null;

    /// <param name="upTo">Acknowledged before.</param>
    /// <param name="later">Every stored sequence number beyond it, rising.</param>
    /// <param name="first">First number of the batch just stored.</param>
    public long Acknowledge(SiteId site, int installation, long upTo, IReadOnlyList<long> later, long first, Action<long, long> gapIsFinal)
    {
        reached.TryGetValue((site, installation), out var before);
        if (first > upTo + 1 && before.BeganBeyond == first)
        {
            gapIsFinal(upTo + 1, first - 1);
            upTo = first - 1;
        }

        foreach (var seq in later.Where(s => s > upTo))
        {
            if (seq != upTo + 1)
                break;
            upTo = seq;
        }

        reached[(site, installation)] = (upTo, first > upTo + 1 ? first : null);
        return upTo;
    }
}
