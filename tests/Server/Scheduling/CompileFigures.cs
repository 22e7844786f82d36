using System.Diagnostics;
using BorderInfo.Contract;
using BorderInfo.Contract.Calendars;
using BorderInfo.Contract.Plans;
using BorderInfo.Server.Approval.Public;
using BorderInfo.Server.Content.Public;
using BorderInfo.Server.Fleet.Public;
using BorderInfo.Server.Geo.Public;
using BorderInfo.Server.Identity.Public;
using BorderInfo.Server.Platform.Database;
using BorderInfo.Server.Publishing;
using BorderInfo.Server.Scheduling;
using BorderInfo.Server.Scheduling.Offers;
using BorderInfo.Server.Scheduling.Public;
using BorderInfo.Tests.Server.Support;
using Xunit.Abstractions;

namespace BorderInfo.Tests.Server.Scheduling;

/// <summary>
/// Plans of a whole country: 10,000 sites, 2,000 schedules, 1,500 items. The register, the schedules, the items and their prepared parts stand in memory;
/// everything from there to the unsigned plan is the server's own. Lines begin with <c>figure</c>.
/// </summary>
public sealed class CompileFigures(ITestOutputHelper output)
{
    [BenchFact]
    public async Task A_country()
    {
        var country = new BigCountry(sites: 10_000, schedules: 2_000, items: 1_500);
        (await country.Compiler().CompileMany([.. country.Sites.Take(200)], PlanWish.AsPublished, default)).Is(out _, out _);
        var took = new List<double>();
        var worked = new List<double>();
        IReadOnlyList<CompiledPlan> plans = [];
        for (var i = 0; i < 5; i++)
        {
            plans = [];
            GC.Collect();
            var (began, cpu) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
            plans = (await country.Compiler().CompileMany(country.Sites, PlanWish.AsPublished, default)).Value;
            took.Add(Stopwatch.GetElapsedTime(began).TotalSeconds);
            worked.Add((Environment.CpuUsage.TotalTime - cpu).TotalSeconds);
        }

        took.Sort();
        worked.Sort();
        var bytes = plans.Where((_, i) => i % 100 == 0).Average(p => PlanBytes.Json(p.Draft).Length);
        output.WriteLine($"figure compile {plans.Count} sites, {country.Stands.Count} schedules, {Environment.ProcessorCount} processors: median {took[2]:0.00} s, worst of 5 {took[4]:0.00} s; processor time {worked[2]:0.00} s");
        output.WriteLine($"figure compile a plan: {plans.Average(p => p.Draft.Entries.Count):0.0} entries (most {plans.Max(p => p.Draft.Entries.Count)}), {plans.Average(p => p.Draft.Items.Count):0.0} items, {plans.Average(p => p.Draft.Items.Sum(i => i.Parts.Count)):0} parts, {bytes / 1000:0.0} kB as JSON; {plans.Count(p => PlanRules.Check(SendPlan.Numbered(p.Draft, 1, 1, country.Now)) is null)} of {plans.Count} sound");
    }

    [BenchFact]
    public async Task One_changed_schedule()
    {
        var country = new BigCountry(sites: 10_000, schedules: 2_000, items: 1_500);
        await Changed(country, TargetWidth.Commune, "warm");
        foreach (var width in new[] { TargetWidth.Cluster, TargetWidth.Commune, TargetWidth.Sector, TargetWidth.Province })
            output.WriteLine($"figure compile after one changed schedule, by {width}: {await Changed(country, width, "again")}");
    }

    /// <summary>As one press of “Phát hành” does: which sites, then their plans with the changed revision.</summary>
    private static async Task<string> Changed(BigCountry country, TargetWidth width, string name)
    {
        var took = new List<double>();
        var worked = TimeSpan.Zero;
        var sites = 0;
        foreach (var stand in country.Stands.Where(s => s.Newest.Targets is [var only] && only.Width == width).Take(20).ToArray())
        {
            country.Change(stand, stand.Newest with { Name = name, Items = [.. stand.Newest.Items.Reverse()] });
            var (began, cpu) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
            var compiler = country.Compiler();
            var touched = await compiler.SitesOf(stand.Id, default);
            var plans = (await compiler.CompileMany(touched, new([stand.Id], []), default)).Value;
            took.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            worked += Environment.CpuUsage.TotalTime - cpu;
            sites = Math.Max(sites, plans.Count);
            Assert.All(plans, p => Assert.Contains(p.Draft.Entries, e => ScheduleView.IdOfEntry(e.Id) == stand.Id));
        }

        took.Sort();
        return $"{took.Count} schedules, up to {sites} of {country.Sites.Count} sites: median {took[took.Count / 2]:0.0} ms, worst {took[^1]:0.0} ms, processor time {worked.TotalMilliseconds / took.Count:0.0} ms";
    }
}

/// <summary>25 provinces of 40 communes and 4 border sectors; sites with a screen, an LED wall and a loudspeaker; most schedules for a commune, some for a province, a sector, a class of gate, a tag or everybody.</summary>
internal sealed class BigCountry : ISchedules, IStops, INoise, IPriorityDecisions, IClusters, IReleasedItems, IItems, IParts, IHolidays
{
    private const int Provinces = 25;
    private const int CommunesEach = 40;

    private readonly Dictionary<long, int> places = [];
    private readonly Dictionary<SiteId, Cluster> bySite;
    private readonly IReadOnlyList<ReleasedItem> released;
    private readonly Dictionary<(ItemId, int, string), ReadyParts> made = [];

    public BigCountry(int sites, int schedules, int items)
    {
        All = [.. Enumerable.Range(0, sites).Select(ClusterOf)];
        Sites = [.. All.Select(c => c.Site!.Value)];
        bySite = All.ToDictionary(c => c.Site!.Value);
        released = [.. Enumerable.Range(1, items).Select(ItemOf)];
        Stands = [.. Enumerable.Range(1, schedules).Select(n => StandOf(n, items))];
        foreach (var stand in Stands)
            places[stand.Id] = places.Count;
    }

    public DateTimeOffset Now { get; } = new FakeClock().GetUtcNow();

    public IReadOnlyList<Cluster> All { get; }

    public IReadOnlyList<SiteId> Sites { get; }

    public List<ScheduleStand> Stands { get; }

    /// <summary>As for a new request.</summary>
    public IPlanCompiler Compiler() => new CompilePlans(this, this, this, this, this, this, this, this, this, new FakeClock());

    public void Change(ScheduleStand stand, ScheduleView newest) => Stands[places[stand.Id]] = stand with { Newest = newest, Revision = stand.Revision + 1 };

    private static Cluster ClusterOf(int n)
    {
        var (province, commune) = (n % Provinces, n / Provinces % CommunesEach);
        return new(
            n + 1, $"Cụm mẫu {n + 1}", "gate", Province(province), Commune(province, commune), $"P{province}-S{commune % 4}", null, n % 10 == 0 ? (GateClass)(n / 10 % 4) : null, 21, 106,
            n % 7 == 0 ? ["chợ"] : [], new SiteId($"LS-{n + 1:0000}"),
            [
                new(new("MH-1"), "Màn hình", OutputKind.Screen, 1, 0, 0, 1920, 1080, n % 2 == 0 ? ["vi", "zh-Hans"] : ["vi", "en"], 0, []),
                new(new("LED-1"), "Bảng LED", OutputKind.LedRegion, 2, 0, 0, n % 3 == 0 ? 640 : 320, n % 3 == 0 ? 320 : 160, ["vi"], 0, []),
                new(new("LOA-1"), "Loa", OutputKind.Speaker, 1, 0, 0, 0, 0, ["vi"], 80, [new(new(21, 0), new(5, 0))]),
            ],
            ["vi"]);
    }

    private ReleasedItem ItemOf(int n) => new(
        new(
            new ItemId(n), 1, $"Tin mẫu số {n} về thủ tục tại cửa khẩu", "law", BulletinClass.Normal, Now.AddDays(-1), Now.AddDays(300), ItemState.Approved, [7], n % 50 == 0 ? Province(n % Provinces) : "",
            [.. new[] { "vi", "zh-Hans", "en" }.Select(l => new RenditionView(l, RenditionKind.Text, "Nội dung mẫu", null, 10_000, false)), .. n % 3 == 0 ? [new RenditionView("vi", RenditionKind.Audio, null, null, 20_000, false)] : Array.Empty<RenditionView>()],
            Now),
        "duyet", Now.AddDays(-1));

    private ScheduleStand StandOf(int n, int items)
    {
        var view = new ScheduleView(
            n, $"Lịch mẫu {n}", (Tier)(2 + (n % 3)), 100 + (n % 9 * 100), [.. Enumerable.Range(0, 1 + (n % 4)).Select(i => new ItemId(1 + (((n * 7) + (i * 13)) % items)))], TargetsOf(n), new(2026, 11, 1), n % 2 == 0 ? new(2027, 3, 31) : null,
            n % 5 == 0 ? Weekdays.Monday | Weekdays.Friday : Weekdays.All, [new(new(6 + (n % 6), 0), new(18, 0)), new(new(19, 0), new(21, 0))], n % 4 == 0 ? 60 : null, true, Now);
        return new(view, view, ScheduleStanding.Published, AreaScope.All, 1, Now, 7) { PublishedArea = AreaScope.All };
    }

    private static Target[] TargetsOf(int n) => (n % 40) switch
    {
        0 when n % 200 == 0 => [.. Enumerable.Range(0, Provinces).Select(p => new Target(TargetWidth.Province, Province(p)))],
        1 when n % 80 == 1 => [new(TargetWidth.Tag, "chợ")],
        2 => [new(TargetWidth.GateClass, ((GateClass)(n / 40 % 4)).ToString())],
        < 9 => [new(TargetWidth.Province, Province(n % Provinces))],
        < 13 => [new(TargetWidth.Sector, $"P{n % Provinces}-S{n / 7 % 4}")],
        < 17 => [new(TargetWidth.Cluster, (1 + (n * 5)).ToString(System.Globalization.CultureInfo.InvariantCulture))],
        < 19 => [new(TargetWidth.Device, $"{1 + (n * 3)}/LED-1")],
        _ => [new(TargetWidth.Commune, Commune(n % Provinces, n / Provinces % CommunesEach))],
    };

    private static string Province(int n) => $"{n + 10:00}";

    private static string Commune(int province, int n) => $"{province + 10:00}{n:000}";

    Task<IReadOnlyList<ScheduleStand>> ISchedules.All(CancellationToken stop) => Task.FromResult<IReadOnlyList<ScheduleStand>>(Stands);

    Task<ScheduleStand?> ISchedules.Of(long id, CancellationToken stop) => Task.FromResult<ScheduleStand?>(Stands[places[id]]);

    Task<bool> ISchedules.MarkPublished(BorderInfoDb db, long id, int revision, AreaScope area, DateTimeOffset since, CancellationToken stop) => throw new NotSupportedException();

    Task ISchedules.MarkStopped(BorderInfoDb db, long id, CancellationToken stop) => throw new NotSupportedException();

    Task<IReadOnlyList<ThemeStop>> IStops.All(CancellationToken stop) => Task.FromResult<IReadOnlyList<ThemeStop>>([]);

    Task<IReadOnlyList<ThemeStop>> IStops.Counting(DateTimeOffset now, CancellationToken stop) => Task.FromResult<IReadOnlyList<ThemeStop>>([]);

    Task<HolidayTable> IHolidays.Table(CancellationToken stop) => Task.FromResult(HolidayTable.Empty);

    Task<IReadOnlyList<PriorityDecision>> IPriorityDecisions.Counting(CancellationToken stop) => Task.FromResult<IReadOnlyList<PriorityDecision>>([]);

    Task<Holiday?> IHolidays.Entry(string id, CancellationToken stop) => Task.FromResult<Holiday?>(null);

    Task<NoiseBook> INoise.Book(CancellationToken stop) => Task.FromResult(NoiseBook.None);

    Cluster? IClusters.ById(long id) => All[(int)id - 1];

    Cluster? IClusters.BySite(SiteId site) => bySite.GetValueOrDefault(site);

    IReadOnlyList<Cluster> IClusters.Within(AreaScope scope) => [.. All.Where(c => c.Within(scope))];

    Task<ReleasedItem?> IReleasedItems.Of(ItemId id, CancellationToken stop) => Task.FromResult(released.FirstOrDefault(r => r.Item.Id == id));

    Task<IReadOnlyList<ReleasedItem>> IReleasedItems.All(CancellationToken stop) => Task.FromResult(released);

    Task<IReadOnlyList<ItemVersion>> IItems.Newest(CancellationToken stop) => Task.FromResult<IReadOnlyList<ItemVersion>>([.. released.Select(r => r.Item)]);

    Task<ItemVersion?> IItems.Version(ItemId id, int version, CancellationToken stop) => throw new NotSupportedException();

    Task<IReadOnlyList<ItemVersion>> IItems.Versions(ItemId id, CancellationToken stop) => throw new NotSupportedException();

    Task IItems.SetState(BorderInfoDb db, ItemId id, int version, ItemState state, CancellationToken stop) => throw new NotSupportedException();

    IReadOnlyList<string> IParts.Missing(ItemVersion item, ClusterOutput output) =>
        [.. output.Languages.Except(item.Renditions.Where(r => r.Kind == RenditionKind.Audio == (output.Kind == OutputKind.Speaker)).Select(r => r.Language))];

    /// <summary>A page for each language of a screen, two for the first, one spoken text for a loudspeaker.</summary>
    Task<Outcome<ReadyParts>> IParts.For(ItemVersion item, IReadOnlyList<ClusterOutput> outputs, CancellationToken stop)
    {
        var o = outputs[0];
        var key = (item.Id, o.WidthPx, string.Join(' ', o.Languages));
        if (!made.TryGetValue(key, out var ready))
        {
            var ear = o.Kind == OutputKind.Speaker;
            var parts = o.Languages.SelectMany((l, n) => Enumerable.Range(1, ear || n > 0 ? 1 : 2).Select(page => new PlanPart
            {
                Output = o.Id, Language = l, Page = page, Kind = ear ? PartKind.Speech : PartKind.Still, DurationMs = 10_000,
                File = MediaHash.Of(System.Text.Encoding.UTF8.GetBytes($"{item.Id}/{o.WidthPx}/{l}/{page}")),
            })).ToArray();
            made[key] = ready = new(parts, [.. parts.Select(p => new PlanFile(p.File, 60_000, ear ? "audio/mp4" : "image/png"))]);
        }

        return Task.FromResult<Outcome<ReadyParts>>(ready);
    }
}
