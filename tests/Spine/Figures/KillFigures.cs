using System.Globalization;
using System.Text.Json.Nodes;

namespace BorderInfo.Tests.Spine.Figures;

/// <summary>
/// <c>kill -9</c> of agent, player, broker and server in turn while playing: how long the picture is gone, and whether what the report says is what the screen showed.
/// <c>BORDERINFO_KILLS</c> says how often, default 200.
/// </summary>
public sealed class KillFigures
{
    private static readonly string[] Victims = ["agent", "player", "broker", "server"];
    private static readonly TimeSpan Counts = TimeSpan.FromSeconds(1);

    private readonly Dictionary<string, List<double>> dark = Victims.ToDictionary(v => v, _ => new List<double>());
    private readonly Dictionary<string, List<double>> back = Victims.ToDictionary(v => v, _ => new List<double>());

    [BenchFact]
    public async Task Kill()
    {
        var rounds = int.Parse(Environment.GetEnvironmentVariable("BORDERINFO_KILLS") ?? "200", CultureInfo.InvariantCulture);
        await using var gate = new Gate();
        await gate.StartServer();
        await gate.EnrolSite();
        gate.StartAgent();
        await gate.SampleIsOnAir();
        var pictures = await TwoStills(gate);
        var sheet = new Sheet($"kill -9, {rounds} times, while playing");
        await using var eye = new Eye(gate.Screens[1], pictures);
        await Eventually.True(() => eye.Now is not null, "a known picture on the LED", 60);
        var began = DateTimeOffset.UtcNow;
        var dice = new Random(1);
        for (var round = 0; round < rounds; round++)
        {
            await Task.Delay(dice.Next(200, 2500));
            await KillOne(gate, eye, Victims[round % 4]);
            if ((round + 1) % 20 == 0)
                sheet.Say($"   {round + 1} kills, {(DateTimeOffset.UtcNow - began).TotalSeconds:0} s");
        }

        var plays = await AllPlays(gate);
        foreach (var victim in Victims)
        {
            sheet.Row($"{victim}: LED without its picture", dark[victim], "s", 5);
            sheet.Row(victim is "agent" or "player" ? $"{victim}: kill → picture" : $"{victim}: kill → link up again", back[victim], "s", victim is "agent" or "player" ? 5 : null);
        }

        Compare(sheet, plays, [.. eye.Story.Where(s => s.From > began && s.Picture is not null)], began);
        sheet.Say("   The agent is started again at once; as a service systemd adds its RestartSec of 2 s.");
        sheet.End();
    }

    /// <summary>Two stills in turn on the LED wall; their pixels by item.</summary>
    private static async Task<Dictionary<string, byte[]>> TwoStills(Gate gate)
    {
        using var editor = await Office.Enter(gate.Address, await gate.LinkOf("bientap"));
        using var approver = await Office.Enter(gate.Address, await gate.LinkOf("duyet"));
        var pictures = new Dictionary<string, byte[]>();
        foreach (var text in new[] { "Đo: chào mừng quý khách", "Đo: xin chuẩn bị giấy tờ trước khi vào khu vực kiểm tra" })
        {
            var item = await Work.Approved(editor, approver, text);
            pictures[item] = await Pixels.Of(await editor.Bytes($"/api/v1/media/{Work.PictureOf(await editor.Get($"/api/v1/items/{item}"), "vi", 320, 320)}"));
        }

        Assert.True(Pixels.Differ(pictures.First().Value, pictures.Last().Value) > 5, "the two pictures look different");
        var schedule = await Work.Scheduled(editor, 100, [.. pictures.Keys]);
        await editor.Post("/api/v1/publish", new { schedules = new[] { schedule } });
        return pictures;
    }

    private async Task KillOne(Gate gate, Eye eye, string victim)
    {
        await Eventually.True(() => eye.Now is not null, "a picture before the next kill", 60, everyMs: 20);
        var killed = DateTimeOffset.UtcNow;
        switch (victim)
        {
            case "agent":
                gate.Agent!.KillMinusNine();
                gate.StartAgent();
                back[victim].Add((await eye.Back(killed)).TotalSeconds);
                break;
            case "player":
                Assert.True(ProcessMeter.KillBelow(gate.Agent!.Id, "LED-1.A.sock"), "there was a player to kill");
                back[victim].Add((await eye.Back(killed)).TotalSeconds);
                break;
            case "broker":
                Assert.True(ProcessMeter.KillBelow(gate.Server!.Id, "mosquitto.conf"), "there was a broker to kill");
                back[victim].Add(await LinkUp(gate, killed));
                break;
            default:
                gate.Server!.KillMinusNine();
                await gate.StartServer();
                back[victim].Add(await LinkUp(gate, killed));
                break;
        }

        dark[victim].Add(eye.DarkSince(killed).TotalSeconds);
    }

    private static async Task<double> LinkUp(Gate gate, DateTimeOffset killed)
    {
        DateTimeOffset? up = null;
        await Eventually.True(() => (up = gate.Agent!.Said(": link up,", killed)) is not null, "the link is up again", 120);
        return (up!.Value - killed).TotalSeconds;
    }

    private static async Task<JsonNode[]> AllPlays(Gate gate)
    {
        using var editor = await Office.Enter(gate.Address, await gate.LinkOf("bientap"));
        var over = DateTimeOffset.UtcNow;
        JsonNode[] plays = [];
        await Eventually.True(async () => (plays = await Work.Plays(editor)).Any(p => p["startedAt"]!.GetValue<DateTimeOffset>() > over), "plays from after the last kill are reported", 120);
        return plays;
    }

    /// <summary>The report against its own numbers and against what was seen on the screen.</summary>
    private static void Compare(Sheet sheet, JsonNode[] plays, Eye.Seen[] seen, DateTimeOffset began)
    {
        var numbers = plays.Select(p => p["seq"]!.GetValue<long>()).ToArray();
        sheet.Count("plays lost: numbers missing in the report", numbers.Length, (int)(numbers.Max() - numbers.Distinct().Count()));
        sheet.Count("plays doubled: a number twice", numbers.Length, numbers.Length - numbers.Distinct().Count());
        var told = plays.Select(p => new Told(p)).ToArray();
        var overlaps = told.GroupBy(t => t.Output).Sum(o => o.OrderBy(t => t.From).ToArray() is var row ? row.Zip(row.Skip(1)).Count(two => two.First.Until - two.Second.From > TimeSpan.FromMilliseconds(50)) : 0);
        sheet.Count("plays doubled: two at a time on one output", numbers.Length, overlaps);
        var last = told.Where(t => t.Output == "LED-1.A").Max(t => t.Until);
        var left = told.Where(t => t.Output == "LED-1.A" && t.From > began && t.Length >= Counts).ToArray();
        Eye.Seen[] long1 = [.. seen.Where(s => s.Length >= Counts && s.Until < last)];
        sheet.Count("seen on the LED for 1 s or more, not reported", long1.Length, long1.Count(s => !told.Any(t => t.Output == "LED-1.A" && t.Item == s.Picture && t.Meets(s))));
        sheet.Count("reported for 1 s or more, not seen on the LED", left.Length, left.Count(t => !seen.Any(s => s.Picture == t.Item && t.Meets(s))));
    }

    /// <summary>A play as it was reported.</summary>
    private sealed class Told(JsonNode play)
    {
        public string Output { get; } = play["output"]!.GetValue<string>();

        public string Item { get; } = play["item"]!.GetValue<string>();

        public DateTimeOffset From { get; } = play["startedAt"]!.GetValue<DateTimeOffset>();

        public DateTimeOffset Until { get; } = play["endedAt"]!.GetValue<DateTimeOffset>();

        public TimeSpan Length => Until - From;

        /// <summary>A play broken by a kill ends at its last heartbeat, up to two seconds early.</summary>
        public bool Meets(Eye.Seen seen) => seen.From < Until.AddSeconds(2) && From < seen.Until;
    }
}
