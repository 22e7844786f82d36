using BorderInfo.Contract.Calendars;
using BorderInfo.Server.Identity.Public;
using BorderInfo.Server.Platform.Database;
using BorderInfo.Server.Platform.News;
using BorderInfo.Server.Scheduling.Public;

namespace BorderInfo.Server.Scheduling;

/// <summary>The administrator adds, changes or removes an entry of the holiday table, or brings back what it said before.</summary>
/// <remarks>
/// What the entry said stays as a revision. Sites that play by it get new plans soon after (<see cref="HolidayChanged"/>).
/// Refuses with <c>holiday.not-allowed</c>, <c>holiday.unknown</c>, <c>holiday.taken</c>, <c>holiday.in-use</c>, <c>holiday.changed-meanwhile</c>, <c>holiday.nothing-to-undo</c> and the codes of <see cref="HolidayTable"/>.
/// </remarks>
internal sealed partial class ChangeHoliday(BorderInfoDb db, HolidayBook book, ISchedules schedules, NewsDesk desk, IAuditTrail audit, TimeProvider clock, ILogger<ChangeHoliday> log)
{
    /// <param name="Wanted">Null = remove it.</param>
    /// <param name="New">There is no such entry yet.</param>
    /// <param name="Revision">The revision the administrator started from; null = do not ask.</param>
    public sealed record Ask(Actor Actor, string Id, Holiday? Wanted, bool New = false, int? Revision = null);

    /// <param name="Revision">Number of the revision just written.</param>
    public sealed record Done(Holiday Entry, bool Removed, int Revision);

    public async Task<Outcome<Done>> Handle(Ask ask, CancellationToken stop)
    {
        await using var change = await db.Database.BeginTransactionAsync(stop);
        var before = (await book.Newest(stop)).FirstOrDefault(r => r.Key == ask.Id);
        var users = ask.Wanted is null ? (await schedules.All(stop)).SelectMany(s => s.Views.Select(v => v.View)).Where(v => v.Names(ask.Id)).Select(v => v.Name).Distinct().ToArray() : [];
        if (Decide(ask, before, await book.Table(stop), users) is { } why)
            return why;
        var entry = ask.Wanted ?? before!.Read();
        var revision = (before?.Revision ?? 0) + 1;
        book.Write(entry, revision, ask.Wanted is null, ask.Actor.UserId, clock.GetUtcNow());
        audit.Note(db, ask.Actor, ask.Wanted is null ? "holiday.remove" : before is null or { Removed: true } ? "holiday.add" : "holiday.change", $"{ask.Id}/{revision}", entry.Vi);
        await db.SaveChangesAsync(stop);
        await desk.Tell(new HolidayChanged(ask.Id), db, stop);
        await change.CommitAsync(stop);
        Log.Changed(log, ask.Id, revision, ask.Actor.UserName);
        return new Done(entry, ask.Wanted is null, revision);
    }

    /// <summary>The entry as it read at a revision is written once more; to before its first one = removed.</summary>
    public async Task<Outcome<Done>> Undo(Actor actor, string id, int to, CancellationToken stop)
    {
        var history = await book.History(id, stop);
        if (history.Count == 0 || to < 0 || to >= history[0].Revision)
            return new Refusal("holiday.nothing-to-undo", id);
        var then = history.FirstOrDefault(r => r.Revision == to);
        return await Handle(new(actor, id, then is null or { Removed: true } ? null : then.Read(), New: history[0].Removed), stop);
    }

    /// <summary>Pure.</summary>
    internal static Refusal? Decide(Ask ask, HolidayRevision? before, HolidayTable table, IReadOnlyList<string> users)
    {
        if (!ask.Actor.Is(Roles.Administrator) || !ask.Actor.Scope.Everything)
            return new("holiday.not-allowed");
        var there = before is { Removed: false };
        if (!ask.New && !there)
            return new("holiday.unknown", ask.Id);
        if (ask.New && there)
            return new("holiday.taken", ask.Id, Free(ask.Id, table)) { Field = "id" };
        if (before is not null && ask.Revision is { } from && from != before.Revision)
            return new("holiday.changed-meanwhile", ask.Id);
        if (ask.Wanted is not { } wanted)
            return users.Count == 0 ? null : new("holiday.in-use", ask.Id, string.Join(", ", users.Take(3)));
        return new HolidayTable([.. table.Entries.Where(e => e.Id != ask.Id), wanted with { Id = ask.Id }]).Check();
    }

    private static string Free(string id, HolidayTable table) => Enumerable.Range(2, 999).Select(n => FormattableString.Invariant($"{id}-{n}")).First(free => table.Entries.All(e => e.Id != free));

    private static partial class Log
    {
        [LoggerMessage(1720, LogLevel.Information, "Holiday {Holiday} revision {Revision} written by {User}")]
        public static partial void Changed(ILogger log, string holiday, int revision, string user);
    }
}
