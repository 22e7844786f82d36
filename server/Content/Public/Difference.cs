using BorderInfo.Server.Platform.Languages;

namespace BorderInfo.Server.Content.Public;

/// <summary>What differs between two versions, in words.</summary>
internal static class Difference
{
    public static string Words(Texts texts, ItemVersion before, ItemVersion now)
    {
        var words = new List<string>();
        void When(bool differs, string key)
        {
            if (differs)
                words.Add(texts[key]);
        }

        When(before.Title != now.Title, "content.title");
        When(before.Theme != now.Theme, "content.theme");
        When(before.Class != now.Class, "content.class");
        When(before.Look != now.Look, "content.look");
        When(before.ValidFrom != now.ValidFrom || before.ValidUntil != now.ValidUntil, "content.validity");
        When(before.Notice is null != now.Notice is null, now.Notice is null ? "content.notice.was" : "content.notice.is");
        if (before.Notice is { } then && now.Notice is { } notice)
        {
            When(then.Number != notice.Number, "content.notice.number");
            When(!then.Windows.SequenceEqual(notice.Windows), "content.notice.windows");
            When((then.OnlyThen, then.LeadMinutes) != (notice.OnlyThen, notice.LeadMinutes), "content.notice.shown");
            When((then.Replaces, then.ReplacedNumber) != (notice.Replaces, notice.ReplacedNumber), "content.notice.replaces");
        }

        foreach (var key in before.Renditions.Concat(now.Renditions).Select(r => (r.Language, r.Kind)).Distinct())
        {
            var (was, iss) = (One(before, key), One(now, key));
            if (was != iss)
                words.Add($"{texts["content.kind." + key.Kind]} {ContentLanguage.ShownOf(key.Language)} ({texts[was is null ? "content.added" : iss is null ? "content.removed" : "content.altered"]})");
        }

        return words.Count == 0 ? texts["content.nothing"] : string.Join(", ", words);
    }

    private static RenditionView? One(ItemVersion of, (string Language, RenditionKind Kind) key) => of.Renditions.FirstOrDefault(r => (r.Language, r.Kind) == key);
}
