using System.Text.Json;
using BorderInfo.Contract;
using BorderInfo.Contract.Messages;
using Microsoft.Data.Sqlite;
using Stream = BorderInfo.Contract.Messages.Stream;

namespace BorderInfo.Agent.Store;

/// <summary>An open row: on air since its start, not yet numbered.</summary>
public sealed record Airing(long Id, PlayRecord Draft);

/// <summary>
/// Plays and events with gapless numbers 1, 2, 3 … per stream, and how far the server has acknowledged them. The outbox is what lies above that.
/// </summary>
/// <remarks>
/// A play gets its number when it is closed, so a long still on one screen does not hold back the others. Number and row are one transaction;
/// numbers are reserved in <see cref="HighWater"/> before they are used, so they are never used again even without the database.
/// Times are given by the caller. All writes throw <see cref="StoreFault"/> when the disk does not take them, and then have changed nothing.
/// </remarks>
public sealed class Journal
{
    private readonly Lock gate = new();
    private readonly AgentDatabase database;
    private readonly HighWater highWater;
    private readonly Dictionary<Stream, long> last = [];
    private long lastAiring;

    public Journal(AgentDatabase database, HighWater highWater)
    {
        (this.database, this.highWater) = (database, highWater);
        Boot = NextBoot();
        foreach (var stream in new[] { Stream.Play, Stream.Event })
            last[stream] = LastUsed(stream);
        lastAiring = (long)database.Read(c => c.One("SELECT coalesce(max(id), 0) FROM airing"))!;
    }

    /// <summary>Rises at every start.</summary>
    public long Boot { get; }

    public long Last(Stream stream)
    {
        lock (gate)
            return last[stream];
    }

    public long Acknowledged(Stream stream) => Mark(AckName(stream)) ?? 0;

    /// <summary>Rows of both streams that the server has not acknowledged.</summary>
    public int Unacknowledged => Count(Stream.Play) + Count(Stream.Event);

    /// <summary>Writes down that something is on air.</summary>
    public Airing Open(PlayRecord draft)
    {
        lock (gate)
        {
            var id = lastAiring + 1;
            database.Write(c => c.Run(
                "INSERT INTO airing(id, body, beat_at, beat_ms) VALUES($1, $2, $3, 0)", id, Text(draft), draft.StartedAt.UtcTicks));
            lastAiring = id;
            return new(id, draft);
        }
    }

    /// <summary>Still on air. May be lost by a power cut, not by the death of the process.</summary>
    public void Beat(IReadOnlyList<(long Id, DateTimeOffset At, long PlayedMs)> beats)
    {
        if (beats.Count == 0)
            return;
        database.WriteLazily(c =>
        {
            foreach (var (id, at, ms) in beats)
                c.Run("UPDATE airing SET beat_at=$2, beat_ms=$3 WHERE id=$1", id, at.UtcTicks, ms);
        });
    }

    /// <summary>Numbers the play and takes it off the air, in one transaction.</summary>
    public PlayRecord Close(long airing, PlayRecord record)
    {
        lock (gate)
        {
            var numbered = record with { Seq = Reserve(Stream.Play) };
            database.Write(c =>
            {
                c.Run("INSERT INTO play(seq, ended, body) VALUES($1, $2, $3)", numbered.Seq, numbered.EndedAt.UtcTicks, Text(numbered));
                c.Run("DELETE FROM airing WHERE id=$1", airing);
            });
            last[Stream.Play] = numbered.Seq;
            return numbered;
        }
    }

    /// <summary>Rows that a crash left open become broken plays that end at their last heartbeat. Call once, before anything is shown.</summary>
    public IReadOnlyList<PlayRecord> CloseLeftovers()
    {
        var left = database.Read(c => c.All(
            r => (Id: r.GetInt64(0), Body: r.GetString(1), BeatAt: r.GetInt64(2), BeatMs: r.GetInt64(3)),
            "SELECT id, body, beat_at, beat_ms FROM airing ORDER BY id"));
        return [.. left.Select(l => Close(l.Id, Play(l.Body) with
        {
            EndedAt = new DateTimeOffset(l.BeatAt, TimeSpan.Zero),
            DurationMs = l.BeatMs,
            End = PlayEnd.Broken,
        }))];
    }

    /// <summary>Numbers and keeps an event, together with <paramref name="also"/> in the same transaction.</summary>
    public SiteEvent Tell(SiteEvent draft, Action<SqliteConnection>? also = null)
    {
        lock (gate)
        {
            var numbered = draft with { Seq = Reserve(Stream.Event), Boot = Boot };
            database.Write(c =>
            {
                c.Run("INSERT INTO event(seq, ended, body) VALUES($1, $2, $3)", numbered.Seq, numbered.At.UtcTicks, Text(numbered));
                also?.Invoke(c);
            });
            last[Stream.Event] = numbered.Seq;
            return numbered;
        }
    }

    /// <summary>Unacknowledged plays above <paramref name="after"/>, in order.</summary>
    public IReadOnlyList<PlayRecord> Plays(long after, int most) =>
        database.Read(c => c.All(r => Play(r.GetString(0)), "SELECT body FROM play WHERE seq>$1 ORDER BY seq LIMIT $2", after, most));

    public IReadOnlyList<SiteEvent> Events(long after, int most) =>
        database.Read(c => c.All(r => Event(r.GetString(0)), "SELECT body FROM event WHERE seq>$1 ORDER BY seq LIMIT $2", after, most));

    /// <summary>The server has committed everything up to there. False when it speaks of numbers we never used: nothing is changed.</summary>
    public bool Acknowledge(Stream stream, long upTo)
    {
        lock (gate)
        {
            if (upTo > last[stream])
                return false;
            if (upTo > Acknowledged(stream))
                SetMark(AckName(stream), upTo);
            return true;
        }
    }

    /// <summary>Deletes what is acknowledged and ended before <paramref name="before"/>. Returns how many.</summary>
    public int Prune(DateTimeOffset before)
    {
        var plays = Acknowledged(Stream.Play);
        var events = Acknowledged(Stream.Event);
        return database.Write(c =>
            c.Run("DELETE FROM play WHERE seq<=$1 AND ended<$2", plays, before.UtcTicks)
            + c.Run("DELETE FROM event WHERE seq<=$1 AND ended<$2", events, before.UtcTicks));
    }

    private int Count(Stream stream)
    {
        var acknowledged = Acknowledged(stream);
        return (int)(long)database.Read(c => c.One($"SELECT count(*) FROM {Table(stream)} WHERE seq>$1", acknowledged))!;
    }

    private long NextBoot()
    {
        var boot = Math.Max(Mark("boot") ?? 0, highWater.Marks.Boot) + 1;
        // The database first: it gives up the reserve of a full disk. A number that neither takes still holds for this run: playing comes before counting.
        database.TryWrite(c => PutMark(c, "boot", boot));
        highWater.RaiseOrRemember(m => m with { Boot = boot });
        return boot;
    }

    /// <summary>A new database has no numbers of its own and goes on after the reserved ones; what is gone counts as acknowledged.</summary>
    private long LastUsed(Stream stream)
    {
        var newest = (long?)database.Read(c => c.One($"SELECT max(seq) FROM {Table(stream)}"));
        if (new[] { newest, Mark(FirstName(stream)), Mark(AckName(stream)) }.Max() is { } known)
            return known;
        var reserved = stream == Stream.Play ? highWater.Marks.Play : highWater.Marks.Event;
        database.Write(c =>
        {
            PutMark(c, FirstName(stream), reserved);
            PutMark(c, AckName(stream), reserved);
        });
        return reserved;
    }

    private long Reserve(Stream stream)
    {
        var next = last[stream] + 1;
        highWater.Raise(m => stream == Stream.Play
            ? next > m.Play ? m with { Play = next + HighWater.Block - 1 } : m
            : next > m.Event ? m with { Event = next + HighWater.Block - 1 } : m);
        return next;
    }

    private long? Mark(string name) => (long?)database.Read(c => c.One("SELECT value FROM mark WHERE name=$1", name));

    private void SetMark(string name, long value) => database.Write(c => PutMark(c, name, value));

    private static void PutMark(SqliteConnection c, string name, long value) =>
        c.Run("INSERT OR REPLACE INTO mark(name, value) VALUES($1, $2)", name, value);

    private static string AckName(Stream stream) => stream == Stream.Play ? "acknowledged-play" : "acknowledged-event";

    private static string FirstName(Stream stream) => stream == Stream.Play ? "first-play" : "first-event";

    private static string Table(Stream stream) => stream == Stream.Play ? "play" : "event";

    private static string Text(PlayRecord record) => JsonSerializer.Serialize(record, ContractJson.Wire.PlayRecord);

    private static string Text(SiteEvent told) => JsonSerializer.Serialize(told, ContractJson.Wire.SiteEvent);

    private static PlayRecord Play(string body) => JsonSerializer.Deserialize(body, ContractJson.Wire.PlayRecord)!;

    private static SiteEvent Event(string body) => JsonSerializer.Deserialize(body, ContractJson.Wire.SiteEvent)!;
}
