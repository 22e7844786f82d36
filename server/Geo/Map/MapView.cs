using BorderInfo.Server.Geo.Public;
using BorderInfo.Server.Identity.Public;
using Microsoft.AspNetCore.Mvc;

namespace BorderInfo.Server.Geo;

/// <summary>What the map and the list beside it are narrowed to.</summary>
public sealed record MapFilter
{
    [FromQuery(Name = "province")]
    public string? Province { get; init; }

    [FromQuery(Name = "sector")]
    public string? Sector { get; init; }

    [FromQuery(Name = "standing")]
    public string? Standing { get; init; }

    /// <summary>Name of a cluster, commune or site, with or without marks.</summary>
    [FromQuery(Name = "q")]
    public string? Text { get; init; }

    /// <summary>From 1; of the list only.</summary>
    [FromQuery(Name = "page")]
    public int? Page { get; init; }
}

/// <summary>Clusters on the map: those in the caller's areas that the filter leaves.</summary>
internal sealed class MapView(GeoCatalogue catalogue, IEnumerable<IMapMarks> sources)
{
    public const int PageSize = 50;

    public sealed record Shown(IReadOnlyList<MapMark> Marks, IReadOnlyDictionary<string, int> ByStanding, int OfAll);

    public Shown Find(AreaScope scope, MapFilter filter)
    {
        MapMark[] all = [.. sources.SelectMany(s => s.Within(scope))];
        MapMark[] narrowed = [.. all.Where(m => Fits(m, filter))];
        var counts = narrowed.GroupBy(m => m.Standing).ToDictionary(g => g.Key, g => g.Count());
        return new([.. narrowed.Where(m => string.IsNullOrEmpty(filter.Standing) || m.Standing == filter.Standing).OrderBy(m => m.ProvinceCode, StringComparer.Ordinal).ThenBy(m => m.Name, StringComparer.CurrentCulture)], counts, all.Length);
    }

    public string PlaceOf(MapMark mark)
    {
        var commune = catalogue.Commune(mark.CommuneCode);
        var province = catalogue.Province(mark.ProvinceCode)?.Name ?? mark.ProvinceCode;
        return commune is null ? province : $"{commune.Kind} {commune.Name}, {province}";
    }

    private bool Fits(MapMark mark, MapFilter filter) =>
        (string.IsNullOrEmpty(filter.Province) || mark.ProvinceCode == filter.Province)
        && (string.IsNullOrEmpty(filter.Sector) || mark.SectorId == filter.Sector)
        && (string.IsNullOrWhiteSpace(filter.Text) || NameFold.Rank($"{mark.Name} {mark.Site} {catalogue.Commune(mark.CommuneCode)?.Name}", filter.Text) is not null);
}

/// <summary>How a standing is drawn: in the list, the legend and, by the same outline, on the map. Shape, colour and word differ for each.</summary>
internal sealed record StandingLook(string Outline, string Colour)
{
    /// <summary>Outlines in a box of 24 by 24; <c>Post</c> is a border post, which has no standing.</summary>
    public static StandingLook Of(string standing) => standing switch
    {
        "Good" => new("M12 3a9 9 0 1 0 0 18a9 9 0 1 0 0-18z", "#1a7f37"),
        "Warning" => new("M12 2 23 21H1z", "#b46a00"),
        "Fault" => new("M12 1 23 12 12 23 1 12z", "#c4222b"),
        "Offline" => new("M5 2 12 9l7-7 3 3-7 7 7 7-3 3-7-7-7 7-3-3 7-7-7-7z", "#39424c"),
        "Post" => new("M5 22V3h14l-3.5 4.75L19 12.5H8V22z", "#4d5d2f"),
        "NotEnrolled" => new("M12 3a9 9 0 1 0 0 18a9 9 0 1 0 0-18zM12 8a4 4 0 1 0 0 8a4 4 0 1 0 0-8z", "#64748b"),
        _ => new("M2 5h20v14H2z", "#2b5fa8"),
    };
}
