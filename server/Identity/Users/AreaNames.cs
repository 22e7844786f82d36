using BorderInfo.Server.Geo.Public;
using BorderInfo.Server.Identity.Public;
using BorderInfo.Server.Platform.Languages;

namespace BorderInfo.Server.Identity;

/// <summary>Areas in words, from the catalogue of official units where there is one; without it their codes.</summary>
internal sealed class AreaNames(IServiceProvider services, Texts texts)
{
    private readonly IGeoCatalogue? geo = services.GetService<IGeoCatalogue>();

    public sealed record Choice(string Code, string Name);

    public IReadOnlyList<Choice> Provinces => geo is null ? [] : [.. geo.Provinces.Select(p => new Choice("p:" + p.Code, In(p.Name, p.NameEn)))];

    public IReadOnlyList<Choice> Sectors => geo is null ? [] : [.. geo.Sectors.Select(s => new Choice("s:" + s.Id, In(s.Name, s.NameEn)))];

    public string Of(string code) => code switch
    {
        AreaCodes.Everything => texts["user.area.all"],
        ['p', ':', .. var p] => geo?.Province(p) is { } province ? In(province.Name, province.NameEn) : texts["user.area.province", p],
        ['c', ':', .. var c] => geo?.Commune(c) is not null ? CommuneText.Name(geo, c) : texts["user.area.commune", c],
        ['s', ':', .. var s] => geo?.Sector(s) is { } sector ? In(sector.Name, sector.NameEn) : texts["user.area.sector", s],
        _ => code,
    };

    /// <summary>The province a commune or sector lies in; null for others and unknown ones.</summary>
    public string? ProvinceOf(string code) => code switch
    {
        ['c', ':', .. var c] => geo?.Commune(c)?.ProvinceCode,
        ['s', ':', .. var s] => geo?.Sector(s)?.ProvinceCode,
        _ => null,
    };

    /// <summary>False only for a code the catalogue should know and does not.</summary>
    public bool Exists(string code) => geo is null || code switch
    {
        ['p', ':', .. var p] => geo.Province(p) is not null,
        ['c', ':', .. var c] => geo.Commune(c) is not null,
        ['s', ':', .. var s] => geo.Sector(s) is not null,
        _ => true,
    };

    private static string In(string vi, string en) => Texts.Current == "en" && en.Length > 0 ? en : vi;
}
