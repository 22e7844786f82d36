using BorderInfo.Server.Identity.Public;
using BorderInfo.Server.Platform.Languages;

namespace BorderInfo.Server.Geo.Public;

/// <param name="Code">Two digits, Cục Thống kê.</param>
public sealed record Province(string Code, string Name, string NameEn, string Kind)
{
    /// <summary>In the reader's language.</summary>
    public string Shown() => Texts.Current == "en" ? NameEn : Name;
}

/// <param name="Code">Five digits, Cục Thống kê.</param>
/// <param name="Border">Neighbours its edge touches: CN, LA, KH.</param>
public sealed record Commune(string Code, string Name, string Kind, string ProvinceCode, IReadOnlyList<string> Border, bool Coastal, double? Lat, double? Lon);

/// <summary>A stretch of the land border or the coast under one border guard unit.</summary>
/// <param name="Id">Short, for example <c>LS-CN-1</c>.</param>
/// <param name="Neighbour">CN, LA, KH or <c>SEA</c>.</param>
public sealed record BorderSector(string Id, string Name, string NameEn, string ProvinceCode, string Neighbour, IReadOnlyList<string> Communes, string ManagedBy)
{
    /// <summary>In the reader's language.</summary>
    public string Shown() => Texts.Current == "en" ? NameEn : Name;
}

public enum GateClass
{
    International,
    Main,
    Secondary,
    Port,
}

/// <param name="PositionQuality">A sourced, B approximate, C middle of the host commune's border, D district only.</param>
public sealed record BorderGate(string Id, string Name, string NameEn, GateClass Class, string Mode, string Neighbour, string Counterpart, string ProvinceCode, string CommuneCode, double? Lat, double? Lon, string PositionQuality, IReadOnlyList<string> Languages);

/// <summary>Official units, sectors and gates, in memory, valid today unless a day is given.</summary>
public interface IGeoCatalogue
{
    IReadOnlyList<Province> Provinces { get; }

    IReadOnlyList<Commune> Communes { get; }

    IReadOnlyList<BorderSector> Sectors { get; }

    IReadOnlyList<BorderGate> Gates { get; }

    Province? Province(string code);

    Commune? Commune(string code);

    BorderSector? Sector(string? id);

    BorderGate? Gate(string? id);

    /// <summary>Where a point lies, with reasons and warnings.</summary>
    Placement Place(double lat, double lon);
}

/// <param name="Code">Text key; <paramref name="With"/> fills its places.</param>
public sealed record PlacementNote(string Code, bool Warning, params string[] With);

/// <summary>What the position of a cluster says about it. Everything may be overruled by a person.</summary>
/// <param name="Refused">The point cannot be in Việt Nam; the other members are null or empty.</param>
/// <param name="DistanceToBorderM">Metres to the land border; null where neither boundaries nor the derived list know.</param>
/// <param name="Languages">Suggested, Vietnamese first.</param>
/// <param name="Approximate">True without imported boundaries: nearest known point, not area.</param>
public sealed record Placement(Refusal? Refused, Commune? Commune, BorderSector? Sector, BorderGate? NearestGate, double? GateDistanceM, string? Neighbour, double? DistanceToBorderM, IReadOnlyList<string> Languages, bool Approximate, IReadOnlyList<PlacementNote> Notes)
{
    /// <summary>Tags of the languages of peoples of the province, to be confirmed by people there.</summary>
    public IReadOnlyList<string> LocalLanguages { get; init; } = [];

    /// <summary>The nearest post whose position is known, else the post of the commune; null = none entered.</summary>
    public BorderPost? NearestPost { get; init; }

    /// <summary>Metres; null where the position of the post is not entered.</summary>
    public double? PostDistanceM { get; init; }

    /// <summary>Without the post where this person may not see it: a distance tells a position.</summary>
    public Placement SeenBy(Actor actor) => NearestPost?.SeenBy(actor) == NearestPost
        ? this
        : this with { NearestPost = null, PostDistanceM = null, Notes = [.. Notes.Where(n => !n.Code.StartsWith("geo.why.post", StringComparison.Ordinal))] };
}
