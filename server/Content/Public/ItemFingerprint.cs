using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace BorderInfo.Server.Content.Public;

/// <summary>Pure: what an approver saw, in 16 hexadecimal digits of SHA-256. Any change of a word, a file or a date gives another one.</summary>
public static class ItemFingerprint
{
    public static string Of(ItemVersion item)
    {
        var seen = new StringBuilder();
        Put(seen, item.Id.Value, item.Version.ToString(CultureInfo.InvariantCulture), item.Title, item.Theme, item.Class.ToString(), item.Look.ToString(CultureInfo.InvariantCulture), item.ProvinceCode);
        Put(seen, Ticks(item.ValidFrom), Ticks(item.ValidUntil));
        foreach (var r in item.Renditions.OrderBy(r => r.Language, StringComparer.Ordinal).ThenBy(r => r.Kind))
            Put(seen, r.Language, r.Kind.ToString(), r.Text ?? "", r.Media?.Value ?? "", r.DurationMs.ToString(CultureInfo.InvariantCulture), r.Synthesised ? "1" : "0", r.Headline ? "1" : "0");
        if (item.Notice is { } notice)
            Put(seen, notice.Line());
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(seen.ToString())))[..16];
    }

    /// <summary>Each field with its length before it, so that no two contents read the same.</summary>
    private static void Put(StringBuilder into, params string[] fields)
    {
        foreach (var field in fields)
            into.Append(field.Length).Append(':').Append(field);
    }

    private static string Ticks(DateTimeOffset at) => at.UtcTicks.ToString(CultureInfo.InvariantCulture);
}
