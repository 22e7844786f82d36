using System.Text.Json.Serialization;

namespace BorderInfo.Contract.Plans;

/// <summary>Order of what wins, first wins.</summary>
[JsonConverter(typeof(StrictWords<Tier>))]
public enum Tier
{
    Emergency,
    Live,
    Priority,
    Programme,
    Filler,
    ClusterDefault,
    ProvinceDefault,
    SafeScreen,
}
