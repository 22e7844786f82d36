using System.Text.Json.Serialization;

namespace BorderInfo.Contract.Plans;

[JsonConverter(typeof(StrictWords<OutputKind>))]
public enum OutputKind
{
    /// <summary>A whole screen (LCD, TV, notice board).</summary>
    Screen,

    /// <summary>A region of an LED wall at exact pixels.</summary>
    LedRegion,

    /// <summary>A loudspeaker line.</summary>
    Speaker,
}

/// <summary>One surface or line that plays one part at a time.</summary>
public sealed record PlanOutput
{
    public required OutputId Id { get; init; }

    public required OutputKind Kind { get; init; }

    public string Name { get; set; } = "";

    /// <summary>Which screen of the site PC, from 1; for a speaker which audio device, from 1. The agent's own settings say what that is.</summary>
    public int Screen { get; set; } = 1;

    /// <summary>Left edge in pixels on that screen.</summary>
    public int X { get; init; }

    /// <summary>Top edge in pixels on that screen.</summary>
    public int Y { get; init; }

    /// <summary>Exact size in pixels; 0 for a speaker.</summary>
    public int WidthPx { get; init; }

    public int HeightPx { get; init; }

    /// <summary>BCP 47 tags in the order they rotate.</summary>
    public required IReadOnlyList<string> Languages { get; init; }

    /// <summary>Level 2. An item that lacks one of these (and has no part without words) is not played here at all. Default: none.</summary>
    public IReadOnlyList<string> RequiredLanguages { get; set; } = [];

    /// <summary>Level 2. What may stand in for a language that an item lacks, first to last: only what is written here does. Default: nothing.</summary>
    public IReadOnlyList<LanguageFallback> Fallbacks { get; set; } = [];

    /// <summary>0–100, speakers only. Default: 80.</summary>
    public int VolumePercent { get; set; } = 80;

    /// <summary>Local windows in which a speaker is silent but for emergencies.</summary>
    public IReadOnlyList<TimeWindow> QuietHours { get; set; } = [];

    /// <summary>Level 3. Dated windows by name, beside <see cref="QuietHours"/>, in which a speaker is silent or less loud but for emergencies. Default: none.</summary>
    public IReadOnlyList<QuietRule> QuietRules { get; set; } = [];
}

/// <summary>At an output an item without <paramref name="Language"/> is shown in <paramref name="Instead"/> in its place, for example Jrai by Vietnamese.</summary>
public sealed record LanguageFallback(string Language, string Instead);
