using BorderInfo.Contract.Messages;

namespace BorderInfo.Server.Proof;

/// <summary>A record that is already stored.</summary>
internal readonly record struct StoredPlay(int Run, long Seq, long Boot, DateTimeOffset StartedAt, string Output)
{
    public bool Is(PlayRecord r) => Seq == r.Seq && Boot == r.Boot && StartedAt == r.StartedAt.ToUniversalTime() && Output == r.Output.Value;
}

/// <summary>
/// Pure: how the numbers of a site's journal go on, what is missing, and up to where may be acknowledged.
/// </summary>
internal static class JournalRules
{
    /// <summary>A gap is given up at the earliest so long after it was noticed: twice the patience of an agent that waits for an answer.</summary>
    public static readonly TimeSpan GiveUpAfter = TimeSpan.FromSeconds(60);

    /// <summary>So many batches must have begun beyond it, the one that showed it included.</summary>
    public const int GiveUpOffers = 3;

    /// <summary>True when the present run has had a record of this number: it is stored, or was until it was old enough to be deleted.</summary>
    /// <param name="gaps">Of the present run, in the range of the batch.</param>
    public static bool WasTaken(PlayStreamRow stream, PlayRecord r, IReadOnlyList<PlayGapRow> gaps) =>
        r.Seq <= stream.MaxSeq && !gaps.Any(g => g.FromSeq <= r.Seq && r.Seq <= g.ToSeq);

    /// <summary>True when these records cannot belong to the present run: the site's journal began anew.</summary>
    /// <param name="fresh">What is neither stored nor forgotten, rising by number; never empty.</param>
    /// <param name="gaps">Of the present run, in the range of the batch.</param>
    public static bool BeganAnew(PlayStreamRow stream, IReadOnlyList<PlayRecord> fresh, IReadOnlyList<PlayGapRow> gaps)
    {
        if (stream.MaxSeq == 0)
            return false;
        if (fresh.Any(r => WasTaken(stream, r, gaps) || !FitsBoots(stream, r, gaps)))
            return true;
        return stream.MayBeginAnew && fresh[0].Seq > stream.UpTo + 1;
    }

    /// <summary>Behind which number a new run begins: a computer that was just enrolled goes on after the number it was told, so nothing is missing below; any other journal began at 1.</summary>
    /// <param name="first">Lowest number of what is fresh.</param>
    /// <param name="told">Highest number of all runs.</param>
    public static long Begins(PlayStreamRow stream, long first, long told) => stream.MayBeginAnew && first > told ? told : 0;

    /// <summary>Takes the numbers of a batch into the stream: opens, splits and closes gaps.</summary>
    /// <returns>Gaps that are new and gaps that are gone.</returns>
    public static (IReadOnlyList<PlayGapRow> Opened, IReadOnlyList<PlayGapRow> Closed) Take(PlayStreamRow stream, IReadOnlyList<PlayRecord> batch, IReadOnlyList<PlayGapRow> gaps, DateTimeOffset now)
    {
        var open = gaps.ToList();
        var opened = new List<PlayGapRow>();
        var closed = new List<PlayGapRow>();
        foreach (var r in batch)
        {
            if (r.Seq > stream.MaxSeq)
            {
                if (r.Seq > stream.MaxSeq + 1)
                    Add(new() { Site = stream.Site, Run = stream.Run, FromSeq = stream.MaxSeq + 1, ToSeq = r.Seq - 1, NoticedAt = now, AfterAt = stream.LastEndedAt, AfterBoot = stream.LastBoot, BeforeAt = r.EndedAt, BeforeBoot = r.Boot });
                stream.MaxSeq = r.Seq;
                stream.LastBoot = r.Boot;
            }
            else if (open.FirstOrDefault(g => g.FromSeq <= r.Seq && r.Seq <= g.ToSeq) is { } gap)
            {
                if (gap.ToSeq > r.Seq)
                    Add(new() { Site = gap.Site, Run = gap.Run, FromSeq = r.Seq + 1, ToSeq = gap.ToSeq, NoticedAt = gap.NoticedAt, Offers = gap.Offers, LostAt = gap.LostAt, AfterAt = r.EndedAt, AfterBoot = r.Boot, BeforeAt = gap.BeforeAt, BeforeBoot = gap.BeforeBoot });
                (gap.ToSeq, gap.BeforeAt, gap.BeforeBoot) = (r.Seq - 1, r.EndedAt, r.Boot);
                if (gap.ToSeq < gap.FromSeq)
                    Close(gap);
            }

            if (PlayBatchRules.Timed(r, now) && (stream.LastEndedAt is null || r.EndedAt > stream.LastEndedAt))
                stream.LastEndedAt = r.EndedAt.ToUniversalTime();
        }

        return (opened, closed);

        void Add(PlayGapRow gap)
        {
            open.Add(gap);
            opened.Add(gap);
        }

        void Close(PlayGapRow gap)
        {
            open.Remove(gap);
            if (!opened.Remove(gap))
                closed.Add(gap);
        }
    }

    /// <summary>A batch begins at the oldest number its site still has, so one that begins beyond a gap, again and again, says that the gap stays.</summary>
    /// <returns>The gaps given up now.</returns>
    public static IReadOnlyList<PlayGapRow> GiveUp(IEnumerable<PlayGapRow> below, DateTimeOffset now)
    {
        var lost = new List<PlayGapRow>();
        foreach (var gap in below.Where(g => g.LostAt is null))
        {
            gap.Offers++;
            if (gap.Offers < GiveUpOffers || now - gap.NoticedAt < GiveUpAfter)
                continue;
            gap.LostAt = now;
            lost.Add(gap);
        }

        return lost;
    }

    /// <summary>Boots rise with the numbers.</summary>
    private static bool FitsBoots(PlayStreamRow stream, PlayRecord r, IReadOnlyList<PlayGapRow> gaps)
    {
        if (r.Seq > stream.MaxSeq)
            return r.Boot >= stream.LastBoot;
        return gaps.FirstOrDefault(g => g.FromSeq <= r.Seq && r.Seq <= g.ToSeq) is not { } gap || (gap.AfterBoot <= r.Boot && r.Boot <= gap.BeforeBoot);
    }
}
