using System.Text.Json;
using System.Threading.Channels;
using BorderInfo.Contract.Plans;
using BorderInfo.Server.Content.Public;
using BorderInfo.Server.Fleet.Public;
using BorderInfo.Server.Platform.Database;
using BorderInfo.Server.Platform.Live;
using BorderInfo.Server.Platform.Machine;
using Microsoft.EntityFrameworkCore;

namespace BorderInfo.Server.Content.Parts;

/// <summary>A part that cannot be made, as a refusal that can be shown in any language.</summary>
public sealed record PreparationFailure(string Code, IReadOnlyList<string> With);

/// <summary>
/// Makes the parts of changed and submitted versions in the background for the outputs that will show them, so that the approver sees everything and publishing is quick.
/// Tells <c>item:{id}</c> on the live board after every profile. Work that a stop of the server interrupted is taken up again at the start.
/// </summary>
internal sealed partial class PreparationQueue(IServiceScopeFactory scopes, ItemParts parts, LiveBoard board, ILogger<PreparationQueue> log) : BackgroundService
{
    private readonly Channel<long> waiting = Channel.CreateUnbounded<long>();

    /// <summary>Call after the commit.</summary>
    public void Ask(long versionId) => waiting.Writer.TryWrite(versionId);

    /// <summary>
    /// The distinct surfaces and lines in the owner's area, each with the item's own languages beside those it asks for: whatever was put into the item is drawn and seen
    /// before it is approved. Where the area has no screen (or no speaker) for it, common sizes (or a speaker) stand in.
    /// </summary>
    public static IReadOnlyList<ClusterOutput> Surfaces(ItemVersion item, IClusters? clusters)
    {
        var found = (clusters?.All ?? []).Where(c => item.ProvinceCode == "" || c.ProvinceCode == item.ProvinceCode).SelectMany(c => c.Outputs);
        var distinct = found.GroupBy(o => o.Kind == OutputKind.Speaker ? (0, 0) : (o.WidthPx, o.HeightPx))
            .Select(g => g.First() with { Languages = [.. g.SelectMany(o => o.Languages).Concat(item.Renditions.Select(r => r.Language)).Distinct()], Fallbacks = [] })
            .OrderBy(o => o.Kind == OutputKind.Speaker).ThenBy(o => o.WidthPx * o.HeightPx).ToArray();
        var screens = distinct.Any(o => o.Kind != OutputKind.Speaker);
        var speakers = distinct.Any(o => o.Kind == OutputKind.Speaker);
        return [.. distinct, .. Common(item).Where(o => o.Kind == OutputKind.Speaker ? !speakers : !screens)];
    }

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        foreach (var id in await Unfinished(stoppingToken))
            Ask(id);
        await foreach (var id in waiting.Reader.ReadAllAsync(stoppingToken))
        {
            try
            {
                await PrepareOrTell(id, stoppingToken);
            }
            catch (Exception trouble) when (!stoppingToken.IsCancellationRequested)
            {
                Log.Waits(log, trouble, id);
                await Task.Delay(Pause, stoppingToken);
                Ask(id);
            }
        }
    }

    /// <summary>Throws only when nothing can be written: the disk is full, or the database does not answer.</summary>
    private async Task PrepareOrTell(long id, CancellationToken stop)
    {
        try
        {
            await Prepare(id, stop);
        }
        catch (Exception trouble) when (!stop.IsCancellationRequested && !Disk.IsFull(trouble))
        {
            Log.Failed(log, trouble, id);
            await Finish(id, [new("content.preparation-failed", [])], stop);
        }
    }

    private static ClusterOutput[] Common(ItemVersion item)
    {
        string[] seen = [.. item.Renditions.Where(r => r.Kind != RenditionKind.Audio).Select(r => r.Language).Distinct()];
        string[] heard = [.. item.Renditions.Where(r => r.Kind == RenditionKind.Audio).Select(r => r.Language).Distinct()];
        return
        [
            new(new("LED"), "LED", OutputKind.LedRegion, 1, 0, 0, 320, 160, seen, 0, []),
            new(new("LCD"), "LCD", OutputKind.Screen, 1, 0, 0, 1920, 1080, seen, 0, []),
            new(new("LOA"), "LOA", OutputKind.Speaker, 1, 0, 0, 0, 0, heard, 80, []),
        ];
    }

    private async Task Prepare(long versionId, CancellationToken stop)
    {
        ItemVersion? item;
        IReadOnlyList<Profile> profiles;
        await using (var scope = scopes.CreateAsyncScope())
        {
            var db = scope.ServiceProvider.GetRequiredService<BorderInfoDb>();
            if (await Items.ItemStore.Load(db, versionId, stop) is not { } loaded)
                return;
            item = loaded.View;
            profiles = [.. Surfaces(item, scope.ServiceProvider.GetService<IClusters>()).SelectMany(o => Profile.Of(item, o)).DistinctBy(p => p.Key)];
            if (!await Begin(db, versionId, loaded.Stamp, profiles.Count, stop))
                return;
        }

        var failures = new List<PreparationFailure>();
        foreach (var profile in profiles)
        {
            if (!(await parts.Of(profile, stop)).Is(out _, out var why))
                failures.Add(new(why.Code, why.With));
            await Advance(versionId, stop);
            board.Tell($"item:{item.Id}");
        }

        await Finish(versionId, failures, stop);
        board.Tell($"item:{item.Id}");
    }

    private async Task<List<long>> Unfinished(CancellationToken stop)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<BorderInfoDb>().Set<PreparationRow>().Where(p => !p.Ready).Select(p => p.VersionId).ToListAsync(stop);
    }

    /// <returns>False when exactly this was made before without a failure: what is ready stays ready while an approver looks at it.</returns>
    private static async Task<bool> Begin(BorderInfoDb db, long versionId, int stamp, int total, CancellationToken stop)
    {
        var row = await db.Set<PreparationRow>().FindAsync([versionId], stop) ?? db.Add(new PreparationRow { VersionId = versionId }).Entity;
        if (row is { Ready: true, Failures: "[]" } && row.Stamp == stamp && row.Total == total)
            return false;
        (row.Stamp, row.Ready, row.Done, row.Total, row.Failures) = (stamp, false, 0, total, "[]");
        await db.SaveChangesAsync(stop);
        return true;
    }

    private async Task Advance(long versionId, CancellationToken stop)
    {
        await using var scope = scopes.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<BorderInfoDb>().Set<PreparationRow>().Where(p => p.VersionId == versionId).ExecuteUpdateAsync(u => u.SetProperty(p => p.Done, p => p.Done + 1), stop);
    }

    private async Task Finish(long versionId, IReadOnlyList<PreparationFailure> failures, CancellationToken stop)
    {
        await using var scope = scopes.CreateAsyncScope();
        var told = JsonSerializer.Serialize(failures.DistinctBy(f => (f.Code, string.Join('|', f.With))));
        await scope.ServiceProvider.GetRequiredService<BorderInfoDb>().Set<PreparationRow>().Where(p => p.VersionId == versionId)
            .ExecuteUpdateAsync(u => u.SetProperty(p => p.Ready, true).SetProperty(p => p.Failures, told), stop);
    }

    private static partial class Log
    {
        [LoggerMessage(1522, LogLevel.Warning, "Nothing can be written: parts of version row {Version} wait and are tried again")]
        public static partial void Waits(ILogger log, Exception trouble, long version);

        [LoggerMessage(1521, LogLevel.Error, "Parts of version row {Version} could not be prepared")]
        public static partial void Failed(ILogger log, Exception trouble, long version);
    }
}
