using BorderInfo.Server.Identity.Public;
using BorderInfo.Server.Platform.Database;
using BorderInfo.Server.Platform.Live;
using BorderInfo.Server.Scheduling.Public;

namespace BorderInfo.Server.Publishing;

/// <summary>What every way of publishing shares: compile for the sites, send what differs, all in one transaction or not at all.</summary>
internal sealed class PublishRun(BorderInfoDb db, IPlanCompiler compiler, SendPlan send, PlansInMemory memory, LiveBoard board, TimeProvider clock)
{
    /// <param name="Always">True = also where the plan says the same as before (its validity is refreshed).</param>
    public sealed record Ask(PublishCause Cause, string What, Actor By, IReadOnlyList<SiteId> Sites, bool Always = false);

    public sealed record Done(long Publish, IReadOnlyList<PlanRow> Plans, IReadOnlyList<PlanWarning> Warnings);

    /// <param name="change">Runs first inside the transaction: marks the schedules, deletes the wishes. Its refusal undoes everything.</param>
    /// <param name="finish">Runs last inside the transaction with what was sent: the audit note.</param>
    public async Task<Outcome<Done>> Handle(Ask ask, Func<CancellationToken, Task<Refusal?>> change, Action<Done> finish, CancellationToken stop)
    {
        db.ChangeTracker.Clear();
        await using var whole = await db.Database.BeginTransactionAsync(stop);
        var outcome = await Inside(ask, change, stop);
        if (!outcome.Is(out var done, out var why))
        {
            await whole.RollbackAsync(stop);
            db.ChangeTracker.Clear();
            return why;
        }

        finish(done);
        await db.SaveChangesAsync(stop);
        await whole.CommitAsync(stop);
        Tell(done.Plans);
        return done;
    }

    /// <summary>After the commit: open pages and the plans in memory learn of it.</summary>
    public void Tell(IReadOnlyList<PlanRow> plans)
    {
        foreach (var plan in plans)
        {
            memory.Forget();
            board.Tell($"delivery:{plan.Site}");
        }

        board.Tell("delivery");
    }

    private async Task<Outcome<Done>> Inside(Ask ask, Func<CancellationToken, Task<Refusal?>> change, CancellationToken stop)
    {
        if (await change(stop) is { } no)
            return no;
        var compiled = await compiler.CompileMany(ask.Sites, PlanWish.AsPublished, stop);
        if (!compiled.Is(out var drafts, out var why))
            return why;
        var publish = new PublishRow { At = clock.GetUtcNow(), Cause = ask.Cause, What = ask.What, ByUser = ask.By.UserId, ByName = ask.By.DisplayName };
        db.Add(publish);
        await db.SaveChangesAsync(stop);
        var sent = new List<PlanRow>();
        foreach (var draft in drafts)
        {
            if (!(await send.To(db, draft.Draft, publish.Id, ask.Always, stop)).Is(out var row, out why))
                return why!;
            if (row is not null)
                sent.Add(row);
        }

        if (sent.Count == 0 && ask.Cause is not (PublishCause.Schedule or PublishCause.Stop))
            db.Remove(publish);
        await db.SaveChangesAsync(stop);
        return new Done(publish.Id, sent, [.. drafts.SelectMany(d => d.Warnings)]);
    }
}
