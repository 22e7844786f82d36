using BorderInfo.Server.Platform.Languages;

namespace BorderInfo.Server.Scheduling.Public;

/// <summary>The pace of a schedule as a person reads it.</summary>
public static class PaceWords
{
    /// <summary>Empty = it has none.</summary>
    public static string Of(SchedulePace pace, Texts texts) => string.Join(" · ", Told(pace, texts));

    private static IEnumerable<string> Told(SchedulePace pace, Texts texts)
    {
        if (pace.SharePercent is { } percent)
            yield return texts["pace.say.percent", percent];
        if (pace.ShareSeconds is { } seconds)
            yield return texts["pace.say.share", Time(seconds, texts)];
        if (pace.MostPerHour is { } most)
            yield return texts["pace.say.most", most];
        if (pace.LeastGapSeconds is { } gap)
            yield return texts["pace.say.gap", Time(gap, texts)];
        if (pace.SlotMinutes is { } slot)
            yield return texts["pace.say.slot", slot];
        if (pace.InStep)
            yield return texts["pace.say.in-step"];
    }

    /// <summary>Whole minutes where they are whole, else seconds.</summary>
    public static string Time(int seconds, Texts texts) => seconds % 60 == 0 ? texts["pace.minutes", seconds / 60] : texts["pace.seconds", seconds];
}
