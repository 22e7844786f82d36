using System.Collections.Concurrent;
using BorderInfo.Contract.Plans;
using BorderInfo.Server.Content.Items;
using BorderInfo.Server.Content.Public;
using BorderInfo.Server.Content.Store;
using BorderInfo.Server.Fleet.Public;
using BorderInfo.Server.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace BorderInfo.Server.Content.Parts;

/// <summary>Parts by profile, made once and kept.</summary>
internal sealed class ItemParts(IServiceScopeFactory scopes, MakePart make, ContentStore store) : IParts
{
    private readonly ConcurrentDictionary<string, SemaphoreSlim> turns = [];

    public async Task<Outcome<ReadyParts>> For(ItemVersion item, IReadOnlyList<ClusterOutput> outputs, CancellationToken stop)
    {
        var parts = new List<PlanPart>();
        var files = new Dictionary<MediaHash, PlanFile>();
        foreach (var output in outputs)
        {
            // Pages of a language are counted through: text, picture and clip follow each other.
            var pages = new Dictionary<string, int>();
            foreach (var profile in Profile.Of(item, output))
            {
                var before = pages.GetValueOrDefault(profile.Rendition.Language);
                if (!(await Of(profile, stop)).Is(out var rows, out var why))
                    return why.Code == "content.does-not-fit" ? why with { With = [$"{output.Id} ({why.With[0]})", .. why.With[1..]] } : why;
                foreach (var row in rows)
                {
                    var hash = new MediaHash(row.Hash);
                    parts.Add(new() { Output = output.Id, Language = profile.Rendition.Language, Page = before + row.Page, Kind = row.Kind, File = hash, DurationMs = row.DurationMs });
                    files[hash] = new(hash, row.Size, row.MediaType);
                }

                pages[profile.Rendition.Language] = before + rows.Count;
            }
        }

        return new ReadyParts(parts, [.. files.Values]);
    }

    public IReadOnlyList<string> Missing(ItemVersion item, ClusterOutput output)
    {
        var fitting = LanguagesFor(item, output);
        if (fitting.Count == 0)
            return item.Renditions.Count == 0 ? [.. output.Needed()] : [];
        return fitting.Contains(ContentLanguage.Wordless) ? [] : output.Lacking(fitting);
    }

    /// <summary>Languages of the output that the item lacks and may lack there: not required, or another stands in.</summary>
    public static IReadOnlyList<string> Spared(ItemVersion item, ClusterOutput output)
    {
        var fitting = LanguagesFor(item, output);
        return fitting.Count == 0 || fitting.Contains(ContentLanguage.Wordless) ? [] : [.. output.Languages.Where(l => l != ContentLanguage.Wordless && !fitting.Contains(l)).Except(output.Lacking(fitting))];
    }

    /// <summary>Of what the item has for the eye, or for the ear at a loudspeaker.</summary>
    internal static HashSet<string> LanguagesFor(ItemVersion item, ClusterOutput output) =>
        [.. item.Renditions.Where(r => r.Kind == RenditionKind.Audio == (output.Kind == OutputKind.Speaker)).Select(r => r.Language)];

    /// <summary>The rows of a profile in order of pages; made now when they are not there or a file is gone.</summary>
    public async Task<Outcome<IReadOnlyList<PartRow>>> Of(Profile profile, CancellationToken stop)
    {
        if (await Kept(profile.Key, stop) is { } kept)
            return Outcome(kept);
        var turn = turns.GetOrAdd(profile.Key, _ => new(1));
        await turn.WaitAsync(stop);
        try
        {
            if (await Kept(profile.Key, stop) is { } meanwhile)
                return Outcome(meanwhile);
            var made = await make.For(profile, stop);
            if (made.Is(out var rows, out _))
                await Keep(profile.Key, rows, stop);
            return made;
        }
        finally
        {
            turn.Release();
            turns.TryRemove(profile.Key, out _);
        }
    }

    /// <summary>Null unless every page is there, in the table and on the disk.</summary>
    public async Task<IReadOnlyList<PartRow>?> Kept(string key, CancellationToken stop)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<BorderInfoDb>();
        var rows = await db.Set<PartRow>().AsNoTracking().Where(p => p.Profile == key).OrderBy(p => p.Page).ToListAsync(stop);
        return rows.Count > 0 && rows.Count == rows[0].Pages && rows.TrueForAll(r => store.Has(new(r.Hash))) ? rows : null;
    }

    private async Task Keep(string key, IReadOnlyList<PartRow> rows, CancellationToken stop)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<BorderInfoDb>();
        await using var work = await db.Database.BeginTransactionAsync(stop);
        await db.Set<PartRow>().Where(p => p.Profile == key).ExecuteDeleteAsync(stop);
        db.AddRange(rows);
        await db.SaveChangesAsync(stop);
        await work.CommitAsync(stop);
    }

    private static Outcome<IReadOnlyList<PartRow>> Outcome(IReadOnlyList<PartRow> rows) => (Outcome<IReadOnlyList<PartRow>>)rows.ToArray();
}
