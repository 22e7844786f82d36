using System.Text.Json;
using System.Text.Json.Serialization;

namespace BorderInfo.Contract;

/// <summary>An id that is a short text with one fixed form.</summary>
public interface ITextId<TSelf>
    where TSelf : struct, ITextId<TSelf>
{
    string Value { get; }

    /// <summary>False when the text is not of the id's form; nothing is trimmed or folded.</summary>
    static abstract bool TryParse(string? text, out TSelf id);
}

/// <summary>Writes a text id as a JSON string (also as a member name) and refuses any other form when reading.</summary>
public sealed class TextIdConverter<T> : JsonConverter<T>
    where T : struct, ITextId<T>
{
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        Of(reader.TokenType == JsonTokenType.String ? reader.GetString() : null);

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(value.Value);

    public override T ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => Of(reader.GetString());

    public override void WriteAsPropertyName(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WritePropertyName(value.Value);

    private static T Of(string? text) => T.TryParse(text, out var id) ? id : throw new JsonException($"not a {typeof(T).Name}");
}
