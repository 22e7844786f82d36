using System.Text.Json.Serialization;

namespace BorderInfo.Contract.Plans;

/// <summary>How a schedule reached this site; the narrower wins.</summary>
[JsonConverter(typeof(StrictWords<TargetWidth>))]
public enum TargetWidth
{
    Device,
    Cluster,
    Commune,
    Sector,
    GateClass,
    Tag,
    Province,
}
