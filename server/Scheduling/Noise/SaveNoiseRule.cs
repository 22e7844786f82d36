using System.Globalization;
using BorderInfo.Server.Identity.Public;
using BorderInfo.Server.Platform.Database;
using BorderInfo.Server.Platform.News;
using BorderInfo.Server.Platform.Pages;
using BorderInfo.Server.Scheduling.Public;
using Microsoft.EntityFrameworkCore;

namespace BorderInfo.Server.Scheduling.Noise;

/// <summary>The administrator writes a quiet rule of a noise zone, or changes or deletes one; plans are made anew wherever it holds.</summary>
/// <remarks>Refuses with <c>noise.not-allowed</c>, <c>noise.unknown</c> and the codes of <see cref="NoiseRules.Check"/>.</remarks>
internal sealed partial class SaveNoiseRule(BorderInfoDb db, INoise noise, NewsDesk news, IAuditTrail audit, TimeProvider clock, ILogger<SaveNoiseRule> log)
{
    /// <param name="Rule">Id 0 = new.</param>
    public sealed record Ask(Actor Actor, NoiseRule Rule);

    public sealed record Delete(Actor Actor, long Rule);

    public async Task<Outcome<NoiseRule>> Handle(Ask ask, CancellationToken stop)
    {
        await using var change = await db.Database.BeginTransactionAsync(stop);
        var row = ask.Rule.Id == 0 ? new NoiseRuleRow() : await db.Set<NoiseRuleRow>().FirstOrDefaultAsync(r => r.Id == ask.Rule.Id, stop);
        if ((NoiseRules.MayWrite(ask.Actor) ?? (row is null ? new Refusal("noise.unknown") : NoiseRules.Check(ask.Rule, await noise.Book(stop), LocalTime.Day(clock.GetUtcNow())))) is { } why)
            return why;
        var before = ask.Rule.Id == 0 ? "" : NoiseShelf.Words(NoiseShelf.View(row!)) + " → ";
        NoiseShelf.Put(ask.Rule, row!);
        if (ask.Rule.Id == 0)
            db.Add(row!);
        await db.SaveChangesAsync(stop);
        await Done(ask.Actor, ask.Rule.Id == 0 ? "noise.create" : "noise.change", row!.Id, before + NoiseShelf.Words(NoiseShelf.View(row)), stop);
        await change.CommitAsync(stop);
        return NoiseShelf.View(row);
    }

    public async Task<Outcome<Nothing>> Handle(Delete ask, CancellationToken stop)
    {
        await using var change = await db.Database.BeginTransactionAsync(stop);
        var row = await db.Set<NoiseRuleRow>().FirstOrDefaultAsync(r => r.Id == ask.Rule, stop);
        if ((NoiseRules.MayWrite(ask.Actor) ?? (row is null ? new Refusal("noise.unknown") : null)) is { } why)
            return why;
        db.Remove(row!);
        await db.SaveChangesAsync(stop);
        await Done(ask.Actor, "noise.delete", row!.Id, NoiseShelf.Words(NoiseShelf.View(row)), stop);
        await change.CommitAsync(stop);
        return new Nothing();
    }

    private async Task Done(Actor actor, string action, long rule, string words, CancellationToken stop)
    {
        audit.Note(db, actor, action, rule.ToString(CultureInfo.InvariantCulture), words);
        await db.SaveChangesAsync(stop);
        await news.Tell(new NoiseChanged(null), db, stop);
        Log.Changed(log, action, words, actor.UserName);
    }

    private static partial class Log
    {
        [LoggerMessage(1722, LogLevel.Information, "{Action} by {User}: {Rule}")]
        public static partial void Changed(ILogger log, string action, string rule, string user);
    }
}
