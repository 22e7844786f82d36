using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using BorderInfo.Contract;
using BorderInfo.Contract.Health;
using BorderInfo.Contract.Messages;
using BorderInfo.Mqtt;
using BorderInfo.Server.Fleet;
using BorderInfo.Server.Fleet.Public;
using BorderInfo.Server.Fleet.Watch;
using BorderInfo.Server.Identity;
using BorderInfo.Server.Identity.Public;
using BorderInfo.Server.Messaging;
using BorderInfo.Server.Messaging.Public;
using BorderInfo.Server.Platform.Database;
using BorderInfo.Server.Platform.News;
using BorderInfo.Server.Platform.Pages;
using BorderInfo.Tests.Server.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace BorderInfo.Tests.Server.Fleet;

/// <summary>The whole server with the sample clusters; uplinks come in by the inbox, downlinks and news are written down.</summary>
public sealed class FleetUnderTest : IAsyncDisposable
{
    public static readonly SiteId LangSon = SiteId.Parse("LS-0001");
    public static readonly SiteId GiaLai = SiteId.Parse("GL-0001");

    private readonly ServerUnderTest server = new();
    private readonly WebApplicationFactory<Program> host;
    private int users;

    private FleetUnderTest() => host = server.WithWebHostBuilder(web => web.ConfigureTestServices(services =>
    {
        services.RemoveAll<IDownlink>();
        services.AddSingleton<IDownlink>(Sent);
        services.AddSingleton<IHear<SiteWasBorn>>(News);
        services.AddSingleton<IHear<SiteEventHeard>>(News);
        services.AddSingleton<IHear<SiteEnrolled>>(News);
        services.AddSingleton<IHear<ClusterChanged>>(News);
        services.AddSingleton<IStartupFilter>(new CertificateFromHeader());
        // Plans are those that a test says were sent.
        services.Remove(services.Single(d => d.ImplementationType == typeof(BorderInfo.Server.Publishing.PlanWorker)));
    }));

    public RecordedDownlink Sent { get; } = new();

    public RecordedNews News { get; } = new();

    public FakeClock Clock => server.Clock;

    public string Folder => server.Folder;

    public IServiceProvider Services => host.Services;

    public ISiteStandings Standings => Services.GetRequiredService<ISiteStandings>();

    public IClusters Clusters => Services.GetRequiredService<IClusters>();

    public static async Task<FleetUnderTest> Start()
    {
        var fleet = new FleetUnderTest();
        await SampleFleet.Ensure(fleet.Services);
        fleet.News.Told.Clear();
        return fleet;
    }

    public HttpClient Anonymous() => host.CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false });

    /// <summary>A browser with the session of a user who has the roles and the areas (<c>all</c>, <c>p:20</c> …).</summary>
    public async Task<HttpClient> Browser(string role, string area = "all")
    {
        using var scope = Services.CreateScope();
        var db = scope.ServiceProvider.GetRequiredService<BorderInfoDb>();
        var user = new User { UserName = $"u{++users}", DisplayName = $"Người dùng thử {users}", CreatedAt = Clock.GetUtcNow() };
        user.Roles.Add(new UserRole { Role = role });
        user.Areas.Add(new UserArea { Area = area });
        db.Add(user);
        await db.SaveChangesAsync();
        var secret = await scope.ServiceProvider.GetRequiredService<Sessions>().Open(user.Id, "", "", byLink: false, needsCode: false, CancellationToken.None);
        var browser = Anonymous();
        browser.DefaultRequestHeaders.Add("Cookie", $"bi-session={secret}");
        browser.DefaultRequestHeaders.Add("X-BorderInfo", "1");
        return browser;
    }

    public Task<HttpClient> Administrator() => Browser(Roles.Administrator);

    public async Task<string> Code(SiteId site) => await SampleFleet.EnrolCode(Services, site);

    /// <param name="address">Where the call seems to come from.</param>
    public async Task<HttpResponseMessage> Enrol(SiteId site, string code, string? csr = null, string? address = null)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        csr ??= new CertificateRequest("CN=anything", key, HashAlgorithmName.SHA256).CreateSigningRequestPem();
        var computer = Anonymous();
        if (address is not null)
            computer.DefaultRequestHeaders.Add("X-Test-Address", address);
        return await computer.PostAsync("/agent/v1/enrol", JsonContent.Create(new EnrolAsk(site, code, csr, "0.1.0"), ContractJson.Wire.EnrolAsk));
    }

    /// <summary>Enrols and gives the certificate.</summary>
    public async Task<string> Enrolled(SiteId site)
    {
        var answer = await Enrol(site, await Code(site));
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        return (await answer.Content.ReadFromJsonAsync(ContractJson.Wire.EnrolDone))!.CertificatePem;
    }

    public Task Hear<T>(SiteId site, string word, T message, JsonTypeInfo<T> type, bool retained = false) =>
        Hear(site, word, JsonSerializer.SerializeToUtf8Bytes(message, type), retained);

    public async Task Hear(SiteId site, string word, byte[] payload, bool retained = false) =>
        await Services.GetRequiredService<Inbox>().Take(new MqttMessage($"bi/v1/s/{site}/up/{word}", payload) { Retain = retained }, CancellationToken.None);

    public Task State(SiteId site, Presence presence, long boot, long birth, ClockTrust clock = ClockTrust.Confirmed) =>
        Hear(site, "state", new SiteState { State = presence, Boot = boot, Birth = birth, AgentVersion = "0.1.0", At = Clock.GetUtcNow(), Clock = clock }, ContractJson.Wire.SiteState);

    /// <summary>A report in which every output of the cluster is as planned, but for what the findings say.</summary>
    public Task Health(SiteId site, long boot, params Finding[] findings) => Hear(site, "health", new HealthReport
    {
        Boot = boot,
        Seq = Clock.GetUtcNow().UtcTicks,
        At = Clock.GetUtcNow(),
        Clock = ClockTrust.Confirmed,
        Outputs = [.. Clusters.BySite(site)!.Outputs.Select(o => new OutputHealth { Output = o.Id, PlayerAlive = true, AsPlanned = true, Shown = new ItemId(7), Language = "vi" })],
        Findings = findings,
    }, ContractJson.Wire.HealthReport);

    public Task Events(SiteId site, params long[] numbers) => Hear(site, "event", new EventBatch([.. numbers.Select(n => new SiteEvent
    {
        Seq = n, Boot = 1, At = Clock.GetUtcNow(), Kind = SiteEventKind.PlanOnAir, Plan = new PlanNumber(site, 2026, n),
    })]), ContractJson.Wire.EventBatch);

    public async Task Online(SiteId site)
    {
        await Enrolled(site);
        await State(site, Presence.Online, boot: 1, birth: 1);
        await Health(site, boot: 1);
    }

    /// <summary>A plan with this counter was sent now, as Publishing writes it down.</summary>
    public Task PlanSent(SiteId site, long counter) => WithDb(async db =>
    {
        db.Add(new BorderInfo.Server.Publishing.PublishRow { At = Clock.GetUtcNow() });
        await db.SaveChangesAsync();
        db.Add(new BorderInfo.Server.Publishing.PlanRow { PublishId = db.Set<BorderInfo.Server.Publishing.PublishRow>().Max(p => p.Id), Site = site.Value, Number = new PlanNumber(site, 2026, counter).Value, Epoch = 1, Counter = counter, SentAt = Clock.GetUtcNow(), ValidUntil = Clock.GetUtcNow().AddDays(45) });
        var last = await db.Set<BorderInfo.Server.Publishing.PlanCounter>().FindAsync(site.Value);
        if (last is null)
            db.Add(last = new() { Site = site.Value, Epoch = 1 });
        last.Counter = counter;
        return await db.SaveChangesAsync();
    });

    /// <summary>A report in which everything is as the plan with this counter says; null = it has none.</summary>
    public Task Plays(SiteId site, long? counter) => Hear(site, "health", new HealthReport
    {
        Boot = 1,
        Seq = Clock.GetUtcNow().UtcTicks,
        At = Clock.GetUtcNow(),
        Clock = ClockTrust.Confirmed,
        Plan = counter is { } n ? new PlanNumber(site, 2026, n) : null,
        Outputs = [.. Clusters.BySite(site)!.Outputs.Select(o => new OutputHealth { Output = o.Id, PlayerAlive = true, AsPlanned = true })],
        Findings = [],
    }, ContractJson.Wire.HealthReport);

    public async Task NoticeOldPlans()
    {
        using var scope = Services.CreateScope();
        await ActivatorUtilities.CreateInstance<NoticeOldPlans>(scope.ServiceProvider).Run(CancellationToken.None);
    }

    public Task Sweep() => Services.GetRequiredService<Sweep>().Run(CancellationToken.None);

    public async Task<T> WithDb<T>(Func<BorderInfoDb, Task<T>> work)
    {
        using var scope = Services.CreateScope();
        return await work(scope.ServiceProvider.GetRequiredService<BorderInfoDb>());
    }

    public static async Task<JsonElement> Json(HttpResponseMessage answer)
    {
        Assert.True(answer.IsSuccessStatusCode, $"{(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
        return JsonSerializer.Deserialize<JsonElement>(await answer.Content.ReadAsStringAsync());
    }

    public static JsonContent Body(object body) => JsonContent.Create(body, options: ApiJson.Options);

    public async ValueTask DisposeAsync()
    {
        await host.DisposeAsync();
        await server.DisposeAsync();
    }

    /// <summary>The test host has no TLS: a certificate in a header stands for that of the connection.</summary>
    private sealed class CertificateFromHeader : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Use((http, rest) =>
            {
                if (http.Request.Headers["X-Test-Certificate"].ToString() is { Length: > 0 } pem)
                    http.Connection.ClientCertificate = X509Certificate2.CreateFromPem(Uri.UnescapeDataString(pem));
                if (System.Net.IPAddress.TryParse(http.Request.Headers["X-Test-Address"], out var address))
                    http.Connection.RemoteIpAddress = address;
                return rest(http);
            });
            next(app);
        };
    }
}

/// <summary>Writes down what would go to the broker.</summary>
public sealed class RecordedDownlink : IDownlink
{
    public bool Connected { get; set; } = true;

    public List<(string Topic, byte[] Payload)> Messages { get; } = [];

    public void Enqueue(BorderInfoDb db, string topic, byte[] payload, bool retain, TimeSpan? expiry = null, string? about = null) => Messages.Add((topic, payload));

    public Task SendNow(string topic, byte[] payload, TimeSpan expiry, CancellationToken stop)
    {
        Messages.Add((topic, payload));
        return Task.CompletedTask;
    }

    public IReadOnlyList<StreamAck> Acks(SiteId site) =>
        [.. Messages.Where(m => m.Topic == Topics.Acks(site)).Select(m => JsonSerializer.Deserialize(m.Payload, ContractJson.Wire.StreamAck)!)];
}

/// <summary>A slice below that listens.</summary>
public sealed class RecordedNews : IHear<SiteWasBorn>, IHear<SiteEventHeard>, IHear<SiteEnrolled>, IHear<ClusterChanged>
{
    public List<object> Told { get; } = [];

    /// <summary>When set, the next listener fails, as a slice below with a bug would.</summary>
    public bool Fails { get; set; }

    public Task Hear(SiteWasBorn news, BorderInfoDb db, CancellationToken stop) => Keep(news);

    public Task Hear(SiteEventHeard news, BorderInfoDb db, CancellationToken stop) => Keep(news);

    public Task Hear(SiteEnrolled news, BorderInfoDb db, CancellationToken stop) => Keep(news);

    public Task Hear(ClusterChanged news, BorderInfoDb db, CancellationToken stop) => Keep(news);

    private Task Keep(object news)
    {
        if (Fails)
            throw new InvalidOperationException("a listener that fails");
        Told.Add(news);
        return Task.CompletedTask;
    }
}
