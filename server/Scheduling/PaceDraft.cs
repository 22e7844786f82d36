using System.Globalization;
using BorderInfo.Server.Scheduling.Public;

namespace BorderInfo.Server.Scheduling;

/// <summary>The part of the editor's form about the pace, as typed.</summary>
public sealed class PaceDraft
{
    public string Share { get; set; } = "";

    /// <summary>The share is typed in seconds of an hour, else in percent.</summary>
    public bool ShareInSeconds { get; set; }

    public string Most { get; set; } = "";

    public string Gap { get; set; } = "";

    /// <summary>The gap is typed in minutes, else in seconds.</summary>
    public bool GapInMinutes { get; set; } = true;

    public string Slot { get; set; } = "";

    public bool InStep { get; set; }

    /// <summary>Something of it is filled in.</summary>
    public bool Used => InStep || new[] { Share, Most, Gap, Slot }.Any(t => t.Trim().Length > 0);

    public static PaceDraft Of(SchedulePace pace)
    {
        var minutes = pace.LeastGapSeconds is not { } gap || gap % 60 == 0;
        return new()
        {
            Share = Text(pace.SharePercent ?? pace.ShareSeconds),
            ShareInSeconds = pace.ShareSeconds is not null,
            Most = Text(pace.MostPerHour),
            Gap = Text(minutes ? pace.LeastGapSeconds / 60 : pace.LeastGapSeconds),
            GapInMinutes = minutes,
            Slot = Text(pace.SlotMinutes),
            InStep = pace.InStep,
        };
    }

    public static PaceDraft Read(IFormCollection form) => new()
    {
        Share = form["share"].ToString(),
        ShareInSeconds = form["shareUnit"] == "seconds",
        Most = form["mostPerHour"].ToString(),
        Gap = form["leastGap"].ToString(),
        GapInMinutes = form["gapUnit"] != "seconds",
        Slot = form["slotMinutes"].ToString(),
        InStep = form["inStep"] == "1",
    };

    /// <summary>The pace that was typed, sound or not (<see cref="PaceRules"/>). Refuses with <c>schedule.pace-number</c>.</summary>
    public Outcome<SchedulePace> Typed()
    {
        if (!Number(Share, ShareInSeconds ? "pace.shareSeconds" : "pace.sharePercent", ShareInSeconds ? "600" : "25").Is(out var share, out var why)
            || !Number(Most, "pace.mostPerHour", "6").Is(out var most, out why)
            || !Number(Gap, "pace.leastGapSeconds", GapInMinutes ? "5" : "300").Is(out var gap, out why)
            || !Number(Slot, "pace.slotMinutes", "10").Is(out var slot, out why))
            return why;
        return new SchedulePace
        {
            SharePercent = ShareInSeconds ? null : share.Value,
            ShareSeconds = ShareInSeconds ? share.Value : null,
            MostPerHour = most.Value,
            // What is too long stays too long, whatever its unit.
            LeastGapSeconds = gap.Value is { } n && GapInMinutes ? (int)Math.Min(n * 60L, int.MaxValue) : gap.Value,
            SlotMinutes = slot.Value,
            InStep = InStep,
        };
    }

    /// <summary>The form's field that a refusal is about; null = none of these.</summary>
    public static string? FieldOf(Refusal why) => why.Field switch
    {
        "pace.sharePercent" or "pace.shareSeconds" => "share",
        "pace.mostPerHour" => "mostPerHour",
        "pace.leastGapSeconds" => "leastGap",
        "pace.slotMinutes" => "slotMinutes",
        "pace.inStep" => "inStep",
        _ => null,
    };

    /// <summary>Wrapped, because a field may be empty.</summary>
    private readonly record struct Typing(int? Value);

    private static Outcome<Typing> Number(string text, string field, string proposal)
    {
        if (text.Trim().Length == 0)
            return new Typing(null);
        return int.TryParse(text.Trim(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var n) ? new Typing(n) : new Refusal("schedule.pace-number", text, proposal) { Field = field };
    }

    private static string Text(int? n) => n?.ToString(CultureInfo.InvariantCulture) ?? "";
}
