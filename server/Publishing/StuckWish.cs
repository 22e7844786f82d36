using System.Globalization;
using System.Text.Json;
using BorderInfo.Server.Content.Public;
using BorderInfo.Server.Fleet.Public;
using BorderInfo.Server.Scheduling.Public;

namespace BorderInfo.Server.Publishing;

/// <summary>A wish for new plans that a rule refuses, as a person reads it.</summary>
/// <param name="What">Title of the item, name of the cluster or holiday; empty where it concerns all.</param>
internal sealed record StuckWish(PublishCause Cause, string What, Refusal Why)
{
    /// <summary>Shape: JSON array of the code and its values, told in the reader's language when it is shown.</summary>
    public static string Kept(Refusal why) => JsonSerializer.Serialize<string[]>([why.Code, .. why.With]);

    public static async Task<StuckWish> Of(RepublishWish wish, IClusters clusters, IItems items, IHolidays holidays, CancellationToken stop) =>
        new(wish.Cause, await Named(wish, clusters, items, holidays, stop), Read(wish.LastRefusal ?? ""));

    private static Refusal Read(string kept)
    {
        // What an older server kept is no array; the next try writes it anew within the hour.
        string[] words = kept.StartsWith('[') ? JsonSerializer.Deserialize<string[]>(kept)! : [];
        return words is [var code, .. var with] ? new(code, with) : new("publish.refused-somehow");
    }

    private static async Task<string> Named(RepublishWish wish, IClusters clusters, IItems items, IHolidays holidays, CancellationToken stop) => wish.Cause switch
    {
        PublishCause.ItemReleased => ItemId.TryParse(wish.Key, out var item) && (await items.Versions(item, stop)).FirstOrDefault() is { } newest ? newest.Title : wish.Key,
        PublishCause.ClusterChanged => (long.TryParse(wish.Key, CultureInfo.InvariantCulture, out var id) ? clusters.ById(id)?.Name : null) ?? wish.Key,
        PublishCause.CommuneDecision => clusters.All.FirstOrDefault(c => c.CommuneCode == wish.Key)?.Name ?? wish.Key,
        PublishCause.HolidayChanged => await holidays.Entry(wish.Key, stop) is { } holiday ? RepeatWords.Name(holiday) : wish.Key,
        PublishCause.FirstPlan or PublishCause.Refresh or PublishCause.NewEpoch when wish.Key.Length > 0 => clusters.BySite(new SiteId(wish.Key))?.Name ?? wish.Key,
        _ => "",
    };
}
