using BorderInfo.Contract;
using BorderInfo.Server.Fleet.Public;
using BorderInfo.Server.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace BorderInfo.Server.Proof;

/// <summary>Answers Fleet: where a computer that is enrolled anew goes on counting its plays. Over all runs, so that no number of an earlier one is used again.</summary>
internal sealed class LastPlay(BorderInfoDb db) : ILastPlay
{
    public async Task<(long Seq, long Boot)> Of(SiteId site, CancellationToken stop)
    {
        if (await db.Set<PlayStreamRow>().AsNoTracking().FirstOrDefaultAsync(s => s.Site == site.Value, stop) is not { } stream)
            return default;
        return (await Highest(db, stream, stop), stream.LastBoot);
    }

    /// <summary>Over all runs: what a computer that is enrolled now is told.</summary>
    public static async Task<long> Highest(BorderInfoDb db, PlayStreamRow stream, CancellationToken stop)
    {
        var highest = stream.MaxSeq;
        for (var run = 1; run < stream.Run; run++)
        {
            var at = run;
            highest = Math.Max(highest, await db.Set<PlayRow>().Where(p => p.Site == stream.Site && p.Run == at).MaxAsync(p => (long?)p.Seq, stop) ?? 0);
        }

        return highest;
    }
}
