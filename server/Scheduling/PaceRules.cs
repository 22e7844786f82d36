using System.Globalization;
using BorderInfo.Contract.Plans;
using BorderInfo.Server.Scheduling.Public;

namespace BorderInfo.Server.Scheduling;

/// <summary>Pure island: the pace that may be written down. Every refusal names its member and proposes a value.</summary>
internal static class PaceRules
{
    /// <summary>Minutes that divide an hour, as the contract has them.</summary>
    public static readonly IReadOnlyList<int> Slots = [5, 6, 10, 12, 15, 20, 30, 60];

    public static Refusal? Check(SchedulePace pace)
    {
        if (pace is { SharePercent: { } percent, ShareSeconds: { } seconds })
            return new("schedule.share-both", Text(percent), Text(seconds), Text(Math.Clamp(percent, 1, 100))) { Field = "pace.shareSeconds" };
        return Range(pace.SharePercent, 100, "sharePercent") ?? Range(pace.ShareSeconds, 3600, "shareSeconds") ?? Range(pace.MostPerHour, PlanLimits.MostPerHour, "mostPerHour")
            ?? Range(pace.LeastGapSeconds, PlanLimits.LeastGap, "leastGapSeconds") ?? Slot(pace.SlotMinutes)
            ?? (pace.InStep && pace.IsPaced() ? new("schedule.in-step-alone") { Field = "pace.inStep" } : null);
    }

    /// <param name="member">As the API calls it.</param>
    private static Refusal? Range(int? value, int most, string member) =>
        value is { } n && (n < 1 || n > most) ? new("schedule.pace-range", Text(n), Text(most), Text(Math.Clamp(n, 1, most))) { Field = "pace." + member } : null;

    private static Refusal? Slot(int? minutes) =>
        minutes is { } n && !Slots.Contains(n) ? new("schedule.slot-length", Text(n), string.Join(", ", Slots), Text(Slots.MinBy(s => Math.Abs((long)s - n)))) { Field = "pace.slotMinutes" } : null;

    private static string Text(int n) => n.ToString(CultureInfo.InvariantCulture);
}
