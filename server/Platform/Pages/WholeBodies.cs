using System.Collections;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace BorderInfo.Server.Platform.Pages;

/// <summary>
/// What a JSON body leaves out never reaches a use case as null: a missing text is "", a missing list is empty (so the use case refuses it by the field's name),
/// a missing object, a null among the members of a list, and a number that no enum has, make the body unreadable (400).
/// </summary>
internal static class WholeBodies
{
    public static void Asked(JsonSerializerOptions options) => options.TypeInfoResolver = options.TypeInfoResolver!.WithAddedModifier(Mend);

    private static void Mend(JsonTypeInfo type)
    {
        if (type.Kind == JsonTypeInfoKind.Object && type.Type.Assembly.GetName().Name?.StartsWith("BorderInfo", StringComparison.OrdinalIgnoreCase) == true)
            type.OnDeserialized = body => Mend(body, type.Properties);
    }

    private static void Mend(object body, IList<JsonPropertyInfo> members)
    {
        foreach (var member in members)
        {
            if (member is not { Get: { } get, Set: { } set })
                continue;
            var value = get(body);
            if (value is null && !member.PropertyType.IsValueType && !member.IsSetNullable)
                set(body, Empty(member.PropertyType) ?? throw new JsonException($"{member.Name} is missing"));
            else if (Unsound(value))
                throw new JsonException($"{member.Name} holds a null or an unknown word");
        }
    }

    private static object? Empty(Type type) =>
        type == typeof(string) ? ""
        : type is { IsGenericType: true } && type.GetGenericArguments() is [var one] && type.IsAssignableFrom(one.MakeArrayType()) ? Array.CreateInstance(one, 0)
        : type is { IsArray: true } ? Array.CreateInstance(type.GetElementType()!, 0)
        : null;

    private static bool Unsound(object? value) => value switch
    {
        string => false,
        Enum word => !word.GetType().IsDefined(typeof(FlagsAttribute), false) && !Enum.IsDefined(word.GetType(), word),
        IEnumerable many => many.Cast<object?>().Any(one => one is null || (one is Enum && Unsound(one))),
        _ => false,
    };
}
