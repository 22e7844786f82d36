using BorderInfo.Contract.Plans;
using BorderInfo.Server.Platform.Database;
using BorderInfo.Server.Platform.Languages;
using BorderInfo.Server.Scheduling.Public;
using Microsoft.EntityFrameworkCore;

namespace BorderInfo.Server.Scheduling.Noise;

/// <summary>The book of noise zones over its two tables.</summary>
internal sealed class NoiseShelf(BorderInfoDb db) : INoise
{
    public async Task<NoiseBook> Book(CancellationToken stop) => new(
        [.. (await db.Set<NoiseRuleRow>().AsNoTracking().OrderBy(r => r.Id).ToListAsync(stop)).Select(View)],
        (await db.Set<NoisePlaceRow>().AsNoTracking().ToListAsync(stop)).ToDictionary(p => (p.Cluster, p.Output), p => p.Zone));

    public static NoiseRule View(NoiseRuleRow r) => new(r.Id, r.Zone, r.Name, r.From, r.To, (Weekdays)r.Weekdays, r.Window, r.VolumePercent, r.Source);

    public static void Put(NoiseRule from, NoiseRuleRow to)
    {
        (to.Zone, to.Name, to.From, to.To, to.Weekdays) = (from.Zone, from.Name.Typed(), from.From, from.To, (int)from.Weekdays);
        (to.Starts, to.Ends, to.VolumePercent, to.Source) = (from.Window.From, from.Window.To, from.VolumePercent, from.Source.Typed());
    }

    /// <summary>As the audit trail keeps it.</summary>
    public static string Words(NoiseRule r) => FormattableString.Invariant(
        $"{r.Zone} {r.Name}: {r.From:yyyy-MM-dd} – {r.To:yyyy-MM-dd}, {r.Weekdays}, {r.Window.From:HH\\:mm}–{r.Window.To:HH\\:mm}, {(r.VolumePercent is { } v ? $"{v} %" : "silent")}");
}
