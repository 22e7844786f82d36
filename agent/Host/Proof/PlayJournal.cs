using BorderInfo.Agent.Play;
using BorderInfo.Agent.Store;
using BorderInfo.Agent.Time;
using BorderInfo.Contract;
using BorderInfo.Contract.Messages;
using BorderInfo.Contract.Plans;

namespace BorderInfo.Agent.Proof;

/// <summary>
/// What was really on air: a row is opened when the player says it started, closed when it says it ended, and kept alive by a heartbeat between, so that
/// nothing is lost or doubled however the program ends.
/// </summary>
/// <remarks>
/// One row a showing; a showing is entry, item, version, file and the instant its slot began, so a still that comes round again counts anew.
/// Instants are the site's time, durations the monotonic clock's. All state below is touched on the queue's thread only.
/// </remarks>
public sealed class PlayJournal(Journal journal, DurableQueue queue, SiteClock clock)
{
    /// <summary>A crash costs at most this much of a play's length.</summary>
    public static readonly TimeSpan BeatEvery = TimeSpan.FromSeconds(2);

    /// <summary>A play that ended no earlier than this before its planned end ran its time.</summary>
    private static readonly TimeSpan Slack = TimeSpan.FromMilliseconds(500);

    private readonly Lock gate = new();
    private readonly Dictionary<OutputId, List<(string Key, OnAir Air, PlanNumber Plan)>> told = [];
    private readonly Dictionary<OutputId, OpenRow> open = [];

    private int beating;

    private sealed record OpenRow(string Key, Airing Airing, long Stamp, DateTimeOffset PlannedEnd, bool Seen = false);

    /// <summary>Rows a crash left open become broken plays. Call once before anything is shown; returns how many.</summary>
    public int Recover() => journal.CloseLeftovers().Count;

    /// <summary>The player is about to be asked for this; its news will be understood by the key.</summary>
    public void Expect(OutputId output, string key, OnAir air, PlanNumber plan)
    {
        lock (gate)
        {
            if (!told.TryGetValue(output, out var list))
                told[output] = list = [];
            list.RemoveAll(t => t.Key == key);
            list.Add((key, air, plan));
            if (list.Count > 8)
                list.RemoveAt(0);
        }
    }

    /// <summary>From any thread, in order per output; never blocks.</summary>
    public void Hear(PlayerNews news)
    {
        var at = clock.At(news.Stamp);
        var trust = clock.Trust;
        switch (news)
        {
            case ShowingStarted started when Expected(news.Output, started.Key) is { } expected:
                queue.Post(() => Start(started, at, trust, expected.Air, expected.Plan));
                break;
            case ShowingStarted started:
                queue.Post(() => End(started.Output, at, started.Stamp, broken: false));
                break;
            case ShowingSeen seen:
                queue.Post(() =>
                {
                    if (open.TryGetValue(seen.Output, out var row) && row.Key == seen.Key)
                        open[seen.Output] = row with { Seen = true };
                });
                break;
            case ShowingEnded ended:
                queue.Post(() =>
                {
                    if (open.TryGetValue(ended.Output, out var row) && row.Key == ended.Key)
                        End(ended.Output, at, ended.Stamp, ended.Broken);
                });
                break;
            case ShowingFailed failed:
                queue.Post(() =>
                {
                    if (open.TryGetValue(failed.Output, out var row) && row.Key == failed.Key)
                        End(failed.Output, at, failed.Stamp, broken: true);
                });
                break;
            default:
                break;
        }
    }

    /// <summary>Every <see cref="BeatEvery"/>; passed over while the one before still waits for the disk.</summary>
    public void Beat()
    {
        if (Interlocked.Exchange(ref beating, 1) != 0)
            return;
        queue.Post(() =>
        {
            var (now, stamp) = (clock.Now, clock.Stamp);
            try
            {
                journal.Beat([.. open.Values.Select(o => (o.Airing.Id, now, Ms(o.Stamp, stamp)))]);
            }
            catch (Exception e) when (e is not StoreFault)
            {
                Volatile.Write(ref beating, 0);
                throw;
            }

            Volatile.Write(ref beating, 0);
        });
    }

    /// <summary>The agent is being stopped by a person.</summary>
    public void CloseAll()
    {
        var (now, stamp) = (clock.Now, clock.Stamp);
        queue.Post(() =>
        {
            foreach (var output in open.Keys.ToArray())
                End(output, now, stamp, broken: false);
        });
    }

    private (OnAir Air, PlanNumber Plan)? Expected(OutputId output, string key)
    {
        lock (gate)
        {
            return told.TryGetValue(output, out var list) && list.FindLast(t => t.Key == key) is { Key: not null } found ? (found.Air, found.Plan) : null;
        }
    }

    private void Start(ShowingStarted started, DateTimeOffset at, ClockTrust trust, OnAir air, PlanNumber plan)
    {
        End(started.Output, at, started.Stamp, broken: false);
        if (air is not { Entry: { } entry, Item: { } item, Part: { } part })
            return;
        var draft = new PlayRecord
        {
            Seq = 0,
            Boot = journal.Boot,
            Plan = plan,
            Entry = entry.Id,
            Tier = air.Tier,
            Output = started.Output,
            Item = item.Id,
            Version = item.Version,
            Language = part.Language,
            Page = part.Page,
            StartedAt = at,
            EndedAt = at,
            DurationMs = 0,
            End = PlayEnd.Broken,
            Grade = ProofGrade.Played,
            Clock = trust,
        };
        open[started.Output] = new(started.Key, journal.Open(draft), started.Stamp, air.From.AddMilliseconds(part.DurationMs));
    }

    private void End(OutputId output, DateTimeOffset at, long stamp, bool broken)
    {
        if (!open.TryGetValue(output, out var row))
            return;
        journal.Close(row.Airing.Id, row.Airing.Draft with
        {
            EndedAt = at > row.Airing.Draft.StartedAt ? at : row.Airing.Draft.StartedAt,
            DurationMs = Ms(row.Stamp, stamp),
            Grade = row.Seen ? ProofGrade.Verified : ProofGrade.Played,
            End = broken ? PlayEnd.Broken : at >= row.PlannedEnd - Slack ? PlayEnd.Completed : PlayEnd.Cut,
        });
        open.Remove(output);
    }

    private long Ms(long from, long to) => Math.Max(0, (long)clock.Between(from, to).TotalMilliseconds);
}
