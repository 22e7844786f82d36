using System.Text.Json.Serialization;

namespace BorderInfo.Contract.Plans;

/// <summary>A half-open local window. <c>To</c> at or before <c>From</c> runs over midnight and belongs to the day it starts; 00:00–00:00 is the whole day.</summary>
public sealed record TimeWindow(TimeOnly From, TimeOnly To)
{
    public static readonly TimeWindow WholeDay = new(TimeOnly.MinValue, TimeOnly.MinValue);

    [JsonIgnore]
    public bool OverMidnight => To <= From;

    /// <summary>1 minute to 24 hours.</summary>
    [JsonIgnore]
    public TimeSpan Length => OverMidnight ? TimeSpan.FromDays(1) - (From - To) : To - From;
}
