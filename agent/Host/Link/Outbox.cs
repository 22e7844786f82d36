using System.Text.Json;
using BorderInfo.Agent.Loops;
using BorderInfo.Agent.Store;
using BorderInfo.Contract;
using BorderInfo.Contract.Messages;
using BorderInfo.Mqtt;
using Stream = BorderInfo.Contract.Messages.Stream;

namespace BorderInfo.Agent.Link;

/// <summary>
/// Sends one stream of the journal in order: a batch of at most a hundred rows, the next one only when the server has said that it committed this one.
/// </summary>
/// <remarks>A batch without an answer is sent again after thirty seconds, and at once on a new connection. What is acknowledged is decided by <see cref="Journal"/> alone.</remarks>
public sealed partial class Outbox(Stream stream, SiteId site, Journal journal, Func<MqttMessage, CancellationToken, Task<byte>> publish, TimeProvider time, ILogger<Outbox> log)
{
    public const int MostRows = 100;

    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Alarm alarm = new(time);
    private volatile bool connected;
    private long sentUpTo;
    private long sentStamp;
    private long rungFor = -1;

    public string Name => stream == Stream.Play ? "outbox-play" : "outbox-event";

    /// <summary>A new connection: everything above the acknowledged number is sent again.</summary>
    public void LinkUp()
    {
        Volatile.Write(ref sentUpTo, 0);
        connected = true;
        alarm.Ring();
    }

    public void LinkDown() => connected = false;

    /// <summary>Something was written to the journal; heartbeats are too, and are no news. On the journal's thread.</summary>
    public void MoreToSend()
    {
        var last = journal.Last(stream);
        if (last == rungFor)
            return;
        rungFor = last;
        alarm.Ring();
    }

    /// <summary>From the link.</summary>
    /// <exception cref="StoreFault">The disk did not take it: not acknowledged, it will come again.</exception>
    public void Acknowledged(StreamAck ack)
    {
        if (!journal.Acknowledge(ack.Stream, ack.UpTo))
            Log.UnknownNumber(log, ack.Stream, ack.UpTo, journal.Last(stream));
        alarm.Ring();
    }

    public async Task Run(Action good, CancellationToken stop)
    {
        while (true)
        {
            var sleep = connected ? await Turn(stop) : TimeSpan.FromSeconds(20);
            good();
            await alarm.Wait(sleep, stop);
        }
    }

    private async Task<TimeSpan> Turn(CancellationToken stop)
    {
        var acknowledged = journal.Acknowledged(stream);
        var waiting = Volatile.Read(ref sentUpTo) > acknowledged;
        if (waiting && time.GetElapsedTime(sentStamp) is var since && since < Patience)
            return Patience - since;
        var (payload, upTo, rows) = Next(acknowledged);
        if (rows == 0)
            return TimeSpan.FromSeconds(20);
        Volatile.Write(ref sentUpTo, upTo);
        sentStamp = time.GetTimestamp();
        try
        {
            var reason = await publish(Message(payload), stop).WaitAsync(Patience, time, stop);
            if (reason >= 0x80)
                Log.NotTaken(log, stream, upTo, reason);
        }
        catch (Exception e) when (e is MqttException or TimeoutException)
        {
            Log.NotSent(log, stream, upTo, e.Message);
            Volatile.Write(ref sentUpTo, 0);
            return TimeSpan.FromSeconds(1);
        }

        return Patience;
    }

    private (byte[] Payload, long UpTo, int Rows) Next(long acknowledged)
    {
        if (stream == Stream.Play)
        {
            var plays = journal.Plays(acknowledged, MostRows);
            return (JsonSerializer.SerializeToUtf8Bytes(new PlayBatch(plays), ContractJson.Wire.PlayBatch), plays.Count == 0 ? 0 : plays[^1].Seq, plays.Count);
        }

        var events = journal.Events(acknowledged, MostRows);
        return (JsonSerializer.SerializeToUtf8Bytes(new EventBatch(events), ContractJson.Wire.EventBatch), events.Count == 0 ? 0 : events[^1].Seq, events.Count);
    }

    private MqttMessage Message(byte[] payload) =>
        new(stream == Stream.Play ? Topics.Plays(site) : Topics.Events(site), payload) { Qos = Qos.AtLeastOnce, ContentType = "application/json" };

    private static partial class Log
    {
        [LoggerMessage(4411, LogLevel.Warning, "The server acknowledged {Stream} up to {UpTo}, but our last number is {Last}: passed over")]
        public static partial void UnknownNumber(ILogger log, Stream stream, long upTo, long last);

        [LoggerMessage(4412, LogLevel.Warning, "{Stream} up to {UpTo}: the broker answered 0x{Reason:X2}")]
        public static partial void NotTaken(ILogger log, Stream stream, long upTo, byte reason);

        [LoggerMessage(4413, LogLevel.Debug, "{Stream} up to {UpTo} not sent: {Why}")]
        public static partial void NotSent(ILogger log, Stream stream, long upTo, string why);
    }
}
