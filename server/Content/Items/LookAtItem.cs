using System.Text.Json;
using BorderInfo.Contract.Plans;
using BorderInfo.Server.Content.Parts;
using BorderInfo.Server.Content.Public;
using BorderInfo.Server.Fleet.Public;
using BorderInfo.Server.Identity.Public;
using BorderInfo.Server.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace BorderInfo.Server.Content.Items;

/// <summary>One page, clip or speech as it will be on air.</summary>
public sealed record SeenPart(string Language, PartKind Kind, int Page, MediaHash File, string MediaType, int DurationMs, bool Synthesised);

/// <summary>One distinct size of surface (or all speakers) with what it will show.</summary>
/// <param name="Outputs">How many outputs in the owner's area have this size; 0 = a common size, since there is no cluster yet.</param>
/// <param name="Parts">In the order they rotate.</param>
/// <param name="Pending">Parts that are not made yet.</param>
/// <param name="Names">Of the first of these outputs; with their cluster where the area has several with this size.</param>
public sealed record SeenSurface(bool Speaker, int WidthPx, int HeightPx, int Outputs, IReadOnlyList<SeenPart> Parts, int Pending, IReadOnlyList<string> Names);

/// <summary>How far the parts are made.</summary>
public sealed record Readiness(bool Ready, int Done, int Total, IReadOnlyList<PreparationFailure> Failures);

/// <summary>Languages one cluster needs and which of them the item lacks.</summary>
/// <param name="Spared">Asked for and lacking, but not required there, or another language stands in.</param>
/// <param name="Lacks">Its outputs at which the item does not play, and what it lacks there.</param>
public sealed record ClusterNeed(long ClusterId, string Name, IReadOnlyList<string> Languages, IReadOnlyList<string> Missing, IReadOnlyList<string> Spared, IReadOnlyList<OutputLack> Lacks);

/// <summary>Everything a version will show or say, and what it still lacks: for the composer and for the approver.</summary>
internal sealed class LookAtItem(BorderInfoDb db, ItemRights rights, ItemParts parts, IServiceProvider services)
{
    /// <summary>So many outputs of one size are named; the rest is counted.</summary>
    public const int MostNames = 4;

    /// <summary>Null = not there, or not within the reader's area.</summary>
    public async Task<LoadedVersion?> Version(Actor actor, string id, int? version, CancellationToken stop)
    {
        if (!ItemId.TryParse(id, out var item))
            return null;
        var loaded = version is { } v ? await ItemStore.Load(db, item, v, stop) : await ItemStore.LoadNewest(db, item, stop);
        return loaded is not null && rights.MayRead(actor, loaded.Item.ProvinceCode) ? loaded : null;
    }

    public bool MayEdit(Actor actor, LoadedVersion of) => rights.MayEdit(actor, of.Item.ProvinceCode, of.Item.CreatedBy);

    public async Task<IReadOnlyList<SeenSurface>> Surfaces(ItemVersion item, CancellationToken stop)
    {
        var clusters = services.GetService<IClusters>();
        var all = (clusters?.All ?? []).Where(c => item.ProvinceCode == "" || c.ProvinceCode == item.ProvinceCode).SelectMany(c => c.Outputs.Select(o => (Cluster: c, Output: o))).ToArray();
        var seen = new List<SeenSurface>();
        foreach (var surface in PreparationQueue.Surfaces(item, clusters))
        {
            var speaker = surface.Kind == OutputKind.Speaker;
            var ready = new List<SeenPart>();
            var pending = 0;
            var pages = new Dictionary<string, int>();
            foreach (var profile in Profile.Of(item, surface))
            {
                var rows = await parts.Kept(profile.Key, stop);
                pending += rows is null ? 1 : 0;
                var before = pages.GetValueOrDefault(profile.Rendition.Language);
                pages[profile.Rendition.Language] = before + (rows?.Count ?? 0);
                ready.AddRange((rows ?? []).Select(r => new SeenPart(profile.Rendition.Language, r.Kind, before + r.Page, new(r.Hash), r.MediaType, r.DurationMs, profile.Rendition.Synthesised)));
            }

            var alike = all.Where(a => speaker ? a.Output.Kind == OutputKind.Speaker : a.Output.Kind != OutputKind.Speaker && a.Output.WidthPx == surface.WidthPx && a.Output.HeightPx == surface.HeightPx).ToArray();
            var oneCluster = alike.DistinctBy(a => a.Cluster.Id).Count() == 1;
            if (ready.Count + pending > 0)
                seen.Add(new(speaker, surface.WidthPx, surface.HeightPx, alike.Length, ready, pending, [.. alike.Take(MostNames).Select(a => oneCluster ? a.Output.Name : $"{a.Output.Name} – {a.Cluster.Name}")]));
        }

        return seen;
    }

    public async Task<Readiness> Readiness(LoadedVersion of, CancellationToken stop)
    {
        var row = await db.Set<PreparationRow>().AsNoTracking().FirstOrDefaultAsync(p => p.VersionId == of.Row.Id, stop);
        return row is null || row.Stamp != of.Stamp
            ? new(false, 0, 0, [])
            : new(row.Ready, row.Done, row.Total, JsonSerializer.Deserialize<List<PreparationFailure>>(row.Failures) ?? []);
    }

    /// <summary>Clusters of the owner's area, with what each asks for and does not get. Printed clusters need nothing.</summary>
    public IReadOnlyList<ClusterNeed> Needs(ItemVersion item) =>
    [
        .. (services.GetService<IClusters>()?.All ?? [])
            .Where(c => c.Outputs.Count > 0 && (item.ProvinceCode == "" || c.ProvinceCode == item.ProvinceCode))
            .Select(c => new ClusterNeed(c.Id, c.Name, [.. c.Outputs.SelectMany(o => o.Languages).Distinct()], [.. c.Outputs.SelectMany(o => parts.Missing(item, o)).Distinct()], [.. c.Outputs.SelectMany(o => ItemParts.Spared(item, o)).Distinct()], OutputLack.At(item, c, parts)))
            .OrderByDescending(n => n.Missing.Count).ThenBy(n => n.Name, StringComparer.CurrentCulture),
    ];
}
