using BorderInfo.Server.Identity.Public;
using BorderInfo.Server.Platform.Languages;

namespace BorderInfo.Server.Geo.Public;

/// <summary>A post of the border guard (đồn biên phòng), as the administrator entered it; none is shipped.</summary>
/// <param name="SectorId">Null = not told.</param>
/// <param name="Lat">Null, as the longitude, where the position is not entered or not for the reader.</param>
/// <param name="Source">Public document or page that names the post.</param>
public sealed record BorderPost(string Id, string Name, string NameEn, string ProvinceCode, string CommuneCode, string? SectorId, double? Lat, double? Lon, string Source)
{
    /// <summary>In the reader's language.</summary>
    public string Shown() => Texts.Current == "en" && NameEn.Length > 0 ? NameEn : Name;

    /// <summary>As this person may see it: null outside the own area; its position only for administrators and border guards.</summary>
    public BorderPost? SeenBy(Actor actor) =>
        !actor.Scope.Holds(ProvinceCode, CommuneCode, SectorId) ? null
        : actor.Is(Roles.Administrator) || actor.Is(Roles.Monitor) ? this
        : this with { Lat = null, Lon = null };
}
