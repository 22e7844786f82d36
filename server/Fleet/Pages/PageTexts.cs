using BorderInfo.Contract.Health;
using BorderInfo.Server.Fleet.Watch;
using BorderInfo.Server.Platform.Languages;
using BorderInfo.Server.Platform.Pages;

namespace BorderInfo.Server.Fleet.Pages;

/// <summary>How long ago, in words: exact to the minute under an hour, then the instant itself.</summary>
internal static class Ago
{
    public static string Text(Texts t, DateTimeOffset at, DateTimeOffset now) => (now - at) switch
    {
        { TotalSeconds: < 60 } => t["fleet.ago.now"],
        { TotalMinutes: < 60 } gone => t["fleet.ago.minutes", (int)gone.TotalMinutes],
        { TotalHours: < 24 } gone => t["fleet.ago.hours", (int)gone.TotalHours, LocalTime.Text(at)],
        _ => LocalTime.Text(at),
    };
}

internal static class FindingText
{
    /// <summary>Speakable code, name and output: “P-03 Màn hình đen (LED-1.A)”.</summary>
    public static string Name(Texts t, Finding finding)
    {
        var kind = StandingRules.KindOf(finding.Code);
        return $"{kind.Speakable} {Part(t, finding.Code, "name")}{(finding.Output is { } output ? $" ({output})" : "")}".Trim();
    }

    /// <param name="part"><c>name</c>, <c>cause</c>, <c>check</c> or <c>remedy</c>. A code this server does not know yet shows itself.</param>
    public static string Part(Texts t, string code, string part)
    {
        var key = $"finding.{code}.{part}";
        return t.Has(key) ? t[key] : part == "name" ? code : t["fleet.finding.unknown"];
    }
}

/// <summary>Words for the codes with which a site refuses plans and commands.</summary>
internal static class SiteCodes
{
    /// <summary>A code this server does not know yet shows itself.</summary>
    public static string Text(Texts t, string code) => t.Has($"fleet.code.{code}") ? t[$"fleet.code.{code}"] : t.Has(code) ? t[new Refusal(code)] : code;
}
