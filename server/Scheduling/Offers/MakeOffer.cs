using System.Text.Json;
using BorderInfo.Server.Approval.Public;
using BorderInfo.Server.Fleet.Public;
using BorderInfo.Server.Identity.Public;
using BorderInfo.Server.Platform.Database;
using BorderInfo.Server.Platform.Languages;
using BorderInfo.Server.Scheduling.Public;
using Microsoft.EntityFrameworkCore;

namespace BorderInfo.Server.Scheduling.Offers;

/// <summary>The source presses “Đề nghị phát”: an ordinary draft schedule is offered to the communes it reaches instead of being published.</summary>
/// <remarks>
/// Refuses with <c>schedule.unknown</c>, <c>schedule.not-allowed</c>, <c>schedule.out-of-scope</c>, <c>offer.not-a-source</c>, <c>offer.already-published</c>, <c>offer.already-offered</c>,
/// <c>offer.not-ordinary</c>, <c>offer.nothing-released</c>, <c>offer.item-class</c>, <c>offer.days-over</c>, <c>offer.bad-term</c>, <c>offer.note-too-long</c>, <c>offer.no-commune</c>.
/// While it is offered the schedule can't be changed or published: what was accepted is what was offered.
/// </remarks>
internal sealed partial class MakeOffer(BorderInfoDb db, Schedules schedules, OfferBook book, IReleasedItems released, IClusters clusters, IAuditTrail audit, TimeProvider clock, ILogger<MakeOffer> log)
{
    public sealed record Ask(Actor Actor, long Schedule, DateTimeOffset AnswerBy, string Note);

    public async Task<Outcome<Offer>> Handle(Ask ask, CancellationToken stop)
    {
        var now = clock.GetUtcNow();
        await using var change = await db.Database.BeginTransactionAsync(stop);
        if (await schedules.Of(ask.Schedule, stop) is not { } stand || !ScheduleRules.MaySee(ask.Actor, stand, clusters.All))
            return new Refusal("schedule.unknown") { Field = "schedule" };
        var before = (await book.All(stop)).Where(o => o.Schedule.Id == stand.Id).ToArray();
        var taken = before.SelectMany(o => o.Places.Where(p => p.State(o.State(now)) == PlaceState.Accepted)).Select(p => p.Commune).ToHashSet();
        var meant = stand.Newest.With(await released.Successors(stop)).Items;
        var items = (await released.All(stop)).Where(r => meant.Contains(r.Item.Id)).Select(r => r.Item).ToArray();
        if (!OfferRules.Check(ask.Actor, stand, before.Any(o => o.State(now) == OfferState.Open), items, taken, clusters.All, ask.AnswerBy, ask.Note, now).Is(out var communes, out var why))
            return why;

        var row = db.Add(Row(ask, stand, communes, now)).Entity;
        await db.SaveChangesAsync(stop);
        var made = (await book.Of(row.Id, stop))!;
        audit.Note(db, ask.Actor, "offer.make", made.Code, $"{stand.Newest.EntryId}/{stand.Revision} {stand.Newest.Name}: {string.Join(' ', communes)}");
        await db.SaveChangesAsync(stop);
        await change.CommitAsync(stop);
        Log.Offered(log, made.Code, stand.Newest.EntryId, communes.Count, ask.Actor.UserName);
        return made;
    }

    private static OfferRow Row(Ask ask, ScheduleStand stand, IReadOnlyList<string> communes, DateTimeOffset now) => new()
    {
        ScheduleId = stand.Id,
        Revision = stand.Revision,
        Communes = [.. communes],
        Note = ask.Note.TypedLines(),
        AnswerBy = ask.AnswerBy,
        Area = JsonSerializer.Serialize(stand.Area),
        MadeAt = now,
        MadeBy = ask.Actor.UserId,
        MadeByName = ask.Actor.DisplayName,
    };

    private static partial class Log
    {
        [LoggerMessage(1740, LogLevel.Information, "Offer {Offer} of schedule {Schedule} made to {Communes} communes by {User}")]
        public static partial void Offered(ILogger log, string offer, string schedule, int communes, string user);
    }
}
