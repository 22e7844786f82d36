using System.Text.Json;
using BorderInfo.Server.Fleet.Public;
using BorderInfo.Server.Identity.Public;
using BorderInfo.Server.Platform.Database;
using BorderInfo.Server.Platform.News;
using BorderInfo.Server.Scheduling.Public;

namespace BorderInfo.Server.Scheduling.Stops;

/// <summary>An approver presses “Tạm dừng”: items of the themes leave the air in the area, at once or at the time named, until the end named.</summary>
/// <remarks>
/// Refuses with <c>stop.not-allowed</c>, <c>stop.national-not-allowed</c>, <c>stop.out-of-scope</c>, <c>stop.no-area</c>, <c>stop.unknown-area</c>, <c>stop.name-missing</c>, <c>stop.name-too-long</c>,
/// <c>stop.no-theme</c>, <c>stop.unknown-theme</c>, <c>stop.ends-first</c>, <c>stop.too-long</c>, <c>stop.too-far</c>, <c>stop.too-many</c>.
/// The plans that say so are written in the same transaction (<see cref="StopChanged"/>).
/// </remarks>
internal sealed partial class StartStop(BorderInfoDb db, IStops stops, IClusters clusters, StopAreas areas, NewsDesk news, IAuditTrail audit, TimeProvider clock, ILogger<StartStop> log)
{
    public sealed record Ask(Actor Actor, StopWish Wish);

    public async Task<Outcome<ThemeStop>> Handle(Ask ask, CancellationToken stop)
    {
        var now = clock.GetUtcNow();
        await using var change = await db.Database.BeginTransactionAsync(stop);
        if (!StopRules.Check(ask.Actor, ask.Wish, await stops.Counting(now, stop), clusters.All, areas.Unknown, now).Is(out var order, out var why))
            return why;
        var row = db.Add(Row(order, ask.Actor, now)).Entity;
        await db.SaveChangesAsync(stop);
        var made = row.View();
        audit.Note(db, ask.Actor, "stop.start", made.Code, $"{made.Name}: {string.Join(' ', made.Themes)}; {string.Join(' ', StopAreas.Codes(made.Area))}; {made.From:O} – {made.Until:O}");
        await db.SaveChangesAsync(stop);
        await news.Tell(new StopChanged(made, Lifted: false, ask.Actor), db, stop);
        await change.CommitAsync(stop);
        Log.Started(log, made.Code, made.Name, ask.Actor.UserName);
        return made;
    }

    private static StopRow Row(StopOrder order, Actor by, DateTimeOffset now) => new()
    {
        Name = order.Name,
        Themes = [.. order.Themes],
        Area = JsonSerializer.Serialize(order.Area),
        From = order.From,
        Until = order.Until,
        MadeAt = now,
        MadeBy = by.UserId,
        MadeByName = by.DisplayName,
    };

    private static partial class Log
    {
        [LoggerMessage(1710, LogLevel.Warning, "Stop {Stop} ({Name}) ordered by {User}")]
        public static partial void Started(ILogger log, string stop, string name, string user);
    }
}
