using System.Text.Json.Nodes;
using BorderInfo.Agent.Play;
using BorderInfo.Contract;
using BorderInfo.Contract.Plans;
using BorderInfo.Tests.Agent.Support;

namespace BorderInfo.Tests.Spine.Day;

/// <summary>
/// The link is cut for a span of virtual time and comes back. Real: server, database, broker, certificates, agent and its store, messages and media on the wire.
/// Virtual: the clock of server and agent. Recorded: the players, who show at once and remember it.
/// </summary>
internal static class CutLink
{
    /// <param name="Shown">Showings while the link was cut.</param>
    /// <param name="Wrong">Those that the plan did not want then, and those it wanted and that were not shown; a sentence each.</param>
    /// <param name="Reported">Records of that span at the server.</param>
    /// <param name="Unlike">Records that are missing, doubled or not as shown; a sentence each.</param>
    /// <param name="Counted">Plays in the report's total.</param>
    /// <param name="ToCount">Plays that it should count.</param>
    public sealed record Result(int Shown, IReadOnlyList<string> Wrong, int Reported, IReadOnlyList<string> Unlike, int Counted, int ToCount, TimeSpan Playing, TimeSpan Reporting);

    public static async Task<Result> For(TimeSpan span)
    {
        var root = Directory.CreateTempSubdirectory("borderinfo-day-").FullName;
        try
        {
            var clock = new FakeClock(new DateTimeOffset(DateTime.UtcNow.Ticks / TimeSpan.TicksPerSecond * TimeSpan.TicksPerSecond, TimeSpan.Zero));
            await using var office = new VirtualOffice(Path.Combine(root, "server"), clock, Gate.FreePorts());
            var (code, fingerprint) = await Programme.SetUp(office);
            await using var site = await VirtualSite.Enrol(Path.Combine(root, "site"), office, clock, code, fingerprint);
            await Programme.Publish(office, site);
            return await Walk(office, site, clock, span);
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }
    }

    private static async Task<Result> Walk(VirtualOffice office, VirtualSite site, FakeClock clock, TimeSpan span)
    {
        site.Cut();
        await site.PlayOn(TimeSpan.FromSeconds(1));
        var began = DateTime.UtcNow;
        var from = clock.GetUtcNow();
        await site.PlayOn(span);
        var until = clock.GetUtcNow();
        var played = DateTime.UtcNow;
        site.Join();
        using var monitor = await office.Enter("bienphong");
        JsonNode[] plays = [];
        await site.RunUntil(async () => (plays = await Work.Plays(monitor, (int)span.TotalDays + 1)).Any(p => p["startedAt"]!.GetValue<DateTimeOffset>() > until), "plays from after the cut are reported", 300);
        var plan = new PlanClock(site.Plan!);
        var wrong = plan.Plan.Outputs.SelectMany(o => Wrong(plan, o.Id, [.. site.Players[o.Id.Value].Shown], from, until)).ToArray();
        var shown = plan.Plan.Outputs.Sum(o => site.Players[o.Id.Value].Shown.Count(s => s.At > from && s.At < until && s.Showing.Path is not null));
        var told = plays.Where(p => p["startedAt"]!.GetValue<DateTimeOffset>() is var at && at > from && at < until).ToArray();
        var report = await monitor.Get($"/api/v1/reports/plays?from={clock.GetUtcNow().AddHours(7).AddDays(-(int)span.TotalDays - 1):yyyy-MM-dd}&to={clock.GetUtcNow().AddHours(7):yyyy-MM-dd}&groupBy=language&site=LS-0001");
        var all = (await Work.Plays(monitor, (int)span.TotalDays + 1)).Count(p => p["page"]!.GetValue<int>() == 1 && p["durationMs"]!.GetValue<long>() >= 1000);
        return new(shown, wrong, told.Length, [.. Unlike(plan, told, from, until), .. Numbers(plays)], report["total"]!["plays"]!.GetValue<int>(), all, played - began, DateTime.UtcNow - played);
    }

    /// <summary>Compares what an output showed with what the plan said, change by change.</summary>
    private static IEnumerable<string> Wrong(PlanClock plan, OutputId output, (DateTimeOffset At, Showing Showing)[] shown, DateTimeOffset from, DateTimeOffset until)
    {
        var wanted = plan.Between(output, from, until).Skip(1).ToArray();
        var had = shown.Where(s => s.At > from && s.At < until).ToArray();
        foreach (var (want, has) in wanted.Zip(had))
        {
            var item = want.Item?.Id.Value ?? "safe";
            if (want.From != has.At || !(has.Showing.Key + "|").Contains(item + "|", StringComparison.Ordinal) || (want.Part is { } part && has.Showing.Path?.EndsWith(part.File.Value, StringComparison.Ordinal) != true))
                yield return $"{output}: wanted {item} at {want.From:O}, had {has.Showing.Key} at {has.At:O}";
        }

        if (wanted.Length != had.Length)
            yield return $"{output}: {wanted.Length} changes wanted, {had.Length} had";
    }

    /// <summary>Compares the server's records with the plan: each stretch once, from its first to its last instant.</summary>
    private static IEnumerable<string> Unlike(PlanClock plan, JsonNode[] told, DateTimeOffset from, DateTimeOffset until)
    {
        static string Line(string output, string item, int page, DateTimeOffset start, DateTimeOffset end) => $"{output} {item} p{page} {start:O} {end:O}";
        var wanted = plan.Plan.Outputs.SelectMany(o => plan.Between(o.Id, from, until).Skip(1)).Where(a => a.Part is not null && a.Until < until)
            .Select(a => Line(a.Output.Value, a.Item!.Id.Value, a.Part!.Page, a.From, a.Until)).ToArray();
        var had = told.Select(p => Line(p["output"]!.GetValue<string>(), p["item"]!.GetValue<string>(), p["page"]!.GetValue<int>(), p["startedAt"]!.GetValue<DateTimeOffset>(), p["endedAt"]!.GetValue<DateTimeOffset>()))
            .ToArray();
        foreach (var twice in had.GroupBy(l => l).Where(g => g.Count() > 1))
            yield return $"reported {twice.Count()} times: {twice.Key}";
        foreach (var missing in wanted.Except(had))
            yield return "not reported: " + missing;
        var open = plan.Plan.Outputs.Count;
        if (had.Except(wanted).Count() > open)
            yield return $"{had.Except(wanted).Count()} reported that the plan did not want, the first {had.Except(wanted).First()}";
    }

    private static IEnumerable<string> Numbers(JsonNode[] plays)
    {
        var numbers = plays.Select(p => p["seq"]!.GetValue<long>()).Order().ToArray();
        if (!numbers.SequenceEqual(Enumerable.Range(1, numbers.Length).Select(n => (long)n)))
            yield return "the numbers of the records have gaps or doubles";
    }
}
