using BorderInfo.Server.Identity.Public;
using BorderInfo.Server.Platform.Database;

namespace BorderInfo.Server.Identity;

/// <summary>“Kết thúc các phiên”: of another user (administrator) or the own other ones.</summary>
internal sealed class EndSessions(BorderInfoDb db, MaySet may, Sessions sessions, IAuditTrail trail)
{
    /// <param name="ButHash">The session that goes on: the one that asks.</param>
    public sealed record Ask(long Id, string? ButHash);

    public async Task<Outcome<int>> Handle(Actor actor, Ask ask, CancellationToken stop)
    {
        var whose = actor.UserName;
        if (ask.Id != actor.UserId)
        {
            if (!(await may.Touch(actor, ask.Id, stop)).Is(out var user, out var why))
                return why;
            whose = user.UserName!;
        }

        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        var ended = await sessions.EndAll(ask.Id, ask.ButHash, stop);
        trail.Note(db, actor, "session.end", whose, $"{ended}");
        await db.SaveChangesAsync(stop);
        await transaction.CommitAsync(stop);
        return ended;
    }
}
