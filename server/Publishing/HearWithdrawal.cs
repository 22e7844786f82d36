using BorderInfo.Contract.Plans;
using BorderInfo.Server.Approval.Public;
using BorderInfo.Server.Fleet.Public;
using BorderInfo.Server.Platform.Database;
using BorderInfo.Server.Platform.News;
using Microsoft.EntityFrameworkCore;

namespace BorderInfo.Server.Publishing;

/// <summary>An item was withdrawn: in the same transaction every site that has it, or may still have it from an older plan, gets its newest plan without it and with its withdrawal.</summary>
/// <remarks>Nothing is compiled or rendered, so it can't be refused and takes no longer than signing: what must go, goes.</remarks>
internal sealed partial class HearWithdrawal(SendPlan send, PublishRun run, TimeProvider clock, ILogger<HearWithdrawal> log) : IHear<ItemWithdrawn>
{
    public async Task Hear(ItemWithdrawn news, BorderInfoDb db, CancellationToken stop)
    {
        var sites = await CarriedItems.Withdraw(db, news.Item, clock.GetUtcNow(), stop);
        await db.SaveChangesAsync(stop);
        var holding = new List<PlayPlan>();
        foreach (var site in sites)
        {
            if (await SendPlan.Newest(db, site, stop) is { } newest)
                holding.Add(PlanBytes.Unfold(newest.Plan));
        }

        if (holding.Count == 0)
            return;
        var title = holding.SelectMany(p => p.Items).FirstOrDefault(i => i.Id == news.Item)?.Title;
        var publish = new PublishRow { At = clock.GetUtcNow(), Cause = PublishCause.ItemWithdrawn, What = $"{news.Item} {title}".TrimEnd() };
        db.Add(publish);
        await db.SaveChangesAsync(stop);
        var sent = new List<PlanRow>();
        foreach (var plan in holding)
            sent.Add((await send.To(db, Without(plan, news.Item), publish.Id, always: true, stop)).Value!);
        await db.SaveChangesAsync(stop);
        run.Tell(sent);
        Log.Withdrawn(log, news.Item, sent.Count);
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
            Entries = [.. plan.Entries.Select(e => e with { Items = [.. e.Items.Where(i => i != item)] }).Where(e => e.Items.Count > 0)],
        };
    }

    private static partial class Log
    {
        [LoggerMessage(1804, LogLevel.Information, "Item {Item} withdrawn: {Plans} plans sent that withdraw it")]
        public static partial void Withdrawn(ILogger log, ItemId item, int plans);
    }
}
