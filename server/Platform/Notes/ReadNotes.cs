using System.Security.Claims;

namespace BorderInfo.Server.Platform.Notes;

/// <summary>What there is to tell a reader, the heaviest first. A slice that fails to answer is left out and logged: the overview must open above all when something is wrong.</summary>
public sealed partial class ReadNotes(IEnumerable<ITellNotes> tellers, ILogger<ReadNotes> log)
{
    public async Task<IReadOnlyList<Note>> For(ClaimsPrincipal? reader, CancellationToken stop) =>
        [.. (await ByTeller(reader, stop)).SelectMany(t => t.Notes ?? []).OrderByDescending(n => n.Weight)];

    internal async Task<IReadOnlyList<Told>> ByTeller(ClaimsPrincipal? reader, CancellationToken stop)
    {
        var told = new List<Told>();
        foreach (var teller in tellers.Where(t => reader is null || t.Roles.Count == 0 || t.Roles.Any(reader.IsInRole)))
        {
            try
            {
                told.Add(new(teller.GetType(), await teller.Tell(reader, stop)));
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                Log.NoAnswer(log, teller.GetType().Name, e);
                told.Add(new(teller.GetType(), null));
            }
        }

        return told;
    }

    private static partial class Log
    {
        [LoggerMessage(1075, LogLevel.Warning, "{Teller} could not tell its notes")]
        public static partial void NoAnswer(ILogger log, string teller, Exception e);
    }
}

/// <param name="Notes">Null = the teller failed to answer, so nothing is known of its notes.</param>
internal sealed record Told(Type Teller, IReadOnlyList<Note>? Notes);
