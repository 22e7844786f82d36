using BorderInfo.Server.Platform.Jobs;
using BorderInfo.Server.Platform.Languages;
using BorderInfo.Server.Platform.Live;

namespace BorderInfo.Server.Platform.Notes;

/// <summary>Writes each new note to the log, once, and once more when it is settled; tells open overviews. So reminders and troubles also reach who reads only the log.</summary>
internal sealed partial class WatchNotes(ReadNotes notes, NotesHeard heard, Texts texts, LiveBoard live, ILogger<WatchNotes> log) : IChore
{
    public async Task Run(CancellationToken stop)
    {
        var (fresh, settled) = heard.Now(await notes.ByTeller(null, stop));
        foreach (var note in fresh.Where(n => n.Weight == NoteWeight.Reminder))
            Log.Reminder(log, Sentence(note));
        foreach (var note in fresh.Where(n => n.Weight != NoteWeight.Reminder))
            Log.Trouble(log, Sentence(note));
        foreach (var note in settled)
            Log.Settled(log, Sentence(note));
        if (fresh.Count + settled.Count > 0)
            live.Tell("notes");
    }

    private string Sentence(Note note) => texts.Of("en", new Refusal(note.TextKey, [.. note.With.Select(w => $"{w}")]));

    private static partial class Log
    {
        [LoggerMessage(1076, LogLevel.Information, "Reminder: {Sentence}")]
        public static partial void Reminder(ILogger log, string sentence);

        [LoggerMessage(1077, LogLevel.Warning, "{Sentence}")]
        public static partial void Trouble(ILogger log, string sentence);

        [LoggerMessage(1078, LogLevel.Information, "Settled: {Sentence}")]
        public static partial void Settled(ILogger log, string sentence);
    }
}

/// <summary>The notes of the last look, in memory. Those of a slice that fails to answer stay as they were: nobody knows that they are settled.</summary>
internal sealed class NotesHeard
{
    private Dictionary<string, (Type Teller, Note Note)> known = [];

    public (IReadOnlyList<Note> Fresh, IReadOnlyList<Note> Settled) Now(IReadOnlyList<Told> told)
    {
        var kept = told.Where(t => t.Notes is null).SelectMany(t => known.Values.Where(k => k.Teller == t.Teller));
        var now = told.SelectMany(t => (t.Notes ?? []).Select(n => (t.Teller, Note: n))).Concat(kept).DistinctBy(n => n.Note.Key).ToDictionary(n => n.Note.Key);
        Note[] fresh = [.. now.Where(n => !known.ContainsKey(n.Key)).Select(n => n.Value.Note)];
        Note[] settled = [.. known.Where(n => !now.ContainsKey(n.Key)).Select(n => n.Value.Note)];
        known = now;
        return (fresh, settled);
    }
}
