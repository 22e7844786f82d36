using System.Text.Json.Serialization;
using BorderInfo.Agent.Enrol;
using BorderInfo.Agent.Service;
using BorderInfo.Agent.Store;

namespace BorderInfo.Agent.Settings;

/// <summary>Source-generated JSON of the agent's own files. Strict: unknown and doubled members are refused.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    WriteIndented = true,
    ReadCommentHandling = System.Text.Json.JsonCommentHandling.Skip,
    AllowTrailingCommas = true,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    AllowDuplicateProperties = false)]
[JsonSerializable(typeof(AgentSettings))]
[JsonSerializable(typeof(SiteIdentityFile))]
[JsonSerializable(typeof(HighWaterMarks))]
[JsonSerializable(typeof(AgentStatus))]
[JsonSerializable(typeof(IReadOnlyList<TimelineRow>))]
[JsonSerializable(typeof(WhyPage))]
public sealed partial class AgentJson : JsonSerializerContext;
