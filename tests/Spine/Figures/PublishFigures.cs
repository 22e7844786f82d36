using System.Globalization;

namespace BorderInfo.Tests.Spine.Figures;

/// <summary>Publish pressed → first pixels on the LED wall of a connected site, and where the time goes.</summary>
public sealed class PublishFigures
{
    private const int Times = 20;

    /// <summary>Stages in order, each with what the agent logs when it is reached.</summary>
    private static readonly (string Name, string Word)[] Stages = [("plan accepted", " accepted: "), ("files fetched", " fetched: Whole"), ("plan on air", " on air: "), ("player asked", "LED-1.A: T-")];

    private readonly Dictionary<string, List<double>> stages = [];

    [BenchFact]
    public async Task Publish()
    {
        await using var gate = new Gate();
        await gate.StartServer();
        await gate.EnrolSite();
        gate.StartAgent();
        await gate.SampleIsOnAir();
        using var editor = await Office.Enter(gate.Address, await gate.LinkOf("bientap"));
        using var approver = await Office.Enter(gate.Address, await gate.LinkOf("duyet"));
        var clip = await Work.Uploaded(editor, "Đo: phim 5 MB", await Patterns.Noise(gate.Room, 6));
        await Work.Approve(approver, clip);
        var hash = Work.ClipOf(await editor.Get($"/api/v1/items/{clip}"), 320, 320);
        var bytes = (await editor.Bytes($"/api/v1/media/{hash}")).Length;
        await Eventually.True(async () => (await editor.Get("/api/v1/sites/LS-0001"))["standing"]!["standing"]!.ToString() == "Good", "the site is good", 120);
        var sheet = new Sheet("publish pressed → first pixels on the LED");

        var (fresh, cached) = await Texts(gate, editor, approver);
        sheet.Row("text, picture cached at the site", cached, "ms", 1000);
        SayStages(sheet, "cached");
        sheet.Row("text, picture not cached", fresh, "ms", 3000);
        SayStages(sheet, "fresh");
        var film = await Film(gate, editor, clip, hash);
        sheet.Row(string.Create(CultureInfo.InvariantCulture, $"clip of {bytes / 1e6:0.0} MB, not cached"), film, "ms", 3000);
        SayStages(sheet, "film");
        sheet.Row("limit: mpv alone, told to show a picture → pixels", await Limits.MpvAlone(gate), "ms");
        sheet.Row("limit: the clip over the agents' TLS door, no disk", await Limits.Download(gate, hash, Times), "ms");
        sheet.End();
    }

    private async Task<(List<double> Fresh, List<double> Cached)> Texts(Gate gate, Office editor, Office approver)
    {
        var (fresh, cached) = (new List<double>(), new List<double>());
        for (var round = 0; round < Times; round++)
        {
            var item = await Work.Approved(editor, approver, $"Đo lần thứ {round + 1}: chào mừng quý khách đến cửa khẩu");
            var picture = await Pixels.Of(await editor.Bytes($"/api/v1/media/{Work.PictureOf(await editor.Get($"/api/v1/items/{item}"), "vi", 320, 320)}"));
            bool Shown() => Pixels.Differ(gate.Screens[1].Region(0, 0, 320, 320), picture) < 3;
            fresh.Add(await OnAndOff(gate, editor, "fresh", 500 - round, item, Shown));
            cached.Add(await OnAndOff(gate, editor, "cached", 500 - round, item, Shown));
        }

        return (fresh, cached);
    }

    /// <summary>The same clip again and again; between, it is taken from the agent's shelf.</summary>
    private async Task<List<double>> Film(Gate gate, Office editor, string clip, string hash)
    {
        var film = new List<double>();
        for (var round = 0; round < Times; round++)
        {
            film.Add(await OnAndOff(gate, editor, "film", 400 - round, clip, () => Patterns.IsNoise(gate.Screens[1].Region(0, 0, 320, 320))));
            File.Delete(Path.Combine(gate.Site, "shelf", hash[..2], hash));
        }

        return film;
    }

    private async Task<double> OnAndOff(Gate gate, Office editor, string kind, int number, string item, Func<bool> shown)
    {
        var schedule = await Work.Scheduled(editor, number, item);
        var pressed = DateTimeOffset.UtcNow;
        var posting = editor.Post("/api/v1/publish", new { schedules = new[] { schedule } });
        await Eventually.True(shown, $"{item} on the LED", 60, everyMs: 3);
        var took = (DateTimeOffset.UtcNow - pressed).TotalMilliseconds;
        await posting;
        foreach (var (name, word) in Stages)
        {
            if (gate.Agent!.Said(word, pressed) is { } at)
                Of($"{kind} {name}").Add((at - pressed).TotalMilliseconds);
        }

        await editor.Post($"/api/v1/publish/stop/{schedule}", new { });
        await Eventually.True(() => !shown(), "the sample programme is back");
        await Eventually.True(() => DateTimeOffset.UtcNow - Running.At(gate.Agent!.Lines[^1]) > TimeSpan.FromMilliseconds(300), "the agent is quiet", 20);
        return took;
    }

    private List<double> Of(string stage) => stages.TryGetValue(stage, out var list) ? list : stages[stage] = [];

    private void SayStages(Sheet sheet, string kind)
    {
        foreach (var (name, _) in Stages)
        {
            if (Of($"{kind} {name}") is { Count: > 0 } list)
                sheet.Row($"  of it until: {name}", list, "ms");
        }
    }
}
