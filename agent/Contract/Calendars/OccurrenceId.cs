using System.Text.Json.Serialization;
using System.Text.RegularExpressions;

namespace BorderInfo.Contract.Calendars;

/// <summary>
/// One occurrence of a <see cref="DayRule"/>, from its nominal date: <c>2026-11-30</c>, for lunar rules <c>L2026-08-15</c>, <c>L2025-06n-15</c> in a leap month, day <c>31</c> for the last day of the month, <c>L2026-13-01</c> for the last day of the year.
/// </summary>
/// <remarks>Of a solar rule it is the local day of iCalendar's RECURRENCE-ID. An added day has its own date as id.</remarks>
[JsonConverter(typeof(TextIdConverter<OccurrenceId>))]
public readonly partial record struct OccurrenceId(string Value) : ITextId<OccurrenceId>
{
    public static bool TryParse(string? text, out OccurrenceId id)
    {
        id = new(text ?? "");
        return text is not null && Form().IsMatch(text);
    }

    /// <summary>The id of a nominal solar day.</summary>
    public static OccurrenceId Of(DateOnly day) => new(day.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));

    public override string ToString() => Value;

    [GeneratedRegex(@"^(L[0-9]{4}-[0-9]{2}n?|[0-9]{4}-[0-9]{2})-[0-9]{2}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
