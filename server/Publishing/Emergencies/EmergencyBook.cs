using BorderInfo.Contract.Calendars;
using BorderInfo.Contract.Plans;
using BorderInfo.Server.Fleet.Public;
using BorderInfo.Server.Identity.Public;
using BorderInfo.Server.Platform.Database;
using BorderInfo.Server.Platform.Languages;
using BorderInfo.Server.Platform.Pages;
using BorderInfo.Server.Publishing.Public;
using BorderInfo.Server.Scheduling.Public;
using Microsoft.EntityFrameworkCore;

namespace BorderInfo.Server.Publishing.Emergencies;

/// <summary>Writes down every emergency in the transaction that sends it, with its reason, and when it ended; reads them back by area.</summary>
internal sealed partial class EmergencyBook(BorderInfoDb db, IClusters clusters, IAuditTrail audit, TimeProvider clock, ILogger<EmergencyBook> log) : IEmergencies
{
    public const int LongestReason = 500;
    public const int ShortestReason = 5;

    /// <summary>Pure: nobody sends an emergency without saying why.</summary>
    public static Refusal? Check(IReadOnlyList<ScheduleStand> wanted, string? reason)
    {
        if (wanted.FirstOrDefault(w => w.Newest.Tier == Tier.Emergency) is not { } emergency)
            return null;
        return (reason ?? "").Trim().Length switch
        {
            < ShortestReason => new("publish.emergency-reason", emergency.Newest.Name) { Field = "reason" },
            > LongestReason => new("publish.reason-too-long", $"{LongestReason}") { Field = "reason" },
            _ => null,
        };
    }

    /// <summary>Pure: it is open at the instant.</summary>
    public static bool IsOpen(ScheduleView s, HolidayTable holidays, DateTimeOffset now)
    {
        var local = LocalTime.Of(now).DateTime;
        var today = DateOnly.FromDateTime(local);
        return ScheduleDays.Open(s, holidays, today.AddDays(-1), today).Any(o => o.From <= local && local < o.To);
    }

    /// <summary>Emergencies that would not play at once, for the editor to know.</summary>
    public static IEnumerable<PlanWarning> NotAtOnce(IReadOnlyList<ScheduleStand> wanted, HolidayTable holidays, DateTimeOffset now) =>
        wanted.Where(w => w.Newest.Tier == Tier.Emergency && !IsOpen(w.Newest, holidays, now)).Select(w => new PlanWarning("publish.warn.emergency-later", w.Newest.Name));

    /// <summary>Inside the transaction that publishes: what is an emergency is written down; what was one before is over, or begins anew with the new revision. Sent once more as it reads, it goes on.</summary>
    public async Task Published(Actor by, IReadOnlyList<ScheduleStand> wanted, string? reason, HolidayTable holidays, CancellationToken stop)
    {
        foreach (var s in wanted)
        {
            if (await db.Set<EmergencyRow>().AnyAsync(e => e.ScheduleId == s.Id && e.Revision == s.Revision && e.EndedAt == null, stop))
                continue;
            await Ended(by, s.Id, stop);
            if (s.Newest.Tier != Tier.Emergency)
                continue;
            var sites = PublishScope.Sites([s], clusters.All);
            var row = new EmergencyRow
            {
                ScheduleId = s.Id, Revision = s.Revision, Name = s.Newest.Name, Reason = reason.TypedLines(), At = clock.GetUtcNow(), By = by.UserId, ByName = by.DisplayName,
                AtOnce = IsOpen(s.Newest, holidays, clock.GetUtcNow()), Sites = [.. sites.Select(x => x.Value)],
            };
            db.Add(row);
            audit.Note(db, by, "schedule.emergency", $"{s.Newest.EntryId}/{s.Revision}", row.Reason);
            Log.Sent(log, s.Newest.EntryId, s.Newest.Name, by.UserName, sites.Count, row.Reason);
        }

        await db.SaveChangesAsync(stop);
    }

    /// <summary>Inside the transaction that stops a schedule; one that is no emergency is passed over.</summary>
    public async Task Ended(Actor by, long schedule, CancellationToken stop)
    {
        foreach (var row in await db.Set<EmergencyRow>().Where(e => e.ScheduleId == schedule && e.EndedAt == null).ToListAsync(stop))
            (row.EndedAt, row.EndedByName) = (clock.GetUtcNow(), by.DisplayName);
        await db.SaveChangesAsync(stop);
    }

    public async Task<IReadOnlyList<Emergency>> Between(AreaScope reader, DateTimeOffset from, DateTimeOffset to, CancellationToken stop)
    {
        var seen = clusters.Within(reader).Where(c => c.Site is not null).Select(c => c.Site!.Value.Value).ToHashSet();
        var rows = await db.Set<EmergencyRow>().AsNoTracking().Where(e => e.At >= from && e.At < to).OrderByDescending(e => e.Id).ToListAsync(stop);
        return [.. rows.Select(r => View(r, reader.Everything ? null : seen)).Where(e => reader.Everything || e.Sites.Count > 0)];
    }

    public async Task<IReadOnlyList<Emergency>> OfSite(SiteId site, int most, CancellationToken stop)
    {
        var rows = await db.Set<EmergencyRow>().AsNoTracking().Where(e => e.Sites.Contains(site.Value)).OrderByDescending(e => e.Id).Take(most).ToListAsync(stop);
        return [.. rows.Select(r => View(r, new HashSet<string> { site.Value }))];
    }

    private static Emergency View(EmergencyRow r, HashSet<string>? seen) => new(
        r.Id, ScheduleView.EntryIdOf(r.ScheduleId), r.Name, r.Reason, r.At, r.ByName, r.AtOnce, [.. r.Sites.Where(s => seen?.Contains(s) != false).Select(s => new SiteId(s))], r.Sites.Count, r.EndedAt, r.EndedByName);

    private static partial class Log
    {
        [LoggerMessage(1830, LogLevel.Warning, "Emergency {Schedule} ({Name}) sent by {User} to {Sites} sites: {Reason}")]
        public static partial void Sent(ILogger log, string schedule, string name, string user, int sites, string reason);
    }
}
