using System.Globalization;
using BorderInfo.Contract.Plans;
using BorderInfo.Server.Identity.Public;
using BorderInfo.Server.Platform.Pages;
using BorderInfo.Server.Scheduling.Public;

namespace BorderInfo.Server.Scheduling.Noise;

/// <summary>Pure island: who may write rules of noise zones, and what a rule must be.</summary>
internal static class NoiseRules
{
    public const int LongestName = 80;
    public const int LongestSource = 120;

    /// <summary>A rule holds in all provinces, so it takes an administrator of the whole country.</summary>
    public static Refusal? MayWrite(Actor actor) => actor.Is(Roles.Administrator) && actor.Scope.Everything ? null : new("noise.not-allowed");

    /// <param name="book">As it stands before.</param>
    public static Refusal? Check(NoiseRule rule, NoiseBook book, DateOnly today)
    {
        if (!Enum.IsDefined(rule.Zone))
            return new("noise.no-zone") { Field = "zone" };
        if (rule.Name.Trim().Length is 0 or > LongestName)
            return new("noise.name-range", Text(LongestName)) { Field = "name" };
        if (rule.Source.Length > LongestSource)
            return new("noise.source-too-long", Text(LongestSource)) { Field = "source" };
        if (rule.To < rule.From)
            return new("noise.days-reversed", LocalTime.Text(rule.To.Value), LocalTime.Text(rule.From)) { Field = "to" };
        if ((rule.Weekdays & Weekdays.All) == 0)
            return new("noise.no-weekday") { Field = "weekdays" };
        if (rule.Window != TimeWindow.WholeDay && (rule.Window.From == rule.Window.To || rule.Window.Length < TimeSpan.FromMinutes(1)))
            return new("noise.window-empty") { Field = "ends" };
        if (rule.VolumePercent is < 1 or > 100)
            return new("noise.volume") { Field = "volume" };
        return book.Counting(rule.Zone, today).Count(r => r.Id != rule.Id) >= PlanLimits.QuietRules ? new("noise.too-many", Text(PlanLimits.QuietRules)) : null;
    }

    private static string Text(int n) => n.ToString(CultureInfo.InvariantCulture);
}
