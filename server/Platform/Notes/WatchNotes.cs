using BorderInfo.Server.Platform.Jobs;
using BorderInfo.Server.Platform.Languages;
using BorderInfo.Server.Platform.Live;

namespace BorderInfo.Server.Platform.Notes;

/// <summary>Writes each new note to the log, once, and once more when it is settled; tells open overviews. So reminders and troubles also reach who reads only the log.</summary>
internal sealed partial class WatchNotes(ReadNotes notes, NotesHeard heard, Texts texts, LiveBoard live, ILogger<WatchNotes> log) : IChore
{
    public async Task Run(CancellationToken stop)
    {
        var (fresh, settled) = heard.Now(await notes.For(null, stop));
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

/// <summary>The notes of the last look, in memory.</summary>
internal sealed class NotesHeard
{
    private Dictionary<string, Note> known = [];

    public (IReadOnlyList<Note> Fresh, IReadOnlyList<Note> Settled) Now(IReadOnlyList<Note> notes)
    {
        var now = notes.DistinctBy(n => n.Key).ToDictionary(n => n.Key);
        Note[] fresh = [.. now.Values.Where(n => !known.ContainsKey(n.Key))];
        Note[] settled = [.. known.Values.Where(n => !now.ContainsKey(n.Key))];
        known = now;
        return (fresh, settled);
    }
}
