using BorderInfo.Contract.Health;
using BorderInfo.Contract.Messages;

namespace BorderInfo.Server.Fleet.Watch;

/// <summary>
/// Pure: makes true what the contract says of a message from outside: lists that were left out are empty, texts no longer than promised.
/// </summary>
/// <remarks>Generated readers leave a member that is missing in the JSON at null or zero, not at its initial value. Null = beyond repair.</remarks>
internal static class Tidy
{
    private const int MostOutputs = 64;
    private const int MostFindings = 100;

    public static SiteState? Of(SiteState state) => state with { AgentVersion = Short(state.AgentVersion, 40) ?? "" };

    public static HealthReport? Of(HealthReport health)
    {
        if (health.Outputs is null || health.Outputs.Count > MostOutputs || health.Outputs.Any(o => o is null) || health.Findings?.Count > MostFindings || health.Findings?.Any(f => f?.Code is null) == true)
            return null;
        return health with
        {
            Findings = [.. (health.Findings ?? []).Select(f => f with { Code = Short(f.Code, 60)!, Detail = Short(f.Detail, 300) }).DistinctBy(f => (f.Code, f.Output))],
            Refused = (health.Refused ?? new Dictionary<string, long>()).Take(50).ToDictionary(r => Short(r.Key, 60)!, r => r.Value),
        };
    }

    public static EventBatch? Of(EventBatch batch) => batch.Events is not { Count: > 0 and <= HearEvents.MostPerBatch } || batch.Events.Any(e => e is null || e.Seq < 1)
        ? null
        : new([.. batch.Events.Select(e => e with { Code = Short(e.Code, 60), Detail = Short(e.Detail, 500) }).OrderBy(e => e.Seq)]);

    public static Answer? Of(Answer answer) => answer.Id is null ? null : answer with { Code = Short(answer.Code, 60), Detail = Short(answer.Detail, 500) };

    private static string? Short(string? text, int most) => text is null || text.Length <= most ? text : text[..most];
}
