using BorderInfo.Server.Fleet.Registry;
using BorderInfo.Server.Platform.Database;
using BorderInfo.Server.Platform.Live;
using Microsoft.EntityFrameworkCore;

namespace BorderInfo.Server.Fleet.Screens;

/// <summary>Keeps a picture that a site grabbed from a real output; the oldest beyond 200 per output are deleted with their files.</summary>
/// <remarks>Refuses with <c>screen.no-such-output</c>, <c>screen.not-jpeg</c>, <c>screen.too-large</c>. File names are made here, never taken from the site.</remarks>
internal sealed partial class KeepScreen(BorderInfoDb db, Clusters clusters, DataFolder folder, LiveBoard live, TimeProvider clock, ILogger<KeepScreen> log)
{
    public const int MostBytes = 300 * 1024;
    public const int MostPerOutput = 200;

    /// <param name="Item">What the site says it shows; null = safe screen.</param>
    /// <param name="At">By the site's clock; null = it did not say.</param>
    public sealed record Ask(SiteId Site, OutputId Output, byte[] Jpeg, ItemId? Item, int? Version, int? Page, DateTimeOffset? At);

    public async Task<Outcome<Nothing>> Handle(Ask ask, CancellationToken stop)
    {
        if (clusters.BySite(ask.Site)?.Outputs.Any(o => o.Id == ask.Output) != true)
            return new Refusal("screen.no-such-output", ask.Output.Value);
        if (ask.Jpeg.Length > MostBytes)
            return new Refusal("screen.too-large", "300");
        if (!IsJpeg(ask.Jpeg))
            return new Refusal("screen.not-jpeg");

        var now = clock.GetUtcNow();
        var file = $"{Guid.CreateVersion7(now):n}.jpg";
        await File.WriteAllBytesAsync(Path.Combine(folder.Screens, file), ask.Jpeg, stop);
        db.Add(new ScreenRow
        {
            Site = ask.Site.Value,
            Output = ask.Output.Value,
            File = file,
            Item = ask.Item?.Value,
            Version = ask.Version,
            Page = ask.Page,
            At = ask.At ?? now,
            HeardAt = now,
            Bytes = ask.Jpeg.Length,
        });
        await db.SaveChangesAsync(stop);
        await Prune(ask.Site, ask.Output, stop);
        live.Tell($"site:{ask.Site}", ask.Output.Value);
        return default(Nothing);
    }

    private static bool IsJpeg(ReadOnlySpan<byte> bytes) => bytes.Length > 4 && bytes is [0xFF, 0xD8, 0xFF, ..] && bytes[^2..] is [0xFF, 0xD9];

    private async Task Prune(SiteId site, OutputId output, CancellationToken stop)
    {
        var old = await db.Set<ScreenRow>().Where(s => s.Site == site.Value && s.Output == output.Value).OrderByDescending(s => s.Id).Skip(MostPerOutput).ToListAsync(stop);
        if (old.Count == 0)
            return;
        db.RemoveRange(old);
        await db.SaveChangesAsync(stop);
        foreach (var row in old)
        {
            try
            {
                File.Delete(Path.Combine(folder.Screens, row.File));
            }
            catch (IOException e)
            {
                Log.NotDeleted(log, row.File, e.Message);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1430, LogLevel.Warning, "Old picture {File} could not be deleted: {Why}")]
        public static partial void NotDeleted(ILogger log, string file, string why);
    }
}
