using System.Globalization;
using System.Text;
using BorderInfo.Server.Fleet.Public;
using BorderInfo.Server.Platform.Languages;
using Microsoft.AspNetCore.Http.Extensions;

namespace BorderInfo.Server.Fleet.Pages;

/// <summary>What the list shows: grouping, words looked for, standing, sector, kind. Null or empty = everything.</summary>
/// <param name="Group"><c>tuyen</c> = by border sector, else by province and commune.</param>
public sealed record ClusterFilter(string? Group, string? Search, string? Standing, string? Sector, string? Kind)
{
    public bool BySector => Group == "tuyen";

    public string Query => new QueryBuilder(new Dictionary<string, string?>
    {
        ["nhom"] = Group, ["q"] = Search, ["trang-thai"] = Standing, ["tuyen"] = Sector, ["loai"] = Kind,
    }.Where(p => !string.IsNullOrEmpty(p.Value)).Select(p => new KeyValuePair<string, string>(p.Key, p.Value!))).ToString();

    internal bool Holds(Cluster cluster, Standing standing, FleetPicture names) =>
        (string.IsNullOrEmpty(Standing) || standing.ToString() == Standing)
        && (string.IsNullOrEmpty(Sector) || cluster.SectorId == Sector)
        && (string.IsNullOrEmpty(Kind) || cluster.Kind == Kind)
        && (string.IsNullOrWhiteSpace(Search) || Folded($"{cluster.Name} {cluster.Site} {names.Commune(cluster.CommuneCode)} {names.Province(cluster.ProvinceCode)} {string.Join(' ', cluster.Tags)}").Contains(Folded(Search.Trim()), StringComparison.Ordinal));

    /// <summary>Without tone marks and small, so that “huu nghi” finds “Hữu Nghị”.</summary>
    internal static string Folded(string text)
    {
        var folded = new StringBuilder(text.Length);
        foreach (var c in TypedText.Clean(text).Normalize(NormalizationForm.FormD).Where(c => CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark))
            folded.Append(c is 'đ' or 'Đ' ? 'd' : char.ToLowerInvariant(c));
        return folded.ToString();
    }
}
