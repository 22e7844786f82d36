using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace BorderInfo.Server.Platform.Live;

/// <summary>Tells open pages that something changed. A page listens to <c>/live?topic=sites&amp;topic=plan:LS-0001</c> (server-sent events) and asks for what it shows.</summary>
public sealed class LiveBoard
{
    private static readonly TimeSpan AskAgainAfter = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<Guid, Listener> listeners = [];

    /// <summary>Never blocks; a listener that is too slow loses the oldest of its 256 waiting news.</summary>
    /// <param name="topic">For example <c>sites</c>, <c>site:LS-0001</c>, <c>delivery:LS-0001</c>.</param>
    public void Tell(string topic, string text = "")
    {
        foreach (var listener in listeners.Values)
        {
            if (listener.Topics.Contains(topic))
                listener.News.Writer.TryWrite(new SseItem<string>(text, topic));
        }
    }

    /// <summary>News of the topics, with an <c>alive</c> every 20 s so that a dead link is noticed.</summary>
    /// <param name="still">Asked before anything is told, once a second at most; false ends the stream. Null = nobody has to.</param>
    public async IAsyncEnumerable<SseItem<string>> Listen(IReadOnlyCollection<string> topics, [EnumeratorCancellation] CancellationToken stop, Func<CancellationToken, Task<bool>>? still = null)
    {
        var id = Guid.NewGuid();
        var listener = new Listener([.. topics], Channel.CreateBounded<SseItem<string>>(new BoundedChannelOptions(256) { FullMode = BoundedChannelFullMode.DropOldest }));
        listeners[id] = listener;
        try
        {
            yield return new SseItem<string>("", "alive");
            var asked = Stopwatch.GetTimestamp();
            while (!stop.IsCancellationRequested)
            {
                using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
                patience.CancelAfter(TimeSpan.FromSeconds(20));
                SseItem<string> news;
                try
                {
                    news = await listener.News.Reader.ReadAsync(patience.Token);
                }
                catch (OperationCanceledException)
                {
                    news = new SseItem<string>("", "alive");
                }

                if (still is not null && Stopwatch.GetElapsedTime(asked) >= AskAgainAfter)
                {
                    if (stop.IsCancellationRequested || !await still(stop))
                        yield break;
                    asked = Stopwatch.GetTimestamp();
                }

                yield return news;
            }
        }
        finally
        {
            listeners.TryRemove(id, out _);
        }
    }

    private sealed record Listener(HashSet<string> Topics, Channel<SseItem<string>> News);
}
