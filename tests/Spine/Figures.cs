using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Xunit.Abstractions;

namespace BorderInfo.Tests.Spine;

/// <summary>The figures of the README, measured with real programs on the machine at hand. Lines begin with <c>figure</c>.</summary>
public sealed partial class Figures(ITestOutputHelper output)
{
    /// <summary>Publish pressed → first frame on the LED of a connected site, by the player's own report of the first frame.</summary>
    [BenchFact]
    public async Task Publish()
    {
        await using var gate = new Gate();
        var started = Stopwatch.StartNew();
        await gate.StartServer();
        output.WriteLine($"figure server start to first answer, sample set: {started.Elapsed.TotalSeconds:0.0} s");
        await gate.EnrolSite();
        gate.StartAgent();
        using var editor = await Office.Enter(gate.Address, gate.LinkOf("bientap"));
        using var approver = await Office.Enter(gate.Address, gate.LinkOf("duyet"));
        await Eventually.True(async () => (await editor.Get("/api/v1/sites/LS-0001"))["standing"]!["standing"]!.ToString() == "Good", "the site is good", 120);

        var fresh = new List<double>();
        var cached = new List<double>();
        for (var round = 0; round < 20; round++)
        {
            var item = await Work.Approved(editor, approver, $"Đo lần thứ {round + 1}: chào mừng quý khách đến cửa khẩu");
            var schedule = await Work.Scheduled(editor, item, 500 - round);
            fresh.Add(await Published(gate, editor, item, schedule));
            await editor.Post($"/api/v1/publish/stop/{schedule}", new { });
            await Eventually.True(() => !Shown(gate, item, DateTimeOffset.UtcNow.AddSeconds(-1)).HasValue, "the sample programme is back");
            var again = await Work.Scheduled(editor, item, 500 - round);
            cached.Add(await Published(gate, editor, item, again));
            await editor.Post($"/api/v1/publish/stop/{again}", new { });
        }

        output.WriteLine("figure publish to first frame, media not yet at the site: " + Quantiles(fresh));
        output.WriteLine("figure publish to first frame, media at the site: " + Quantiles(cached));
        output.WriteLine($"figure server RSS with the sample set: {Rss(gate.Server!.Id)} MiB; agent RSS playing two screens and a speaker: {Rss(gate.Agent!.Id)} MiB");
    }

    /// <summary><c>kill -9</c> of agent, player, broker and server in turn while playing: plays lost or doubled, and how long the picture is gone.</summary>
    [BenchFact]
    public async Task Kill()
    {
        var rounds = int.Parse(Environment.GetEnvironmentVariable("BORDERINFO_KILLS") ?? "200", CultureInfo.InvariantCulture);
        await using var gate = new Gate();
        await gate.StartServer();
        await gate.EnrolSite();
        gate.StartAgent();
        var back = new List<double>();
        var dice = new Random(1);
        for (var round = 0; round < rounds; round++)
        {
            await Eventually.True(() => gate.Agent!.Lines.Any(l => l.Contains("LED-1.A: T-", StringComparison.Ordinal)), "it plays", 120);
            await Task.Delay(dice.Next(200, 2500));
            var killed = DateTimeOffset.UtcNow;
            switch (round % 4)
            {
                case 0:
                    gate.Agent!.KillMinusNine();
                    gate.StartAgent();
                    await Eventually.True(() => Shown(gate, "T-", killed).HasValue, "the picture is back");
                    back.Add((Shown(gate, "T-", killed)!.Value - killed).TotalMilliseconds);
                    break;
                case 1:
                    Children.KillOne("mpv", gate.Agent!.Id);
                    break;
                case 2:
                    Children.KillOne("mosquitto", gate.Server!.Id);
                    break;
                default:
                    gate.Server!.KillMinusNine();
                    await gate.StartServer();
                    break;
            }
        }

        using var editor = await Office.Enter(gate.Address, gate.LinkOf("bientap"));
        var today = DateTime.UtcNow.AddHours(7).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        await Task.Delay(30_000);
        var seqs = new List<long>();
        string? next = null;
        do
        {
            var page = await editor.Get($"/api/v1/plays?from={today}&to={today}&site=LS-0001&size=1000" + (next is null ? "" : "&after=" + next));
            seqs.AddRange(page["plays"]!.AsArray().Select(p => p!["seq"]!.GetValue<long>()));
            next = page["next"]?.GetValue<string>();
        }
        while (next is not null);
        output.WriteLine($"figure kill -9, {rounds} rounds of agent, player, broker, server: {seqs.Count} plays, {seqs.Max() - seqs.Distinct().Count()} lost, {seqs.Count - seqs.Distinct().Count()} doubled");
        output.WriteLine("figure agent killed to first frame: " + Quantiles(back));
    }

    private async Task<double> Published(Gate gate, Office editor, string item, long schedule)
    {
        var pressed = DateTimeOffset.UtcNow;
        await editor.Post("/api/v1/publish", new { schedules = new[] { schedule } });
        await Eventually.True(() => Shown(gate, item, pressed).HasValue, $"{item} on the LED", 30);
        return (Shown(gate, item, pressed)!.Value - pressed).TotalMilliseconds;
    }

    /// <summary>When the left half of the LED wall began to show the item, after an instant, by the agent's log.</summary>
    private static DateTimeOffset? Shown(Gate gate, string item, DateTimeOffset after)
    {
        foreach (var line in gate.Agent!.Lines)
        {
            var begun = Began().Match(line);
            if (begun.Success && begun.Groups[2].Value.StartsWith(item, StringComparison.Ordinal)
                && DateTimeOffset.Parse(begun.Groups[1].Value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal) is var at && at > after)
                return at;
        }

        return null;
    }

    private static string Quantiles(List<double> ms)
    {
        ms.Sort();
        return string.Create(CultureInfo.InvariantCulture, $"p50 {ms[ms.Count / 2]:0} ms, p95 {ms[(int)(ms.Count * 0.95) - (ms.Count % 20 == 0 ? 1 : 0)]:0} ms, max {ms[^1]:0} ms ({ms.Count} times)");
    }

    private static long Rss(int pid) =>
        long.Parse(File.ReadLines($"/proc/{pid}/status").First(l => l.StartsWith("VmRSS", StringComparison.Ordinal)).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024;

    [GeneratedRegex(@"^(\S+Z) .* LED-1\.A: (T-\d+) ")]
    private static partial Regex Began();
}

/// <summary>Programs started by a program of the test.</summary>
internal static class Children
{
    public static void KillOne(string name, int parent)
    {
        foreach (var process in Process.GetProcessesByName(name))
        {
            using (process)
            {
                if (Ancestors(process.Id).Contains(parent))
                {
                    process.Kill();
                    return;
                }
            }
        }
    }

    private static IEnumerable<int> Ancestors(int pid)
    {
        while (pid > 1 && File.Exists($"/proc/{pid}/stat"))
        {
            var stat = File.ReadAllText($"/proc/{pid}/stat");
            pid = int.Parse(stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[1], CultureInfo.InvariantCulture);
            yield return pid;
        }
    }
}
