using BorderInfo.Server.Content.Public;
using Microsoft.AspNetCore.OpenApi;

namespace BorderInfo.Server.Content.Notices;

/// <summary>What the OpenAPI document says of notices.</summary>
internal static class NoticeSchemas
{
    private static readonly Dictionary<Type, string> Said = new()
    {
        [typeof(NoticeFields)] = """
            Makes an item a notice; null = an ordinary item. validUntil is then the end of the last window, whatever is sent. Hours and time zone are printed below every text of the item.
            1–24 windows within 60 days, not overlapping, the last ending in the future; onlyThen: shown only from leadMinutes (0–1440) before each window until its end; replaces: id of a notice of the same area that was approved once.
            Example: {"number":"15/TB-BQL","windows":[{"day":"2026-04-14","from":"07:00","to":"10:00"},{"day":"2026-04-15","from":"08:00","to":"09:00"}],"onlyThen":false,"leadMinutes":0,"replaces":"T-12"}
            """,
        [typeof(NoticeTimes)] = "Half-open, local to Việt Nam (UTC+7). day 2026-04-14 or 14/4/2026, times HH:mm. An end at or before the start is on the next day; 00:00–00:00 is the whole day.",
        [typeof(Notice)] = "When what an item says holds. replacedNumber is the number of the replaced notice as printed.",
    };

    public static void Describe(OpenApiOptions options) => options.AddSchemaTransformer((schema, context, _) =>
    {
        if (Said.TryGetValue(context.JsonTypeInfo.Type, out var said))
            schema.Description = said;
        return Task.CompletedTask;
    });
}
