using BorderInfo.Server.Content.Public;
using BorderInfo.Server.Content.Items;
using BorderInfo.Server.Content.Store;

namespace BorderInfo.Server.Content.Transcode;

/// <summary>
/// A spoken draft of a text by espeak-ng, for vi, en and zh. Robotic: the normal way is a recorded voice. The rendition is marked so, and the approver must have heard it.
/// </summary>
/// <remarks>
/// espeak-ng reads text of a foreign script as noise with exit code 0, so the script is checked first.
/// Refuses with <c>content.speech-language</c>, <c>content.speech-script</c>, <c>content.speech-failed</c>.
/// </remarks>
public sealed class SpeakDraft(ChildProcess children, MakeSpeech speech, ContentStore store)
{
    private static readonly Dictionary<string, string> Voices = new() { ["vi"] = "vi", ["en"] = "en-gb", ["zh-Hans"] = "cmn", ["zh-Hant"] = "cmn" };

    public static bool Can(string language) => Voices.ContainsKey(language);

    public async Task<Outcome<Master>> Say(string language, string text, CancellationToken stop)
    {
        if (!Voices.TryGetValue(language, out var voice))
            return new Refusal("content.speech-language", language);
        if (!Script.Fits(language, text))
            return new Refusal("content.speech-script", language);
        var wave = store.Temporary(".wav");
        try
        {
            var end = await children.Run(new("espeak-ng", ["-v", voice, "-s", language == "vi" ? "145" : "150", "-b", "1", "--stdin", "-w", wave]) { Input = text, Writes = wave, FileBytes = 256 << 20, Timeout = TimeSpan.FromMinutes(2) }, stop);
            return end.Good && new FileInfo(wave) is { Exists: true, Length: > 0 }
                ? await speech.From(Ffmpeg.FromOutside(wave, Uploads.FileKind.Wav), 1000 + (text.Length * 120), _ => { }, stop)
                : new Refusal("content.speech-failed");
        }
        finally
        {
            File.Delete(wave);
        }
    }
}
