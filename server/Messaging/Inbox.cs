using System.Collections.Concurrent;
using BorderInfo.Mqtt;
using BorderInfo.Server.Messaging.Public;

namespace BorderInfo.Server.Messaging;

/// <summary>
/// Gives each uplink to the slices that take its word, one message at a time, so that a site's order is kept. The broker's acknowledgement follows.
/// </summary>
/// <remarks>
/// A site that sends more than 50 messages a second on average (bursts of 200) is passed over until it calms down: it sends again what was not acknowledged.
/// A retained uplink counts only as <c>state</c>.
/// </remarks>
internal sealed partial class Inbox(IServiceScopeFactory scopes, TimeProvider clock, ILogger<Inbox> log)
{
    private const double PerSecond = 50;
    private const double Burst = 200;

    private readonly ConcurrentDictionary<SiteId, Bucket> buckets = [];

    public async ValueTask Take(MqttMessage message, CancellationToken stop)
    {
        if (!Topics.TryUplink(message.Topic, out var site, out var word))
        {
            Log.Foreign(log, message.Topic);
            return;
        }

        if (message.Retain && word != "state")
            return;
        if (!Bucketed(site))
        {
            Log.Flood(log, site);
            return;
        }

        using var scope = scopes.CreateScope();
        foreach (var taker in scope.ServiceProvider.GetServices<IUplink>().Where(u => u.Word == word))
        {
            try
            {
                await taker.Take(site, message.Payload, stop);
            }
            catch (Exception e) when (e is not OperationCanceledException || !stop.IsCancellationRequested)
            {
                Log.Failed(log, site, word, e);
            }
        }
    }

    private bool Bucketed(SiteId site)
    {
        var bucket = buckets.GetOrAdd(site, _ => new Bucket(Burst, clock.GetTimestamp()));
        lock (bucket)
            return bucket.Take(clock);
    }

    private sealed class Bucket(double tokens, long stamp)
    {
        private double tokens = tokens;
        private long stamp = stamp;

        public bool Take(TimeProvider clock)
        {
            tokens = Math.Min(Burst, tokens + clock.GetElapsedTime(stamp).TotalSeconds * PerSecond);
            stamp = clock.GetTimestamp();
            if (tokens < 1)
                return false;
            tokens--;
            return true;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1331, LogLevel.Warning, "A message on a topic that is not ours: {Topic}")]
        public static partial void Foreign(ILogger log, string topic);

        [LoggerMessage(1332, LogLevel.Warning, "{Site} sends too much; passed over until it calms down")]
        public static partial void Flood(ILogger log, SiteId site);

        [LoggerMessage(1333, LogLevel.Error, "{Site}: taking {Word} failed; the site sends it again")]
        public static partial void Failed(ILogger log, SiteId site, string word, Exception e);
    }
}
