using BorderInfo.Server.Platform.Pages;

namespace BorderInfo.Server.Scheduling.Stops;

/// <summary>What stands in the form, as typed.</summary>
internal sealed record StopForm(string Name = "", string Area = "", string From = "", string Until = "", bool Sure = false)
{
    public IReadOnlyList<string> Themes { get; init; } = [];

    public static StopForm Of(IFormCollection typed) => new(typed["name"].ToString(), typed["area"].ToString(), typed["from"].ToString(), typed["until"].ToString(), typed["sure"].Count > 0)
    {
        Themes = [.. typed["theme"].OfType<string>()],
    };

    /// <summary>Refuses with <c>stop.bad-time</c>, naming the field.</summary>
    public Outcome<StopWish> Wish()
    {
        var from = LocalTime.FromField(From);
        if (from is null && From.Length > 0)
            return new Refusal("stop.bad-time", From) { Field = "from" };
        return LocalTime.FromField(Until) is { } until
            ? new StopWish(Name, Themes, Area.Length == 0 ? [] : [Area], from, until)
            : new Refusal("stop.bad-time", Until) { Field = "until" };
    }
}
