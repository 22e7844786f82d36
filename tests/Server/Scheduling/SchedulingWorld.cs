using BorderInfo.Contract;
using BorderInfo.Contract.Plans;
using BorderInfo.Contract.Signing;
using BorderInfo.Server.Approval.Public;
using BorderInfo.Server.Content.Public;
using BorderInfo.Server.Fleet.Public;
using BorderInfo.Server.Geo.Public;
using BorderInfo.Server.Identity.Public;
using BorderInfo.Server.Messaging;
using BorderInfo.Server.Messaging.Public;
using BorderInfo.Server.Platform.Database;
using BorderInfo.Server.Platform.News;
using BorderInfo.Server.Publishing;
using BorderInfo.Server.Scheduling;
using BorderInfo.Server.Scheduling.Public;
using BorderInfo.Tests.Server.Support;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace BorderInfo.Tests.Server.Scheduling;

/// <summary>
/// The whole server with clusters and items that stand in memory, so that a test says in one line what there is. Database, signing key and outbox are the real ones.
/// </summary>
public sealed class SchedulingWorld : IDisposable
{
    public static readonly SiteId HuuNghi = new("LS-0001");
    public static readonly SiteId TanThanh = new("LS-0002");
    public static readonly SiteId LeThanh = new("GL-0001");

    private readonly ServerUnderTest bare;
    private readonly WebApplicationFactory<Program> server;

    /// <param name="ownClusters">False = the register of the server itself, empty at first; <see cref="Clusters"/> is not asked then.</param>
    public SchedulingWorld(string? folder = null, bool ownClusters = true)
    {
        bare = new(folder);
        Clusters = new([TestClusters.Of(1, HuuNghi), TestClusters.Of(2, TanThanh, commune: "06187", gate: GateClass.Main), TestClusters.Of(3, LeThanh, province: "52", commune: "23800", sector: "GL-KH-1")]);
        Items = new(Clock);
        server = bare.WithWebHostBuilder(b => b.ConfigureTestServices(s =>
        {
            if (ownClusters)
                s.AddSingleton<IClusters>(Clusters);
            s.AddSingleton<IItems>(Items);
            s.AddSingleton<IReleasedItems>(Items);
            s.AddSingleton<IParts>(Items);
            s.AddSingleton<Microsoft.Extensions.Logging.ILoggerProvider>(Lines);
            // Wishes are fulfilled by the test's own hand.
            s.Remove(s.Single(d => d.ImplementationType == typeof(PlanWorker)));
        }));
    }

    public FakeClock Clock => bare.Clock;

    public MemoryClusters Clusters { get; }

    public MemoryItems Items { get; }

    /// <summary>What the server logs.</summary>
    public Lines Lines { get; } = new();

    public IServiceProvider Services => server.Services;

    public static Actor Editor(params string[] provinces) => new(7, "lan", "Biên tập viên mẫu", new HashSet<string> { Roles.Editor }, provinces.Length == 0 ? AreaScope.All : new(false, provinces, [], []));

    public static Actor Approver { get; } = new(8, "hung", "Người duyệt mẫu", new HashSet<string> { Roles.Approver }, AreaScope.All);

    public async Task<T> Within<T>(Func<IServiceProvider, Task<T>> work)
    {
        using var scope = Services.CreateScope();
        return await work(scope.ServiceProvider);
    }

    public static ScheduleView Wanted(string name, Tier tier = Tier.Programme, int number = 500, long[]? items = null, Target[]? targets = null, DateOnly? from = null, DateOnly? to = null, TimeWindow[]? windows = null, int? every = null) =>
        new(0, name, tier, number, [.. (items ?? [1]).Select(i => new ItemId(i))], targets ?? [new(TargetWidth.Cluster, "1")], from ?? new(2026, 11, 23), to, Weekdays.All, windows ?? [TimeWindow.WholeDay], every, false, default);

    /// <summary>Why an emergency is sent.</summary>
    public const string Reason = "Diễn tập, lý do mẫu";

    public Task<Outcome<ScheduleStand>> Save(ScheduleView wanted, Actor? by = null, int? revision = null) =>
        Within(s => s.GetRequiredService<SaveSchedule>().Handle(new(by ?? Editor(), wanted, revision), default));

    internal Task<Outcome<PublishPlan.Done>> Publish(Actor? by = null, params long[] schedules) =>
        Within(s => s.GetRequiredService<PublishPlan>().Handle(new(by ?? Editor(), schedules, Reason), default));

    public async Task<long> Published(ScheduleView wanted)
    {
        var id = (await Save(wanted)).Value.Id;
        Assert.Null((await Publish(null, id)).Why);
        return id;
    }

    internal Task<Outcome<PublishPlan.Done>> StopIt(long schedule, Actor? by = null) =>
        Within(s => s.GetRequiredService<StopSchedule>().Handle(new(by ?? Editor(), schedule), default));

    public Task<int> FulfilWishes() => Within(s => s.GetRequiredService<Republish>().DueWishes(default));

    public Task Tell<TNews>(TNews news) => Within(async s =>
    {
        var db = s.GetRequiredService<BorderInfoDb>();
        await using var change = await db.Database.BeginTransactionAsync();
        await s.GetRequiredService<NewsDesk>().Tell(news, db, default);
        await change.CommitAsync();
        return 0;
    });

    /// <summary>What waits in the outbox for a site, oldest first: opened with the server's public key as an agent would.</summary>
    public Task<PlayPlan?> OnItsWay(SiteId site) => Within(async s =>
    {
        var rows = await s.GetRequiredService<BorderInfoDb>().Set<OutboxRow>().Where(r => r.Topic == Topics.Plan(site)).ToListAsync();
        var row = Assert.Single(rows.Take(2).DefaultIfEmpty());
        if (row is null)
            return null;
        Assert.True(row.Retain);
        var opened = Sealing.Open(row.Payload, SignedTypes.Plan, s.GetRequiredService<ISigner>().Keys);
        return System.Text.Json.JsonSerializer.Deserialize(opened.Value, ContractJson.Wire.PlayPlan);
    });

    internal Task<List<PlanRow>> Plans(SiteId site) => Within(s => s.GetRequiredService<BorderInfoDb>().Set<PlanRow>().AsNoTracking().Where(p => p.Site == site.Value).OrderBy(p => p.Counter).ToListAsync());

    /// <summary>Detail of the newest note of the audit trail with this action and target.</summary>
    public Task<string?> Noted(string action, string? target = null) => Within(s => s.GetRequiredService<BorderInfoDb>().Set<BorderInfo.Server.Identity.AuditRow>().AsNoTracking()
        .Where(a => a.Action == action && (target == null || a.Target == target)).OrderByDescending(a => a.N).Select(a => a.Detail).FirstOrDefaultAsync());

    public WebApplicationFactory<Program> Server => server;

    public void Dispose()
    {
        server.Dispose();
        bare.Dispose();
    }
}

public static class TestClusters
{
    public static readonly OutputId Screen = new("MH-1");
    public static readonly OutputId Led = new("LED-1");
    public static readonly OutputId Speaker = new("LOA-1");

    public static Cluster Of(long id, SiteId? site, string province = "20", string commune = "06184", string? sector = "LS-CN-1", GateClass? gate = GateClass.International, params string[] tags) => new(
        id, $"Cụm mẫu {id}", "gate", province, commune, sector, null, gate, 21.97, 106.71, tags, site,
        [
            new(Screen, "Màn hình sảnh", OutputKind.Screen, 1, 0, 0, 1920, 1080, ["vi", "zh-Hans"], 0, []),
            new(Led, "Bảng LED cổng", OutputKind.LedRegion, 2, 0, 0, 640, 320, ["vi"], 0, []),
            new(Speaker, "Loa sân", OutputKind.Speaker, 1, 0, 0, 0, 0, ["vi"], 80, [new(new(21, 0), new(5, 0))]),
        ],
        ["vi", "zh-Hans"]);
}

public sealed class MemoryClusters(IReadOnlyList<Cluster> all) : IClusters
{
    public IReadOnlyList<Cluster> All { get; set; } = all;

    public Cluster? ById(long id) => All.FirstOrDefault(c => c.Id == id);

    public Cluster? BySite(SiteId site) => All.FirstOrDefault(c => c.Site == site);

    public IReadOnlyList<Cluster> Within(AreaScope scope) => [.. All.Where(c => c.Within(scope))];
}

/// <summary>Items whose files are made of their own text; item 1, 2 and 3 are released, in both languages, and 3 also for speakers.</summary>
public sealed class MemoryItems : IItems, IReleasedItems, IParts
{
    private readonly FakeClock clock;

    public MemoryItems(FakeClock clock)
    {
        this.clock = clock;
        Release(1);
        Release(2);
        Release(3, kinds: [RenditionKind.Text, RenditionKind.Audio]);
    }

    public List<ReleasedItem> Released { get; } = [];

    public List<ItemVersion> Drafts { get; } = [];

    /// <summary>Outputs for which nothing can be made, with the code.</summary>
    public Dictionary<OutputId, string> Broken { get; } = [];

    /// <summary>How long every part lasts.</summary>
    public int PartMs { get; set; } = 10_000;

    /// <summary>Done once, when the next file is asked for: what somebody else does while a plan is being made.</summary>
    public Func<Task>? Meanwhile { get; set; }

    /// <summary>Counts calls that had to make something.</summary>
    public int Made { get; private set; }

    /// <summary>Bytes of title, to make a plan too large.</summary>
    public void Release(long id, int version = 1, string[]? languages = null, RenditionKind[]? kinds = null, DateTimeOffset? until = null, string? title = null, string province = "", string theme = "")
    {
        var item = new ItemVersion(
            new ItemId(id), version, title ?? $"Tin mẫu {id}", theme, BulletinClass.Normal, clock.GetUtcNow().AddDays(-1), until ?? clock.GetUtcNow().AddDays(365), ItemState.Approved, [7], province,
            [.. (languages ?? ["vi", "zh-Hans"]).SelectMany(l => (kinds ?? [RenditionKind.Text]).Select(k => new RenditionView(l, k, "Nội dung mẫu", null, 10_000, false)))], clock.GetUtcNow());
        Released.RemoveAll(r => r.Item.Id == item.Id);
        Released.Add(new(item, "hung", clock.GetUtcNow()));
    }

    public void Withdraw(long id)
    {
        Drafts.AddRange(Released.Select(r => r.Item).Where(i => i.Id == new ItemId(id)).Select(i => i with { State = ItemState.Withdrawn }));
        Released.RemoveAll(r => r.Item.Id == new ItemId(id));
    }

    public Task<IReadOnlyList<ItemVersion>> Newest(CancellationToken stop) => Task.FromResult<IReadOnlyList<ItemVersion>>([.. Released.Select(r => r.Item), .. Drafts]);

    public Task<ItemVersion?> Version(ItemId id, int version, CancellationToken stop) => Task.FromResult(Released.Select(r => r.Item).FirstOrDefault(i => i.Id == id && i.Version == version));

    public Task<IReadOnlyList<ItemVersion>> Versions(ItemId id, CancellationToken stop) => Task.FromResult<IReadOnlyList<ItemVersion>>([.. Released.Select(r => r.Item).Where(i => i.Id == id)]);

    public Task SetState(BorderInfoDb db, ItemId id, int version, ItemState state, CancellationToken stop) => throw new NotSupportedException("Scheduling doesn't change items");

    public Task<ReleasedItem?> Of(ItemId id, CancellationToken stop) => Task.FromResult(Released.FirstOrDefault(r => r.Item.Id == id));

    Task<IReadOnlyList<ReleasedItem>> IReleasedItems.All(CancellationToken stop) => Task.FromResult<IReadOnlyList<ReleasedItem>>([.. Released.Where(r => r.Item.ValidUntil > clock.GetUtcNow())]);

    public IReadOnlyList<string> Missing(ItemVersion item, ClusterOutput output) =>
        output.Lacking(Has(item, output));

    private static HashSet<string> Has(ItemVersion item, ClusterOutput output) => [.. item.Renditions.Where(r => r.Kind == RenditionKind.Audio == (output.Kind == OutputKind.Speaker)).Select(r => r.Language)];

    public async Task<Outcome<ReadyParts>> For(ItemVersion item, IReadOnlyList<ClusterOutput> outputs, CancellationToken stop)
    {
        Made++;
        (var deed, Meanwhile) = (Meanwhile, null);
        if (deed is not null)
            await deed();
        if (outputs.FirstOrDefault(o => Broken.ContainsKey(o.Id)) is { } broken)
            return new Refusal(Broken[broken.Id], broken.Name, "vi");
        var parts = new List<PlanPart>();
        var files = new List<PlanFile>();
        foreach (var output in outputs)
        {
            foreach (var language in output.Shown(Has(item, output)))
            {
                var hash = MediaHash.Of(System.Text.Encoding.UTF8.GetBytes($"{item.Id}/{item.Version}/{output.WidthPx}/{language}"));
                parts.Add(new() { Output = output.Id, Language = language, Kind = output.Kind == OutputKind.Speaker ? PartKind.Speech : PartKind.Still, File = hash, DurationMs = PartMs });
                files.Add(new(hash, 1000, output.Kind == OutputKind.Speaker ? "audio/mp4" : "image/png"));
            }
        }

        return new ReadyParts(parts, files);
    }
}
