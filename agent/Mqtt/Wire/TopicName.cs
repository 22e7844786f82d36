namespace BorderInfo.Mqtt.Wire;

/// <summary>The rules for topic names and filters a broker would end the link over. Pure. Source: OASIS MQTT 5.0, 4.7.</summary>
internal static class TopicName
{
    public static bool IsName(ReadOnlySpan<char> topic) => !topic.IsEmpty && topic.IndexOfAny('+', '#', '\0') < 0;

    /// <summary><c>#</c> only as the last whole level, <c>+</c> only as a whole level.</summary>
    public static bool IsFilter(ReadOnlySpan<char> filter)
    {
        if (filter.IsEmpty || filter.Contains('\0'))
            return false;

        foreach (var part in filter.Split('/'))
        {
            var level = filter[part];
            var last = part.End.GetOffset(filter.Length) == filter.Length;
            if (level.IndexOfAny('+', '#') >= 0 && (level.Length > 1 || (level[0] == '#' && !last)))
                return false;
        }

        return true;
    }

    /// <exception cref="ArgumentException">Empty, or holds a wildcard or U+0000.</exception>
    public static void CheckName(string topic)
    {
        if (!IsName(topic))
            throw new ArgumentException($"'{topic}' is not a topic name: it is empty or holds +, # or U+0000.", nameof(topic));
    }

    /// <exception cref="ArgumentException">Empty list, or a wildcard where none may stand.</exception>
    public static void CheckFilters(IReadOnlyList<string> filters)
    {
        if (filters.Count == 0)
            throw new ArgumentException("At least one topic filter is needed.", nameof(filters));

        foreach (var filter in filters)
            if (!IsFilter(filter))
                throw new ArgumentException($"'{filter}' is not a topic filter.", nameof(filters));
    }
}
