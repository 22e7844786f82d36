using System.Text.Json.Serialization;

namespace BorderInfo.Contract;

/// <summary>An enum as its word; a number is refused when reading.</summary>
public sealed class StrictWords<T>() : JsonStringEnumConverter<T>(namingPolicy: null, allowIntegerValues: false)
    where T : struct, Enum;
