using BorderInfo.Server.Approval.Public;
using BorderInfo.Server.Content.Public;
using BorderInfo.Server.Fleet.Public;
using BorderInfo.Server.Identity.Public;
using BorderInfo.Server.Platform.Database;
using BorderInfo.Server.Platform.Pages;
using BorderInfo.Server.Scheduling.Public;

namespace BorderInfo.Server.Scheduling.Offers;

/// <summary>A commune presses “Nhận phát”: the bulletin enters the plans of its own sites, at the times it chose, as a published schedule of its own.</summary>
/// <remarks>
/// Refuses with <c>offer.unknown</c>, <c>offer.not-your-commune</c>, <c>offer.withdrawn</c>, <c>offer.expired</c>, <c>offer.already-answered</c>, <c>offer.outside-days</c>, <c>offer.nothing-released</c>,
/// <c>offer.plays-nowhere</c> and the codes of <see cref="ScheduleRules"/>. The plans are made right after the commit.
/// </remarks>
internal sealed partial class AcceptOffer(BorderInfoDb db, AnswerDesk desk, Schedules schedules, IReleasedItems released, IParts parts, IHolidays holidays, IClusters clusters, TimeProvider clock, ILogger<AcceptOffer> log)
{
    public sealed record Ask(Actor Actor, long Offer, string Commune, OwnTimes Times);

    public async Task<Outcome<Offer>> Handle(Ask ask, CancellationToken stop)
    {
        var now = clock.GetUtcNow();
        var outcome = await desk.Answer(
            ask.Actor, ask.Offer, ask.Commune, AnswerKind.Accepted, "",
            offer => AnswerDesk.Waiting(offer, ask.Commune, now),
            offer => Schedule(ask, offer, now, stop), stop);
        if (outcome.Is(out var done, out _))
            Log.Accepted(log, done.Code, ask.Commune, ask.Actor.UserName, done.At(ask.Commune)!.Own!.Newest.EntryId);
        return outcome;
    }

    private async Task<Outcome<long?>> Schedule(Ask ask, Offer offer, DateTimeOffset now, CancellationToken stop)
    {
        var meant = offer.Schedule.With(await released.Successors(stop)).Items;
        var items = (await released.All(stop)).Where(r => meant.Contains(r.Item.Id)).Select(r => r.Item).ToArray();
        if (items.Length == 0)
            return new Refusal("offer.nothing-released", offer.Schedule.Name);
        if (ask.Times.To is { } last && last < LocalTime.Day(now))
            return new Refusal("offer.days-over", offer.Schedule.Name, LocalTime.Text(last)) { Field = "to" };
        if (!AcceptedSchedule.Of(offer, ask.Commune, ask.Times, clusters.All, await holidays.Table(stop)).Is(out var own, out var why))
            return why;
        if (!AcceptedSchedule.Plays(own, ask.Commune, clusters.All, items, parts.Missing))
            return new Refusal("offer.plays-nowhere", offer.Schedule.Name);
        var area = AcceptedSchedule.Area(ask.Commune);
        var stand = await schedules.Write(own, area, ask.Actor, now, stop);
        await schedules.MarkPublished(db, stand.Id, stand.Revision, area, now, stop);
        return (long?)stand.Id;
    }

    private static partial class Log
    {
        [LoggerMessage(1742, LogLevel.Information, "Offer {Offer} accepted for commune {Commune} by {User} as schedule {Schedule}")]
        public static partial void Accepted(ILogger log, string offer, string commune, string user, string schedule);
    }
}
