using System.Globalization;
using BorderInfo.Contract.Plans;
using BorderInfo.Server.Fleet.Public;
using BorderInfo.Server.Identity.Public;
using BorderInfo.Server.Platform.Database;
using BorderInfo.Server.Platform.News;
using BorderInfo.Server.Scheduling.Public;
using Microsoft.EntityFrameworkCore;

namespace BorderInfo.Server.Scheduling.Noise;

/// <summary>The administrator says to which noise zone a cluster, or one loudspeaker of it, belongs.</summary>
/// <remarks>Refuses with <c>noise.not-allowed</c>, <c>noise.unknown-place</c>.</remarks>
internal sealed partial class SetNoiseZone(BorderInfoDb db, IClusters clusters, NewsDesk news, IAuditTrail audit, ILogger<SetNoiseZone> log)
{
    /// <param name="Output">"" = all loudspeakers of the cluster that are not named themselves.</param>
    /// <param name="Zone">Null = none of its own.</param>
    public sealed record Ask(Actor Actor, long Cluster, string Output, NoiseZone? Zone);

    public async Task<Outcome<Nothing>> Handle(Ask ask, CancellationToken stop)
    {
        if (!ask.Actor.Is(Roles.Administrator))
            return new Refusal("noise.not-allowed");
        if (clusters.ById(ask.Cluster) is not { } cluster || !cluster.Within(ask.Actor.Scope) || (ask.Output.Length > 0 && !cluster.Outputs.Any(o => o.Kind == OutputKind.Speaker && o.Id.Value == ask.Output)))
            return new Refusal("noise.unknown-place");

        await using var change = await db.Database.BeginTransactionAsync(stop);
        var row = await db.Set<NoisePlaceRow>().FirstOrDefaultAsync(p => p.Cluster == ask.Cluster && p.Output == ask.Output, stop);
        if (row?.Zone == ask.Zone)
            return new Nothing();
        if (ask.Zone is not { } zone)
            db.Remove(row!);
        else if (row is null)
            db.Add(new NoisePlaceRow { Cluster = ask.Cluster, Output = ask.Output, Zone = zone });
        else
            row.Zone = zone;
        audit.Note(db, ask.Actor, "noise.place", $"{ask.Cluster.ToString(CultureInfo.InvariantCulture)}/{ask.Output}".TrimEnd('/'), $"{cluster.Name}: {ask.Zone?.ToString() ?? "–"}");
        await db.SaveChangesAsync(stop);
        await news.Tell(new NoiseChanged(ask.Cluster), db, stop);
        await change.CommitAsync(stop);
        Log.Set(log, cluster.Name, ask.Output, ask.Zone, ask.Actor.UserName);
        return new Nothing();
    }

    private static partial class Log
    {
        [LoggerMessage(1721, LogLevel.Information, "{Cluster} {Output} belongs to noise zone {Zone}, set by {User}")]
        public static partial void Set(ILogger log, string cluster, string output, NoiseZone? zone, string user);
    }
}
