using BorderInfo.Contract.Calendars;
using BorderInfo.Contract.Plans;
using BorderInfo.Server.Content.Public;
using BorderInfo.Server.Fleet.Public;
using BorderInfo.Server.Identity.Public;
using BorderInfo.Server.Platform.Database;
using BorderInfo.Server.Platform.Languages;
using BorderInfo.Server.Scheduling.Public;

namespace BorderInfo.Server.Scheduling;

/// <summary>The editor presses “Lưu lịch phát”: a new schedule, or a new revision of one, that takes effect when it is published.</summary>
/// <remarks>
/// Refuses with <c>schedule.not-allowed</c>, <c>schedule.emergency-not-allowed</c>, <c>schedule.out-of-scope</c>, <c>schedule.unknown</c>,
/// <c>schedule.unknown-item</c>, <c>schedule.offered</c>, <c>schedule.changed-meanwhile</c> and the codes of <see cref="ScheduleRules"/>.
/// </remarks>
internal sealed partial class SaveSchedule(BorderInfoDb db, Schedules schedules, IClusters clusters, IItems items, IHolidays holidays, IAuditTrail audit, TimeProvider clock, ILogger<SaveSchedule> log)
{
    /// <param name="Wanted">Id 0 = new.</param>
    /// <param name="Revision">The revision the editor started from; null = do not ask.</param>
    /// <param name="Area">The area that the schedule had when it last read so; null = the one it has now.</param>
    public sealed record Ask(Actor Actor, ScheduleView Wanted, int? Revision = null, AreaScope? Area = null);

    public async Task<Outcome<ScheduleStand>> Handle(Ask ask, CancellationToken stop)
    {
        // Begins with the write lock: who read the same revision, or offers the schedule, comes before or after.
        await using var change = await db.Database.BeginTransactionAsync(stop);
        var known = (await items.Newest(stop)).ToDictionary(i => i.Id);
        var before = ask.Wanted.Id == 0 ? null : await schedules.Of(ask.Wanted.Id, stop);
        if (ask.Wanted.Id != 0 && before is null)
            return new Refusal("schedule.unknown");
        if (!Decide(ask, before, clusters.All, known, await holidays.Table(stop)).Is(out var area, out var why))
            return why;

        var stand = await schedules.Write(ask.Wanted with { Name = ask.Wanted.Name.Typed() }, area, ask.Actor, clock.GetUtcNow(), stop);
        audit.Note(db, ask.Actor, before is null ? "schedule.create" : "schedule.change", $"{stand.Newest.EntryId}/{stand.Revision}", stand.Newest.Name);
        await db.SaveChangesAsync(stop);
        await change.CommitAsync(stop);
        Log.Saved(log, stand.Newest.EntryId, stand.Revision, ask.Actor.UserName);
        return stand;
    }

    /// <summary>Pure: the area the schedule may reach from now on, or why it may not be written.</summary>
    internal static Outcome<AreaScope> Decide(Ask ask, ScheduleStand? before, IReadOnlyList<Cluster> all, IReadOnlyDictionary<ItemId, ItemVersion> known, HolidayTable holidays)
    {
        if ((ScheduleRules.MayWrite(ask.Actor, ask.Wanted.Tier) ?? (before is null ? null : ScheduleRules.MayWrite(ask.Actor, before.Newest.Tier))) is { } no)
            return no;
        if (before is not null && !ScheduleRules.MayTouch(ask.Actor, before, all))
            return new Refusal("schedule.out-of-scope", before.NameFor(ask.Actor, all));
        if (before?.Standing == ScheduleStanding.Offered)
            return new Refusal("schedule.offered", before.Newest.Name);
        if (before is not null && ask.Revision is { } from && from != before.Revision)
            return new Refusal("schedule.changed-meanwhile");
        if (ScheduleRules.Check(ask.Wanted, holidays) is { } wrong)
            return wrong;
        if (ask.Wanted.Items.FirstOrDefault(i => !known.ContainsKey(i)) is { Value: not null } missing)
            return new Refusal("schedule.unknown-item", missing.Value) { Field = "items" };
        if (ScheduleRules.WithinArea(ask.Wanted, ask.Actor.Scope, all) is { } beyond)
            return beyond;
        // A narrower area that somebody gave the schedule stays, unless the new targets do not fit into it; a wider one than the writer's own does not.
        return (ask.Area ?? before?.Area) is { } area && AreaReach.Holds(ask.Actor.Scope, area, all) && ScheduleRules.WithinArea(ask.Wanted, area, all) is null ? area : ask.Actor.Scope;
    }

    private static partial class Log
    {
        [LoggerMessage(1701, LogLevel.Information, "Schedule {Schedule} revision {Revision} written by {User}")]
        public static partial void Saved(ILogger log, string schedule, int revision, string user);
    }
}
