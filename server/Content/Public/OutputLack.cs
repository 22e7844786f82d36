using BorderInfo.Contract.Plans;
using BorderInfo.Server.Fleet.Public;
using BorderInfo.Server.Platform.Languages;

namespace BorderInfo.Server.Content.Public;

/// <summary>An output at which an item does not play at all, because it lacks a language that the output asks for.</summary>
/// <param name="Speaker">It lacks speech there; else something to see.</param>
/// <param name="Languages">What is missing, in the output's order.</param>
public sealed record OutputLack(string Cluster, string Output, bool Speaker, IReadOnlyList<string> Languages)
{
    /// <summary>Outputs of one cluster.</summary>
    public static IReadOnlyList<OutputLack> At(ItemVersion item, Cluster cluster, IParts parts) =>
    [
        .. from o in cluster.Outputs
           let missing = parts.Missing(item, o)
           where missing.Count > 0
           select new OutputLack(cluster.Name, o.Name, o.Kind == OutputKind.Speaker, missing),
    ];

    /// <summary>Outputs of all clusters of the item's area; an item without any content is asked about in vain and lacks nothing yet.</summary>
    public static IReadOnlyList<OutputLack> In(ItemVersion item, IClusters clusters, IParts parts) =>
        item.Renditions.Count == 0 ? [] : [.. clusters.All.Where(c => item.ProvinceCode == "" || c.ProvinceCode == item.ProvinceCode).OrderBy(c => c.Name, StringComparer.CurrentCulture).SelectMany(c => At(item, c, parts))];

    /// <summary>For example “Loa cổng (Cửa khẩu quốc tế Hữu Nghị): thiếu lời nói tiếng Trung (giản thể)”.</summary>
    public string Words(Texts texts) =>
        $"{Output} ({Cluster}): {texts[Speaker ? "content.lack.speech" : "content.lack.screen", LanguageNames.InSentence(Languages)]}";

    /// <summary>What one language lacks at these outputs, for example “thiếu lời nói tiếng Trung (giản thể) cho loa”; null = nothing.</summary>
    public static string? Words(Texts texts, IEnumerable<OutputLack> lacks, string language)
    {
        var kinds = lacks.Where(l => l.Languages.Contains(language)).Select(l => l.Speaker).Distinct().Order().ToArray();
        return kinds.Length == 0 ? null : string.Join("; ", kinds.Select(speaker => texts[speaker ? "content.lack.speech-for" : "content.lack.screen-for", LanguageNames.InSentence([language])]));
    }
}
