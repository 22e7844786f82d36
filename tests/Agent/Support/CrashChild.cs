using BorderInfo.Agent.Settings;
using BorderInfo.Agent.Store;
using BorderInfo.Contract;
using BorderInfo.Contract.Messages;
using BorderInfo.Contract.Plans;
using Microsoft.Extensions.Logging.Abstractions;

namespace BorderInfo.Tests.Agent.Support;

/// <summary>
/// The process that crash tests kill: opens and closes plays and tells events as fast as the disk takes them, and prints each after it is on the disk.
/// Lines: <c>boot N</c>, <c>open ENTRY</c>, <c>close SEQ ENTRY</c>, <c>event SEQ</c>.
/// </summary>
public static class CrashChild
{
    public const string Verb = "crash-child";

    public static int Main(string[] args)
    {
        if (args is not [Verb, var root])
            return 1;
        var folder = new DataFolder(root).Make();
        using var database = new AgentDatabase(folder, new Reserve(folder, 0), NullLogger.Instance);
        var journal = new Journal(database, new HighWater(folder));
        Say($"boot {journal.Boot}");
        foreach (var left in journal.CloseLeftovers())
            Say($"close {left.Seq} {left.Entry}");
        for (var n = 1; ; n++)
            Turn(journal, $"L-{journal.Boot}-{n}");
    }

    public static PlayRecord Draft(long boot, string entry, DateTimeOffset at) => new()
    {
        Seq = 0,
        Boot = boot,
        Plan = new PlanNumber(SamplePlan.Site, 2026, 1),
        Entry = entry,
        Tier = Tier.Programme,
        Output = SamplePlan.Screen,
        Item = new ItemId(1),
        Version = 1,
        Language = "vi",
        StartedAt = at,
        EndedAt = at,
        DurationMs = 0,
        End = PlayEnd.Broken,
    };

    private static void Turn(Journal journal, string entry)
    {
        var now = DateTimeOffset.UtcNow;
        var open = journal.Open(Draft(journal.Boot, entry, now));
        Say($"open {entry}");
        journal.Beat([(open.Id, now, 5)]);
        var closed = journal.Close(open.Id, open.Draft with { End = PlayEnd.Completed, DurationMs = 10, EndedAt = now });
        Say($"close {closed.Seq} {entry}");
        var told = journal.Tell(new SiteEvent { Seq = 0, Boot = journal.Boot, At = now, Kind = SiteEventKind.AgentStarted });
        Say($"event {told.Seq}");
    }

    private static void Say(string line)
    {
        Console.Out.WriteLine(line);
        Console.Out.Flush();
    }
}
