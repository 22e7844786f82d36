namespace BorderInfo.Tests.Spine.Figures;

/// <summary>The agent as <c>deploy/install-agent</c> builds it: size, memory and processor time without its players, and power-on without a network to the first picture.</summary>
public sealed class AgentFigures
{
    private const int Windows = 6, WindowSeconds = 10, Starts = 20;

    [BenchFact]
    public async Task Agent()
    {
        await using var gate = new Gate();
        await gate.StartServer();
        await gate.EnrolSite();
        gate.StartAgent();
        await gate.SampleIsOnAir();
        using var editor = await Office.Enter(gate.Address, await gate.LinkOf("bientap"));
        using var approver = await Office.Enter(gate.Address, await gate.LinkOf("duyet"));
        await Eventually.True(async () => (await editor.Get("/api/v1/sites/LS-0001"))["standing"]!["standing"]!.ToString() == "Good", "the site is good", 120);
        var sheet = new Sheet("the agent: " + (Environment.GetEnvironmentVariable("BORDERINFO_AGENT") is null ? "as built (not trimmed)" : "published and trimmed"));
        sheet.Row("installed size beside the player", [.. Directory.GetFiles(Path.GetDirectoryName(Gate.AgentProgram)!, "*", SearchOption.AllDirectories).Select(f => new FileInfo(f).Length).DefaultIfEmpty().Sum() is var all ? new[] { all / 1e6 } : []], "MB", 40);

        await Task.Delay(TimeSpan.FromSeconds(20));
        await Rest(gate, sheet, "sample programme, two screens and a loudspeaker");
        var still = await Work.Approved(editor, approver, "Đo: chào mừng quý khách");
        var picture = await Pixels.Of(await editor.Bytes($"/api/v1/media/{Work.PictureOf(await editor.Get($"/api/v1/items/{still}"), "vi", 320, 320)}"));
        var schedule = await Work.ScheduledAt(editor, 100, ["LED-1.A", "LED-1.B", "LCD-1"], [still]);
        await editor.Post("/api/v1/publish", new { schedules = new[] { schedule } });
        await Eventually.True(() => Shown(gate, picture), "the still is on the LED");
        await Task.Delay(TimeSpan.FromSeconds(60));
        await Rest(gate, sheet, "idle: one still on both screens, with a link");

        Assert.Equal(0, await gate.Server!.Stop());
        var (starts, cpu) = (new List<double>(), new List<double>());
        for (var round = 0; round < Starts; round++)
        {
            gate.Agent!.KillMinusNine();
            await Eventually.True(() => !Shown(gate, picture), "the screen is dark");
            var started = DateTimeOffset.UtcNow;
            gate.StartAgent();
            await Eventually.True(() => Shown(gate, picture), "the picture is back", 60, everyMs: 3);
            starts.Add((DateTimeOffset.UtcNow - started).TotalSeconds);
            cpu.Add(ProcessMeter.CpuSeconds(gate.Agent!.Id));
            await Task.Delay(1000);
        }

        sheet.Row("start → first picture, server and broker dead", starts, "s", 3);
        sheet.Row("  processor time of it, the agent's own", cpu, "s");
        await Rest(gate, sheet, "one still on both screens, no server, no broker");
        sheet.Row("limit: mpv alone, told to show a picture → pixels", [.. (await Limits.MpvAlone(gate)).Select(ms => ms / 1000)], "s");
        sheet.Say("   The start does not hold the start of the machine and of its X server; the files were in the page cache.");
        sheet.End();
    }

    private static bool Shown(Gate gate, byte[] picture) => Pixels.Differ(gate.Screens[1].Region(0, 0, 320, 320), picture) < 3;

    private static async Task Rest(Gate gate, Sheet sheet, string what)
    {
        var (memory, cpu) = (new List<double>(), new List<double>());
        var id = gate.Agent!.Id;
        for (var window = 0; window < Windows; window++)
        {
            var before = ProcessMeter.CpuSeconds(id);
            await Task.Delay(TimeSpan.FromSeconds(WindowSeconds));
            cpu.Add((ProcessMeter.CpuSeconds(id) - before) / WindowSeconds * 100);
            memory.Add(ProcessMeter.Rss(id));
        }

        sheet.Row($"memory in RAM, {what}", memory, "MB", 60);
        sheet.Row($"% of one core over {WindowSeconds} s, {what}", cpu, "%", 0.5);
        sheet.Row("  players beside it, memory in RAM together", [ProcessMeter.Below(id, "mpv").Sum(ProcessMeter.Rss)], "MB");
    }
}
