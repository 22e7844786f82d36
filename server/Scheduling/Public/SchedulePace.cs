using System.ComponentModel;

namespace BorderInfo.Server.Scheduling.Public;

/// <summary>How often a schedule comes on screens, and whether they follow a loudspeaker (nhịp phát); the words of <c>PlanEntry</c>, level 3. What they mean stands in the README of the contract's plans.</summary>
public sealed record SchedulePace
{
    public static readonly SchedulePace None = new();

    [Description("How much of every hour it gets on a screen, 1–100 %; not together with shareSeconds. Null = what the others leave.")]
    public int? SharePercent { get; init; }

    [Description("The same in seconds of every hour, 1–3600.")]
    public int? ShareSeconds { get; init; }

    [Description("How often each of its items may begin in an hour on a screen, 1–720.")]
    public int? MostPerHour { get; init; }

    [Description("How many seconds each of its items stays away from a screen after it was shown, 1–43200.")]
    public int? LeastGapSeconds { get; init; }

    [Description("Programme slots of so many minutes from every full hour on: 5, 6, 10, 12, 15, 20, 30 or 60. Nothing is cut at their end; no item may be longer.")]
    public int? SlotMinutes { get; init; }

    [Description("On its screens each item is shown exactly while the loudspeaker of the same site says it. Not together with the other members.")]
    public bool InStep { get; init; }

    /// <summary>Seconds of an hour; 0 = no share.</summary>
    public int ShareOfHour() => ShareSeconds ?? SharePercent * 36 ?? 0;

    /// <summary>Something of it holds on screens by itself.</summary>
    public bool IsPaced() => this with { InStep = false } != None;
}
