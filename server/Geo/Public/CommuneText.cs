using System.Text.RegularExpressions;

namespace BorderInfo.Server.Geo.Public;

/// <summary>A commune in a text field: people type or pick its name, the code stands in brackets behind it. Pure but for the catalogue.</summary>
public static partial class CommuneText
{
    /// <summary>“Xã Đồng Đăng, Lạng Sơn (06184)”; the code alone when the catalogue does not know it.</summary>
    public static string Of(IGeoCatalogue? geo, string code) => geo?.Commune(code) is not null ? $"{Name(geo, code)} ({code})" : code;

    /// <summary>“Xã Đồng Đăng, Lạng Sơn”.</summary>
    public static string Name(IGeoCatalogue? geo, string code) => geo?.Commune(code) is { } c ? $"{c.Kind} {c.Name}, {geo.Province(c.ProvinceCode)?.Name}".Trim() : code;

    /// <summary>The five digits in the text; else the code of the only commune of that name (in the province, when one is given); else the text itself.</summary>
    public static string CodeIn(IGeoCatalogue? geo, string? text, string? province = null)
    {
        text = text?.Trim() ?? "";
        if (Digits().Match(text) is { Success: true } digits)
            return digits.Value;
        var named = (geo?.Communes ?? []).Where(c => string.IsNullOrEmpty(province) || c.ProvinceCode == province)
            .Where(c => text.Equals(c.Name, StringComparison.CurrentCultureIgnoreCase) || text.Equals($"{c.Kind} {c.Name}", StringComparison.CurrentCultureIgnoreCase)).Take(2).ToArray();
        return named is [var only] ? only.Code : text;
    }

    [GeneratedRegex(@"(?<!\d)\d{5}(?!\d)")]
    private static partial Regex Digits();
}
