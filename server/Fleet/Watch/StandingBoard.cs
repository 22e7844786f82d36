using System.Collections.Concurrent;
using System.Text.Json;
using BorderInfo.Contract.Health;
using BorderInfo.Contract.Messages;
using BorderInfo.Server.Fleet.Public;
using BorderInfo.Server.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace BorderInfo.Server.Fleet.Watch;

/// <summary>What is known of every site, in memory; read from the tables at the first question after the start.</summary>
internal sealed class StandingBoard(IServiceScopeFactory scopes, TimeProvider clock) : ISiteStandings
{
    private readonly ConcurrentDictionary<SiteId, SemaphoreSlim> turns = [];
    private readonly ConcurrentDictionary<(SiteId Site, string Word), long> malformed = [];
    private readonly Lock loading = new();
    private volatile ConcurrentDictionary<SiteId, SiteMemory>? sites;

    /// <summary>Silence before the server listened says nothing.</summary>
    public DateTimeOffset ListeningSince { get; } = clock.GetUtcNow();

    public IReadOnlyCollection<SiteMemory> All => [.. Sites.Values];

    private ConcurrentDictionary<SiteId, SiteMemory> Sites => sites ?? Load();

    public SiteStanding Of(SiteId site) => Memory(site).View;

    public SiteMemory Memory(SiteId site) => Sites.TryGetValue(site, out var known) ? known : new SiteMemory(site);

    public bool Knows(SiteId site) => Sites.ContainsKey(site);

    /// <summary>Only <see cref="KeepStanding"/> calls it, in the site's turn and after the commit.</summary>
    public void Put(SiteMemory memory) => Sites[memory.Site] = memory;

    public void Forget(SiteId site) => Sites.TryRemove(site, out _);

    /// <summary>One change per site at a time: uplinks, the sweep and enrolment wait for each other.</summary>
    public async Task<IDisposable> Turn(SiteId site, CancellationToken stop)
    {
        var turn = turns.GetOrAdd(site, _ => new SemaphoreSlim(1));
        await turn.WaitAsync(stop);
        return new Held(turn);
    }

    public void CountMalformed(SiteId site, string word) => malformed.AddOrUpdate((site, word), 1, (_, n) => n + 1);

    /// <summary>Messages of the site since the start of the server that could not be read, by word.</summary>
    public IReadOnlyDictionary<string, long> Malformed(SiteId site) => malformed.Where(m => m.Key.Site == site).ToDictionary(m => m.Key.Word, m => m.Value);

    private ConcurrentDictionary<SiteId, SiteMemory> Load()
    {
        lock (loading)
        {
            if (sites is { } loaded)
                return loaded;
            using var scope = scopes.CreateScope();
            var db = scope.ServiceProvider.GetRequiredService<BorderInfoDb>();
            var open = db.Set<SiteFindingRow>().AsNoTracking().Where(f => f.ClearedAt == null).ToLookup(f => f.Site);
            return sites = new(db.Set<SiteRow>().AsNoTracking().AsEnumerable().Select(r => Remembered(r, open[r.Site])).ToDictionary(m => m.Site));
        }
    }

    private static SiteMemory Remembered(SiteRow row, IEnumerable<SiteFindingRow> open)
    {
        var visible = open.Select(f => (Finding: new Finding(f.Code, f.Since, f.Output is null ? null : OutputId.Parse(f.Output), f.Detail), f.SeenAt)).ToList();
        var health = row.Health is null ? null : JsonSerializer.Deserialize(row.Health, ContractJson.Wire.HealthReport);
        return new SiteMemory(SiteId.Parse(row.Site))
        {
            EnrolledAt = row.EnrolledAt,
            Revoked = row.Revoked,
            Presence = row.Presence,
            Silent = row.Silent,
            Boot = row.Boot,
            Birth = row.Birth,
            LastContact = row.LastContact,
            Plan = PlanNumber.TryParse(row.Plan, out var plan) ? plan : null,
            PlanEpoch = row.PlanEpoch,
            PlanCounter = row.PlanCounter,
            // Until it is asked anew what should be on air, what was seen stands.
            DuePlan = visible.Any(f => f.Finding.Code == Findings.PlanBehind.Code) ? row.PlanCounter + 1 : 0,
            BehindSince = visible.Where(f => f.Finding.Code == Findings.PlanBehind.Code).Select(f => (DateTimeOffset?)f.Finding.Since).FirstOrDefault(),
            Clock = row.Clock,
            AgentVersion = row.AgentVersion,
            Health = health,
            Astray = row.Standing == Standing.Fault ? [.. (health?.Outputs ?? []).Where(o => !o.AsPlanned).Select(o => o.Output)] : [],
            Heard = [.. visible.Where(f => f.Finding.Code != Findings.SiteOffline.Code && f.Finding.Code != Findings.PlanBehind.Code).Select(f => new HeardFinding(f.Finding, f.SeenAt - StandingRules.KindOf(f.Finding.Code).VisibleAfter))],
            Visible = [.. visible.Select(f => f.Finding)],
            Standing = row.Standing,
            Since = row.Since,
        };
    }

    private sealed class Held(SemaphoreSlim turn) : IDisposable
    {
        public void Dispose() => turn.Release();
    }
}
