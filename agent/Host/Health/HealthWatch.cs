using BorderInfo.Agent.Enrol;
using BorderInfo.Agent.Link;
using BorderInfo.Agent.Loops;
using BorderInfo.Agent.Play;
using BorderInfo.Agent.Proof;
using BorderInfo.Agent.Store;
using BorderInfo.Agent.Time;
using BorderInfo.Contract;
using BorderInfo.Contract.Health;
using BorderInfo.Contract.Messages;
using BorderInfo.Contract.Plans;

namespace BorderInfo.Agent.Health;

/// <summary>What health is made from.</summary>
public sealed record HealthParts(
    TlsTrust Trust, SiteClock Clock, Journal Journal, AgentDatabase Database, DurableQueue Queue, Reserve Reserve, AirLoop Air, PlanLoop Plans, Quarantine Quarantine, RefusedCount Refused, SiteEvents Events, long KeepFreeBytes);

/// <summary>Looks at players, disk, clock and plan every few seconds, keeps the findings, and writes the health message.</summary>
public sealed partial class HealthWatch(HealthParts parts, ILogger<HealthWatch> log)
{
    public static readonly TimeSpan Every = TimeSpan.FromSeconds(3);

    /// <summary>Mean luma below this is a black screen; a dark picture lies above 8.</summary>
    private const double Black = 3;

    private readonly FindingBook book = new();
    private readonly long began = parts.Clock.Stamp;
    private volatile IReadOnlyList<Seen> seen = [];
    private volatile IReadOnlyList<Finding> findings = [];
    private long reports;

    private sealed record Seen(AirOutput Output, Asked? Asked, PlayerSight Sight, bool Right);

    public IReadOnlyList<Finding> Findings => findings;

    public async Task Run(Action good, CancellationToken stop)
    {
        while (true)
        {
            await Turn(stop);
            good();
            await Task.Delay(parts.Clock.Time.UntilNext(Every), parts.Clock.Time, stop);
        }
    }

    /// <summary>From the last look; cheap.</summary>
    public HealthReport Report()
    {
        var now = parts.Clock.Now;
        return new HealthReport
        {
            Boot = parts.Journal.Boot,
            Seq = Interlocked.Increment(ref reports),
            At = now,
            Clock = parts.Clock.Trust,
            Plan = parts.Air.Plan?.Number,
            Outputs = [.. seen.Select(s => HealthOf(s, now))],
            UptimeSeconds = (long)parts.Clock.Between(began, parts.Clock.Stamp).TotalSeconds,
            Load = Machine.Load,
            MemoryAvailableBytes = Machine.MemoryAvailableBytes,
            DiskFreeBytes = parts.Reserve.FreeBytes,
            CpuTempC = Machine.CpuTempC,
            OutboxCount = parts.Journal.Unacknowledged + parts.Queue.Waiting,
            Refused = parts.Refused.All,
            Findings = findings,
        };
    }

    /// <summary>One look; tests call it directly.</summary>
    internal async Task Turn(CancellationToken stop)
    {
        seen = await Task.WhenAll(parts.Air.Outputs.Select(o => Look(o, stop)));
        var (raised, cleared) = book.Look(Symptoms(), parts.Clock.Between(began, parts.Clock.Stamp), parts.Clock.Now);
        findings = book.Visible;
        foreach (var finding in raised)
        {
            Log.Raised(log, parts.Air.Plan?.Number, finding.Code, finding.Output, finding.Detail);
            parts.Events.Tell(SiteEventKind.FindingRaised, parts.Air.Plan?.Number, finding.Output, finding.Code, finding.Detail);
        }

        foreach (var finding in cleared)
        {
            Log.Cleared(log, parts.Air.Plan?.Number, finding.Code, finding.Output);
            parts.Events.Tell(SiteEventKind.FindingCleared, parts.Air.Plan?.Number, finding.Output, finding.Code);
        }
    }

    private static async Task<Seen> Look(AirOutput output, CancellationToken stop)
    {
        var sight = await output.Look(stop);
        return new(output, output.Asked, sight, output.ShowsWhatWasAsked(sight));
    }

    private IReadOnlyList<Symptom> Symptoms() => [.. seen.SelectMany(OfOutput), .. OfSite()];

    private static IEnumerable<Symptom> OfOutput(Seen seen)
    {
        var id = seen.Output.Output.Id;
        if (seen.Sight.ScreenMissing is { } why)
            yield return new(Contract.Health.Findings.ScreenMissing, id, why);
        if (!seen.Sight.Alive)
            yield return new(Contract.Health.Findings.PlayerDead, id, $"restarts {seen.Sight.Restarts}");
        else if (seen.Asked is { } asked && (!seen.Right || !seen.Sight.GeometryOk))
            yield return new(Contract.Health.Findings.WrongPicture, id, $"asked {asked.Key}, shows {seen.Sight.Key}, geometry {(seen.Sight.GeometryOk ? "right" : "wrong")}");
        if (seen is { Sight: { Alive: true, Luma: < Black } } && seen.Output.Output.Kind != OutputKind.Speaker)
            yield return new(Contract.Health.Findings.BlackScreen, id, FormattableString.Invariant($"luma {seen.Sight.Luma:F1}"));
    }

    private IEnumerable<Symptom> OfSite()
    {
        var now = parts.Clock.Now;
        if (parts.Air.Missing is { Count: > 0 } missing)
            yield return new(Contract.Health.Findings.MediaMissing, null, $"{missing.Count} files, first {missing[0].Hash}");
        foreach (var bad in parts.Quarantine.All)
            yield return new(Contract.Health.Findings.MediaMissing, bad.Output, $"cannot be played: {bad.File}");
        if (parts.Plans.Refusal is { } refusal)
            yield return new(Contract.Health.Findings.PlanRefused, null, $"{refusal.Number} {refusal.Code}");
        if (parts.Air.Plan is { } plan && plan.ValidUntil <= now)
            yield return new(Contract.Health.Findings.PlanExpired, null, $"{plan.Number} until {plan.ValidUntil:O}");
        if (parts.Reserve.FreeBytes < parts.KeepFreeBytes)
            yield return new(Contract.Health.Findings.DiskLow, null, $"{parts.Reserve.FreeBytes >> 20} MiB free");
        if ((parts.Queue.Failing ?? parts.Database.Failing) is { } why || (why = parts.Queue.Lost > 0 ? $"{parts.Queue.Lost} records lost" : null) is not null)
            yield return new(Contract.Health.Findings.StoreFailing, null, why);
        if (parts.Clock.Trust == ClockTrust.False)
            yield return new(Contract.Health.Findings.ClockFalse, null, $"machine says {parts.Clock.Time.GetUtcNow():O}, floor {parts.Clock.Floor:O}");
        if (parts.Trust.Own.NotAfter.ToUniversalTime() - now.UtcDateTime < TimeSpan.FromDays(30))
            yield return new(Contract.Health.Findings.CertificateExpiring, null, $"until {parts.Trust.Own.NotAfter.ToUniversalTime():O}");
    }

    private OutputHealth HealthOf(Seen seen, DateTimeOffset now)
    {
        var id = seen.Output.Output.Id;
        var wanted = parts.Air.Said(id, now);
        var shown = seen.Right ? seen.Asked?.Air : null;
        var right = seen is { Right: true, Sight: { Alive: true, GeometryOk: true } };
        return new OutputHealth
        {
            Output = id,
            Wanted = wanted?.Item?.Id,
            Shown = shown?.Item?.Id,
            Language = shown?.Part?.Language,
            Page = shown?.Part?.Page,
            PlayerAlive = seen.Sight.Alive,
            AsPlanned = right && wanted is not null && AsSaid(id, shown, now),
            Restarts = seen.Sight.Restarts,
            Luma = seen.Sight.Luma,
        };
    }

    /// <summary>The look is up to three seconds old, so a change meanwhile counts as right when it was right then.</summary>
    private bool AsSaid(OutputId output, OnAir? shown, DateTimeOffset now)
    {
        for (var at = now; at >= now - Every - TimeSpan.FromSeconds(1); at -= TimeSpan.FromSeconds(1))
        {
            var said = parts.Air.Said(output, at)!.Value;
            if (shown is { } on ? said.SameAs(on) : said.Part is null)
                return true;
        }

        return false;
    }

    private static partial class Log
    {
        [LoggerMessage(4501, LogLevel.Warning, "{Plan} finding {Code} {Output}: {Detail}")]
        public static partial void Raised(ILogger log, PlanNumber? plan, string code, OutputId? output, string? detail);

        [LoggerMessage(4502, LogLevel.Information, "{Plan} finding {Code} {Output} is gone")]
        public static partial void Cleared(ILogger log, PlanNumber? plan, string code, OutputId? output);
    }
}
