using BorderInfo.Server.Fleet.Public;
using BorderInfo.Server.Identity.Public;
using BorderInfo.Server.Platform.Database;
using BorderInfo.Server.Platform.Languages;
using BorderInfo.Server.Platform.News;
using BorderInfo.Server.Platform.Pages;
using BorderInfo.Server.Scheduling.Public;

namespace BorderInfo.Server.Scheduling.Offers;

/// <summary>A commune decides who goes first where its own priority bulletin meets one of a wider source, or takes that back (<see cref="PriorityFirst.Open"/>: the source again).</summary>
/// <remarks>Refuses with <c>offer.not-your-commune</c>, <c>meeting.unknown</c>, <c>meeting.nothing-to-take-back</c>, <c>meeting.already-so</c>, <c>offer.note-too-long</c>. Stands in the audit trail and in the plans.</remarks>
internal sealed partial class DecideMeeting(BorderInfoDb db, ISchedules schedules, OfferBook book, IClusters clusters, IHolidays holidays, NewsDesk news, IAuditTrail audit, TimeProvider clock, ILogger<DecideMeeting> log)
{
    public sealed record Ask(Actor Actor, string Commune, long Source, long Own, PriorityFirst First, string Note = "");

    public async Task<Outcome<PriorityMeeting>> Handle(Ask ask, CancellationToken stop)
    {
        var now = clock.GetUtcNow();
        await using var change = await db.Database.BeginTransactionAsync(stop);
        var met = await Find(ask, now, stop);
        if (Decide(ask, met) is { } why)
            return why;
        var row = db.Add(new PriorityDecisionRow
        {
            Commune = ask.Commune, SourceSchedule = ask.Source, SourceChangedAt = met!.Source.Published!.ChangedAt, OwnSchedule = ask.Own, First = ask.First, Note = ask.Note.TypedLines(),
            At = now, By = ask.Actor.UserId, ByUser = ask.Actor.UserName, ByName = ask.Actor.DisplayName,
        }).Entity;
        var (own, source) = (met.Own.Newest.EntryId, met.Source.Newest.EntryId);
        audit.Note(db, ask.Actor, "meeting.decide", $"{ask.Commune}: {own} {source}", $"{ask.First} {row.Note}".Trim());
        await db.SaveChangesAsync(stop);
        await news.Tell(new CommuneDecided(ask.Commune, ask.Actor), db, stop);
        await change.CommitAsync(stop);
        Log.Decided(log, ask.Commune, own, source, ask.First, ask.Actor.UserName);
        return met with { Decision = ask.First == PriorityFirst.Open ? null : row.View() };
    }

    private async Task<PriorityMeeting?> Find(Ask ask, DateTimeOffset now, CancellationToken stop) =>
        PriorityMeetings.Of([ask.Commune], [.. (await schedules.All(stop)).Where(s => s.Id == ask.Source || s.Id == ask.Own)], await book.Counting(stop), clusters.All, await holidays.Table(stop), LocalTime.Day(now))
            .FirstOrDefault(m => m.Source.Id == ask.Source && m.Own.Id == ask.Own);

    /// <summary>Pure.</summary>
    internal static Refusal? Decide(Ask ask, PriorityMeeting? met)
    {
        if (OfferRules.MayAnswer(ask.Actor, ask.Commune) is { } no)
            return no;
        if (met is null || !Enum.IsDefined(ask.First))
            return new("meeting.unknown");
        if (ask.Note.Length > OfferRules.LongestNote)
            return new("offer.note-too-long", $"{OfferRules.LongestNote}") { Field = "note" };
        return (met.Decision?.First ?? PriorityFirst.Open) == ask.First ? new(ask.First == PriorityFirst.Open ? "meeting.nothing-to-take-back" : "meeting.already-so") : null;
    }

    private static partial class Log
    {
        [LoggerMessage(1745, LogLevel.Information, "Commune {Commune}: own {Own} and {Source} of the source meet, first goes: {First}, decided by {User}")]
        public static partial void Decided(ILogger log, string commune, string own, string source, PriorityFirst first, string user);
    }
}
