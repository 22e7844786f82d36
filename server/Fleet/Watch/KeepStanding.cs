using System.Text.Json;
using BorderInfo.Contract.Health;
using BorderInfo.Server.Fleet.Public;
using BorderInfo.Server.Platform.Database;
using BorderInfo.Server.Platform.Live;
using Microsoft.EntityFrameworkCore;

namespace BorderInfo.Server.Fleet.Watch;

/// <summary>
/// Changes what is known of a site: rows first, memory after the commit, then the open pages are told.
/// </summary>
/// <remarks>A report that changes nothing people see is written down at most once a minute; memory has it at once.</remarks>
internal sealed partial class KeepStanding(StandingBoard board, BorderInfoDb db, LiveBoard live, TimeProvider clock, ILogger<KeepStanding> log)
{
    private static readonly TimeSpan WriteAtLeastEvery = TimeSpan.FromMinutes(1);

    /// <param name="change">Pure; gets what is known and the instant.</param>
    /// <param name="with">More work for the same transaction, for example news.</param>
    public async Task<SiteMemory> Change(SiteId site, Func<SiteMemory, DateTimeOffset, SiteMemory> change, CancellationToken stop, Func<SiteMemory, Task>? with = null)
    {
        using var turn = await board.Turn(site, stop);
        var before = board.Memory(site);
        var after = change(before, clock.GetUtcNow());
        if (ReferenceEquals(before, after) && with is null)
            return after;
        if (with is not null || MustBeWritten(before, after))
            await Write(before, after, with, stop);
        board.Put(after);
        Tell(before, after);
        return after;
    }

    private static bool MustBeWritten(SiteMemory before, SiteMemory after) =>
        Seen(before, after) || before.Boot != after.Boot || before.Birth != after.Birth || before.Presence != after.Presence || before.Silent != after.Silent
        || Minute(before.LastContact) != Minute(after.LastContact);

    private static long Minute(DateTimeOffset? at) => (at?.UtcTicks ?? 0) / WriteAtLeastEvery.Ticks;

    /// <summary>Something a person sees in a list is different.</summary>
    private static bool Seen(SiteMemory before, SiteMemory after) =>
        before.Standing != after.Standing || before.Plan != after.Plan || before.Clock != after.Clock || before.AgentVersion != after.AgentVersion
        || !Keys(before.Visible).SequenceEqual(Keys(after.Visible)) || !OnAir(before).SequenceEqual(OnAir(after));

    private static IEnumerable<(string Code, OutputId? Output)> Keys(IReadOnlyList<Finding> findings) => findings.Select(f => (f.Code, f.Output));

    private static IEnumerable<(OutputId Output, ItemId? Shown, string? Language, bool AsPlanned)> OnAir(SiteMemory memory) =>
        (memory.Health?.Outputs ?? []).Select(o => (o.Output, o.Shown, o.Language, o.AsPlanned));

    private async Task Write(SiteMemory before, SiteMemory after, Func<SiteMemory, Task>? with, CancellationToken stop)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        var row = await db.Set<SiteRow>().FindAsync([after.Site.Value], stop);
        if (row is not null)
        {
            Copy(after, row);
            if (before.Standing != after.Standing)
            {
                db.Add(new StandingChangeRow { Site = row.Site, At = clock.GetUtcNow(), From = before.Standing, To = after.Standing });
                Log.Changed(log, after.Site, before.Standing, after.Standing, string.Join(", ", after.Visible.Select(f => f.Code)));
            }

            await WriteFindings(before, after, stop);
        }

        if (with is not null)
            await with(after);
        await db.SaveChangesAsync(stop);
        await transaction.CommitAsync(stop);
        db.ChangeTracker.Clear();
    }

    private async Task WriteFindings(SiteMemory before, SiteMemory after, CancellationToken stop)
    {
        var now = clock.GetUtcNow();
        if (Keys(before.Visible).ToHashSet().SetEquals(Keys(after.Visible)))
            return;
        var open = await db.Set<SiteFindingRow>().Where(f => f.Site == after.Site.Value && f.ClearedAt == null).ToListAsync(stop);
        foreach (var row in open.Where(r => !after.Visible.Any(f => r.Code == f.Code && r.Output == f.Output?.Value)))
            row.ClearedAt = now;
        foreach (var finding in after.Visible.Where(f => !open.Any(r => r.Code == f.Code && r.Output == f.Output?.Value)))
        {
            db.Add(new SiteFindingRow
            {
                Site = after.Site.Value,
                Code = finding.Code,
                Output = finding.Output?.Value,
                Since = finding.Since,
                SeenAt = now,
                Detail = finding.Detail ?? "",
            });
        }
    }

    private static void Copy(SiteMemory from, SiteRow to)
    {
        to.Presence = from.Presence;
        to.Silent = from.Silent;
        to.Boot = from.Boot;
        to.Birth = from.Birth;
        to.LastContact = from.LastContact;
        to.Standing = from.Standing;
        to.Since = from.Since;
        to.Plan = from.Plan?.Value;
        to.PlanEpoch = from.PlanEpoch;
        to.PlanCounter = from.PlanCounter;
        to.Clock = from.Clock;
        to.AgentVersion = from.AgentVersion;
        to.Health = from.Health is null ? null : JsonSerializer.Serialize(from.Health, ContractJson.Wire.HealthReport);
    }

    private void Tell(SiteMemory before, SiteMemory after)
    {
        if (ReferenceEquals(before, after))
            return;
        live.Tell($"site:{after.Site}");
        if (Seen(before, after))
            live.Tell("sites");
    }

    private static partial class Log
    {
        [LoggerMessage(1401, LogLevel.Information, "{Site} was {From}, is {To} ({Findings})")]
        public static partial void Changed(ILogger log, SiteId site, Standing from, Standing to, string findings);
    }
}
