using System.Text.Json.Serialization;

namespace BorderInfo.Contract.Messages;

/// <summary>What the agent knows of its clock: <c>Confirmed</c> by a signed pulse this boot, <c>Plausible</c> (not before the floor), <c>False</c>.</summary>
[JsonConverter(typeof(StrictWords<ClockTrust>))]
public enum ClockTrust
{
    Confirmed,
    Plausible,
    False,
}
