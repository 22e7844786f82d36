using BorderInfo.Contract.Calendars;
using BorderInfo.Server.Identity.Public;
using BorderInfo.Server.Platform.Database;
using BorderInfo.Server.Platform.News;
using BorderInfo.Server.Platform.Pages;
using BorderInfo.Server.Scheduling.Public;

namespace BorderInfo.Server.Scheduling;

/// <summary>The administrator adds, changes or removes an entry of the holiday table, or brings back what it said before.</summary>
/// <remarks>
/// What the entry said stays as a revision. Sites that play by it get new plans soon after (<see cref="HolidayChanged"/>).
/// A change that leaves a published schedule without a single day is made only by who has seen it (<see cref="Ask.Sure"/>).
/// Refuses with <c>holiday.not-allowed</c>, <c>holiday.unknown</c>, <c>holiday.taken</c>, <c>holiday.in-use</c>, <c>holiday.changed-meanwhile</c>, <c>holiday.nothing-to-undo</c>, <c>holiday.leaves-none</c> and the codes of <see cref="HolidayTable"/>.
/// </remarks>
internal sealed partial class ChangeHoliday(BorderInfoDb db, HolidayBook book, ISchedules schedules, NewsDesk desk, IAuditTrail audit, TimeProvider clock, ILogger<ChangeHoliday> log)
{
    private const int MostLookedBack = 10;

    /// <param name="Wanted">Null = remove it.</param>
    /// <param name="New">There is no such entry yet.</param>
    /// <param name="Revision">The revision the administrator started from; null = do not ask.</param>
    /// <param name="Sure">Also when published schedules are left without a day.</param>
    public sealed record Ask(Actor Actor, string Id, Holiday? Wanted, bool New = false, int? Revision = null, bool Sure = false);

    /// <param name="Revision">Number of the revision just written.</param>
    public sealed record Done(Holiday Entry, bool Removed, int Revision);

    public async Task<Outcome<Done>> Handle(Ask ask, CancellationToken stop)
    {
        await using var change = await db.Database.BeginTransactionAsync(stop);
        var before = (await book.Newest(stop)).FirstOrDefault(r => r.Key == ask.Id);
        if (!(await Effects(ask, before, stop)).Is(out var effects, out var why))
            return why;
        if (!ask.Sure && effects.Where(e => e.LeavesNone).Select(e => e.Schedule.Name).ToArray() is [_, ..] empty)
            return new Refusal("holiday.leaves-none", string.Join(", ", empty.Take(3)));
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

    /// <summary>What it would do to published schedules; nothing is changed. Refuses what <see cref="Handle"/> refuses but for <c>holiday.leaves-none</c>.</summary>
    public async Task<Outcome<HolidayEffect[]>> Look(Ask ask, CancellationToken stop) =>
        await Effects(ask, (await book.Newest(stop)).FirstOrDefault(r => r.Key == ask.Id), stop);

    private async Task<Outcome<HolidayEffect[]>> Effects(Ask ask, HolidayRevision? before, CancellationToken stop)
    {
        var (all, table) = (await schedules.All(stop), await book.Table(stop));
        var users = ask.Wanted is null ? all.SelectMany(s => s.Views.Select(v => v.View)).Where(v => v.Names(ask.Id)).Select(v => v.Name).Distinct().ToArray() : [];
        if (Decide(ask, before, table, users) is { } why)
            return why;
        return HolidayEffect.Of(all, ask.Id, table, After(ask, table), LocalTime.Day(clock.GetUtcNow()));
    }

    /// <summary>Pure: the table as it reads after the change.</summary>
    private static HolidayTable After(Ask ask, HolidayTable table) =>
        new([.. table.Entries.Where(e => e.Id != ask.Id), .. ask.Wanted is { } wanted ? [wanted with { Id = ask.Id }] : Array.Empty<Holiday>()]);

    /// <summary>The entry as it read at a revision is written once more; to before its first one = removed.</summary>
    public async Task<Outcome<Done>> Undo(Actor actor, string id, int to, CancellationToken stop, bool sure = false)
    {
        var history = await book.History(id, stop);
        if (history.Count == 0 || to < 0 || to >= history[0].Revision)
            return new Refusal("holiday.nothing-to-undo", id);
        return await Handle(Back(actor, id, history[0], history.FirstOrDefault(r => r.Revision == to), sure), stop);
    }

    /// <summary>What <see cref="Undo"/> to each older revision would do to published schedules, by revision; those that do nothing or are refused are left out. At most the ten newest are looked at.</summary>
    public async Task<Dictionary<int, HolidayEffect[]>> LookBack(Actor actor, IReadOnlyList<HolidayRevision> history, CancellationToken stop)
    {
        var felt = new Dictionary<int, HolidayEffect[]>();
        foreach (var then in history.Skip(1).Take(MostLookedBack))
        {
            if ((await Look(Back(actor, then.Key, history[0], then, sure: false), stop)).Is(out var effects, out _) && effects.Length > 0)
                felt[then.Revision] = effects;
        }

        return felt;
    }

    private static Ask Back(Actor actor, string id, HolidayRevision newest, HolidayRevision? then, bool sure) =>
        new(actor, id, then is null or { Removed: true } ? null : then.Read(), New: newest.Removed, Sure: sure);

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
        if (ask.Wanted is null)
            return users.Count == 0 ? null : new("holiday.in-use", ask.Id, string.Join(", ", users.Take(3)));
        return After(ask, table).Check();
    }

    private static string Free(string id, HolidayTable table) => Enumerable.Range(2, 999).Select(n => FormattableString.Invariant($"{id}-{n}")).First(free => table.Entries.All(e => e.Id != free));

    private static partial class Log
    {
        [LoggerMessage(1720, LogLevel.Information, "Holiday {Holiday} revision {Revision} written by {User}")]
        public static partial void Changed(ILogger log, string holiday, int revision, string user);
    }
}
