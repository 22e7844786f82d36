using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using BorderInfo.Contract.Calendars;
using BorderInfo.Contract.Messages;
using BorderInfo.Contract.Plans;
using BorderInfo.Contract.Signing;

namespace BorderInfo.Contract;

/// <summary>
/// Source-generated JSON of the contract: camelCase, enums as words, instants with offset, unknown members passed over, duplicate members, nulls and gaps where a value is required, and numbers for words refused.
/// </summary>
/// <remarks>A member with a default has <c>set</c>, not <c>init</c>: the generated reader fills every <c>init</c> member, and an absent one would lose its default.</remarks>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    AllowDuplicateProperties = false,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    MaxDepth = 16)]
[JsonSerializable(typeof(PlayPlan))]
[JsonSerializable(typeof(Envelope))]
[JsonSerializable(typeof(SiteState))]
[JsonSerializable(typeof(HealthReport))]
[JsonSerializable(typeof(SiteEvent))]
[JsonSerializable(typeof(EventBatch))]
[JsonSerializable(typeof(PlayRecord))]
[JsonSerializable(typeof(PlayBatch))]
[JsonSerializable(typeof(StreamAck))]
[JsonSerializable(typeof(Command))]
[JsonSerializable(typeof(Answer))]
[JsonSerializable(typeof(Pulse))]
[JsonSerializable(typeof(EnrolAsk))]
[JsonSerializable(typeof(EnrolDone))]
[JsonSerializable(typeof(RenewAsk))]
[JsonSerializable(typeof(RenewDone))]
[JsonSerializable(typeof(AgentRefusal))]
[JsonSerializable(typeof(DayRule))]
[JsonSerializable(typeof(HolidayTable))]
public sealed partial class ContractJson : JsonSerializerContext
{
    /// <summary>The one context to use: like <see cref="JsonSerializerContext"/>.Default, but letters of every script written as they are.</summary>
    public static ContractJson Wire => Holder.Wire;

    /// <summary>Apart, because <c>Default</c> is set by the generated half, whose static fields may come after ours.</summary>
    private static class Holder
    {
        public static readonly ContractJson Wire = new(new JsonSerializerOptions(Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
    }
}
