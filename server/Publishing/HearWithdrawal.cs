using BorderInfo.Contract.Plans;
using BorderInfo.Server.Approval.Public;
using BorderInfo.Server.Fleet.Public;
using BorderInfo.Server.Platform.Database;
using BorderInfo.Server.Platform.News;
using Microsoft.EntityFrameworkCore;

namespace BorderInfo.Server.Publishing;

/// <summary>An item was withdrawn, or a notice replaced by another: in the same transaction every site that has it, or may still have it from an older plan, gets its newest plan without it and with its withdrawal.</summary>
/// <remarks>
/// Nothing is compiled or rendered. Where the plan is refused (full to its last byte, and the withdrawal needs some), the least important items go too until one passes,
/// and a wish for the whole plan is left to <see cref="Republish"/>; no site undoes what the others are told.
/// </remarks>
internal sealed partial class HearWithdrawal(SendPlan send, PublishRun run, HearChanges changes, TimeProvider clock, ILogger<HearWithdrawal> log) : IHear<ItemWithdrawn>, IHear<ItemReplaced>
{
    public Task Hear(ItemWithdrawn news, BorderInfoDb db, CancellationToken stop) => Leave(db, news.Item, PublishCause.ItemWithdrawn, stop);

    public Task Hear(ItemReplaced news, BorderInfoDb db, CancellationToken stop) => Leave(db, news.Item, PublishCause.NoticeReplaced, stop);

    private async Task Leave(BorderInfoDb db, ItemId item, PublishCause cause, CancellationToken stop)
    {
        var sites = await CarriedItems.Withdraw(db, item, clock.GetUtcNow(), stop);
        await db.SaveChangesAsync(stop);
        var holding = new List<PlayPlan>();
        foreach (var site in sites)
        {
            if (await SendPlan.Newest(db, site, stop) is { } newest)
                holding.Add(PlanBytes.Unfold(newest.Plan));
        }

        if (holding.Count == 0)
            return;
        var title = holding.SelectMany(p => p.Items).FirstOrDefault(i => i.Id == item)?.Title;
        var publish = new PublishRow { At = clock.GetUtcNow(), Cause = cause, What = $"{item} {title}".TrimEnd() };
        db.Add(publish);
        await db.SaveChangesAsync(stop);
        var sent = new List<PlanRow>();
        foreach (var plan in holding)
        {
            if (await SendWhatPasses(db, Without(plan, item), item, publish.Id, stop) is { } row)
                sent.Add(row);
        }

        await db.SaveChangesAsync(stop);
        run.Tell(sent);
        Log.Withdrawn(log, item, sent.Count);
    }

    /// <returns>Null = not even an empty plan passes: the site is told as soon as a plan for it can be made.</returns>
    private async Task<PlanRow?> SendWhatPasses(BorderInfoDb db, PlayPlan whole, ItemId item, long publish, CancellationToken stop)
    {
        var plan = whole;
        var outcome = await send.To(db, plan, publish, always: true, stop);
        if (outcome.Is(out var row, out var first))
            return row;
        for (var more = 1; !outcome.Is(out row, out _) && plan.Items.Count > 0; more *= 2)
        {
            plan = LeastImportant(plan).Take(more).Aggregate(plan, Without);
            outcome = await send.To(db, plan, publish, always: true, stop);
        }

        Log.Cut(log, item, whole.Site, first, row?.Number ?? "none", whole.Items.Count - plan.Items.Count);
        await changes.Wish(db, PublishCause.Refresh, whole.Site.Value, stop);
        return row;
    }

    /// <summary>Pure: items of the lowest tier first, in it those of the least urgent number.</summary>
    private static IEnumerable<ItemId> LeastImportant(PlayPlan plan)
    {
        var rank = plan.Entries.SelectMany(e => e.Items.Select(i => (Item: i, Rank: (e.Tier, e.Number)))).GroupBy(r => r.Item).ToDictionary(g => g.Key, g => g.Min(r => r.Rank));
        return plan.Items.Select(i => i.Id).OrderByDescending(i => rank.GetValueOrDefault(i, (Tier.SafeScreen, 0))).ThenByDescending(i => i.Number);
    }

    /// <summary>Pure: the plan without the item, without entries that had nothing else, without files that only it needed.</summary>
    internal static PlayPlan Without(PlayPlan plan, ItemId item)
    {
        var items = plan.Items.Where(i => i.Id != item).ToArray();
        var files = items.SelectMany(i => i.Parts).Select(p => p.File).ToHashSet();
        return plan with
        {
            Items = items,
            Files = [.. plan.Files.Where(f => files.Contains(f.Hash))],
            Entries = [.. plan.Entries.Select(e => e with { Items = [.. e.Items.Where(i => i != item)], Weights = [.. e.Weights.Where((_, n) => e.Items[n] != item)] }).Where(e => e.Items.Count > 0)],
        };
    }

    private static partial class Log
    {
        [LoggerMessage(1804, LogLevel.Information, "Item {Item} withdrawn: {Plans} plans sent that withdraw it")]
        public static partial void Withdrawn(ILogger log, ItemId item, int plans);

        [LoggerMessage(1812, LogLevel.Error, "Item {Item} withdrawn at {Site}: the plan that withdraws it was refused ({Why}); sent instead: {Plan}, with {Less} other items left out")]
        public static partial void Cut(ILogger log, ItemId item, SiteId site, Refusal? why, string plan, int less);
    }
}
