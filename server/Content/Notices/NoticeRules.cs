using BorderInfo.Server.Content.Items;
using BorderInfo.Server.Content.Public;
using BorderInfo.Server.Identity.Public;
using BorderInfo.Server.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace BorderInfo.Server.Content.Notices;

/// <summary>What a saved item says as a notice: the fields checked, what it replaces looked up, and the end of its validity worked out.</summary>
/// <remarks>Refuses with the codes of <see cref="NoticeFields.Checked"/>, <c>content.notice-before-validity</c> and <c>content.notice-replaces-…</c>.</remarks>
internal sealed class NoticeRules(BorderInfoDb db, ItemRights rights, IItems items, TimeProvider clock)
{
    /// <summary>How far a chain of replacements is followed.</summary>
    private const int Longest = 1000;

    /// <param name="id">The item that is changed; null = a new one.</param>
    /// <param name="provinceCode">Whose a new item is; of an item that is there its own counts.</param>
    /// <returns>The fields with the end that follows from the windows, and the notice; fields of an ordinary item as they are.</returns>
    public async Task<Outcome<(ItemFields Fields, Notice? Notice)>> Checked(Actor actor, ItemFields fields, ItemId? id, string provinceCode, CancellationToken stop)
    {
        if (fields.Notice is null)
            return (fields, null);
        if (!fields.Notice.Checked(clock.GetUtcNow()).Is(out var notice, out var why))
            return why;
        if (notice.End() <= fields.ValidFrom)
            return new Refusal("content.notice-before-validity") { Field = "notice.windows" };
        if (notice.Replaces is { } old)
        {
            var province = id is { } self ? await db.Set<ItemRow>().Where(i => i.Id == self.Number).Select(i => i.ProvinceCode).FirstOrDefaultAsync(stop) ?? "" : provinceCode;
            if (!(await Target(actor, id, old, province, stop)).Is(out var replaced, out why))
                return why with { Field = "notice.replaces" };
            notice = notice with { ReplacedNumber = replaced.Notice!.Number };
        }

        return (fields with { ValidUntil = notice.End() }, notice);
    }

    /// <summary>The newest version of the notice that would be replaced which was ever released.</summary>
    private async Task<Outcome<ItemVersion>> Target(Actor actor, ItemId? self, ItemId old, string province, CancellationToken stop)
    {
        if (self == old)
            return new Refusal("content.notice-replaces-itself");
        var versions = await items.Versions(old, stop);
        if (versions.Count == 0 || !rights.MayRead(actor, versions[0].ProvinceCode))
            return new Refusal("content.notice-replaces-unknown", old.Value);
        if (versions[0].ProvinceCode != province)
            return new Refusal("content.notice-replaces-elsewhere", versions[0].Title);
        if (versions.FirstOrDefault(v => v.State is ItemState.Approved or ItemState.Replaced or ItemState.Withdrawn) is not { } released)
            return new Refusal(versions[0].Notice is null ? "content.notice-replaces-no-notice" : "content.notice-replaces-unreleased", versions[0].Title);
        if (released.Notice is null)
            return new Refusal("content.notice-replaces-no-notice", released.Title);
        return self is { } me && await Leads(old, me, stop) ? new Refusal("content.notice-replaces-cycle", released.Title) : released;
    }

    /// <summary>The old one replaces, or would replace, this item, or one that does.</summary>
    private async Task<bool> Leads(ItemId from, ItemId to, CancellationToken stop)
    {
        var at = from;
        for (var steps = 0; steps < Longest && (await items.Versions(at, stop)).FirstOrDefault()?.Notice?.Replaces is { } next; steps++)
        {
            if (next == to)
                return true;
            at = next;
        }

        return false;
    }
}
