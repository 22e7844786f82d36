using System.Diagnostics;
using BorderInfo.Agent.Settings;
using BorderInfo.Agent.Store;
using BorderInfo.Contract.Messages;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit.Abstractions;

namespace BorderInfo.Tests.Agent.Store;

public sealed class CrashSafetyTests(ITestOutputHelper output)
{
    private const int Kills = 25;

    [Fact]
    public async Task Twenty_five_times_kill_minus_nine_loses_and_doubles_no_play_and_no_event()
    {
        using var folder = new TestFolder();
        var dice = new Random(20261121);
        var said = new List<string>();

        for (var i = 0; i < Kills; i++)
            said.AddRange(await RunAndKill(folder.Data, linesBeforeTheKill: dice.Next(1, 400), dice.Next(0, 3)));

        using var database = new AgentDatabase(folder.Data, new Reserve(folder.Data, 0), NullLogger.Instance);
        var journal = new Journal(database, new HighWater(folder.Data));
        journal.CloseLeftovers();
        var plays = journal.Plays(0, int.MaxValue);
        var events = journal.Events(0, int.MaxValue);
        output.WriteLine($"{Kills} kills, {plays.Count} plays, {events.Count} events, {plays.Count(p => p.End == PlayEnd.Broken)} broken");
        Assert.Equal(Enumerable.Range(1, plays.Count).Select(n => (long)n), plays.Select(p => p.Seq));
        Assert.Equal(Enumerable.Range(1, events.Count).Select(n => (long)n), events.Select(e => e.Seq));
        Assert.Equal(plays.Count, plays.Select(p => p.Entry).Distinct().Count());
        var bySeq = plays.ToDictionary(p => $"close {p.Seq} {p.Entry}");
        var byEntry = plays.Select(p => $"open {p.Entry}").ToHashSet();
        var told = events.Select(e => $"event {e.Seq}").ToHashSet();
        Assert.DoesNotContain(said, l => l.StartsWith("close", StringComparison.Ordinal) && !bySeq.ContainsKey(l));
        Assert.DoesNotContain(said, l => l.StartsWith("open", StringComparison.Ordinal) && !byEntry.Contains(l));
        Assert.DoesNotContain(said, l => l.StartsWith("event", StringComparison.Ordinal) && !told.Contains(l));
        Assert.Equal(Enumerable.Range(1, Kills).Select(n => $"boot {n}"), said.Where(l => l.StartsWith("boot", StringComparison.Ordinal)));
    }

    private static async Task<List<string>> RunAndKill(DataFolder folder, int linesBeforeTheKill, int moreMilliseconds)
    {
        var ask = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true };
        foreach (var word in new[] { "exec", typeof(CrashChild).Assembly.Location, CrashChild.Verb, folder.Root })
            ask.ArgumentList.Add(word);
        using var child = Process.Start(ask)!;
        var lines = new List<string>();
        while (lines.Count < linesBeforeTheKill && await child.StandardOutput.ReadLineAsync() is { } line)
            lines.Add(line);
        await Task.Delay(moreMilliseconds);
        child.Kill();
        var rest = await child.StandardOutput.ReadToEndAsync();
        await child.WaitForExitAsync();
        Assert.True(lines.Count == linesBeforeTheKill, "the child ended by itself");
        lines.AddRange(rest.Split('\n')[..^1]);
        return lines;
    }
}
