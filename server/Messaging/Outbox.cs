using System.Data.Common;
using BorderInfo.Mqtt;
using BorderInfo.Server.Messaging.Public;
using BorderInfo.Server.Platform.Database;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace BorderInfo.Server.Messaging;

/// <summary>
/// Sends what other slices enqueued in their transactions, in order, at least once; a row goes when the broker has acknowledged it.
/// </summary>
/// <remarks>Woken by every commit of this process and, in case one was missed, every 5 s.</remarks>
internal sealed partial class Outbox(ServerLink link, IServiceScopeFactory scopes, OutboxBell bell, TimeProvider clock, ILogger<Outbox> log) : BackgroundService, IDownlink
{
    private const int AtOnce = 50;

    public bool Connected => link.IsConnected;

    public void Enqueue(BorderInfoDb db, string topic, byte[] payload, bool retain, TimeSpan? expiry = null, string? about = null)
    {
        if (retain)
            db.RemoveRange(db.Set<OutboxRow>().Where(r => r.Topic == topic && r.Retain));
        db.Add(new OutboxRow { Topic = topic, Payload = payload, Retain = retain, ExpirySeconds = (long?)expiry?.TotalSeconds, MadeAt = clock.GetUtcNow(), About = about });
    }

    public async Task SendNow(string topic, byte[] payload, TimeSpan expiry, CancellationToken stop)
    {
        if (!link.IsConnected)
            return;
        try
        {
            await link.Send(new MqttMessage(topic, payload) { Qos = Qos.AtLeastOnce, ExpirySeconds = (uint)expiry.TotalSeconds, ContentType = "application/json" }, stop);
        }
        catch (IOException e)
        {
            Log.Dropped(log, topic, e);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (!link.IsConnected || !await SendSome(stoppingToken))
                    await bell.Wait(TimeSpan.FromSeconds(link.IsConnected ? 5 : 0.2), stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e) when (e is IOException or DbException or DbUpdateException or OperationCanceledException)
            {
                Log.Stopped(log, e);
                await Task.Delay(500, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    /// <summary>False when there was nothing to send.</summary>
    private async Task<bool> SendSome(CancellationToken stop)
    {
        using var scope = scopes.CreateScope();
        var db = scope.ServiceProvider.GetRequiredService<BorderInfoDb>();
        var rows = await db.Set<OutboxRow>().AsNoTracking().OrderBy(r => r.Id).Take(AtOnce).ToListAsync(stop);
        foreach (var row in rows)
        {
            var left = row.ExpirySeconds - (long)(clock.GetUtcNow() - row.MadeAt).TotalSeconds;
            if (left is null or > 0)
                await Send(row, left, stop);
            await db.Set<OutboxRow>().Where(r => r.Id == row.Id).ExecuteDeleteAsync(stop);
        }

        return rows.Count > 0;
    }

    private async Task Send(OutboxRow row, long? left, CancellationToken stop)
    {
        var reason = await link.Send(new MqttMessage(row.Topic, row.Payload) { Qos = Qos.AtLeastOnce, Retain = row.Retain, ExpirySeconds = (uint?)left }, stop);
        if (reason >= 0x80)
            Log.Refused(log, row.Topic, row.About, reason);
        else
            Log.Sent(log, row.Topic, row.About, row.Payload.Length);
    }

    private static partial class Log
    {
        [LoggerMessage(1311, LogLevel.Information, "Sent {Topic} {About}, {Bytes} bytes")]
        public static partial void Sent(ILogger log, string topic, string? about, int bytes);

        [LoggerMessage(1312, LogLevel.Error, "The broker refused {Topic} {About} with reason {Reason}")]
        public static partial void Refused(ILogger log, string topic, string? about, byte reason);

        [LoggerMessage(1313, LogLevel.Debug, "Outbox stopped, goes on in a moment")]
        public static partial void Stopped(ILogger log, Exception e);

        [LoggerMessage(1314, LogLevel.Debug, "Dropped {Topic}; the site asks again")]
        public static partial void Dropped(ILogger log, string topic, Exception e);
    }
}

/// <summary>Rings when this process has committed something, so that the outbox need not poll.</summary>
internal sealed class OutboxBell : DbTransactionInterceptor, ISaveChangesInterceptor
{
    private readonly SemaphoreSlim rung = new(0, 1);

    public async Task Wait(TimeSpan atMost, CancellationToken stop) => await rung.WaitAsync(atMost, stop);

    public override void TransactionCommitted(DbTransaction transaction, TransactionEndEventData eventData) => Ring();

    public override Task TransactionCommittedAsync(DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        Ring();
        return Task.CompletedTask;
    }

    public int SavedChanges(SaveChangesCompletedEventData eventData, int result)
    {
        Ring();
        return result;
    }

    public ValueTask<int> SavedChangesAsync(SaveChangesCompletedEventData eventData, int result, CancellationToken cancellationToken = default)
    {
        Ring();
        return ValueTask.FromResult(result);
    }

    private void Ring()
    {
        try
        {
            rung.Release();
        }
        catch (SemaphoreFullException)
        {
            // Already rung.
        }
    }
}
