using System.Security.Cryptography;
using System.Text.Json;
using BorderInfo.Agent.Enrol;
using BorderInfo.Agent.Service;
using BorderInfo.Agent.Settings;
using BorderInfo.Contract;
using BorderInfo.Contract.Messages;
using BorderInfo.Contract.Plans;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace BorderInfo.Tests.Agent.Support;

/// <summary>A whole agent with simulated players on a real data folder, enrolled with the test's authority; may be stopped, killed and started again.</summary>
public sealed class AgentRig : IAsyncDisposable
{
    private readonly TestFolder folder = new();
    private readonly ECDsa siteKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private CancellationTokenSource? stop;
    private Task running = Task.CompletedTask;

    public AgentRig(TimeProvider? time = null, int? brokerPort = null, bool brokerTls = false, Authority? authority = null)
    {
        Time = time ?? TimeProvider.System;
        Authority = authority ?? new Authority();
        Plans = new SamplePlan(Time.GetUtcNow());
        Server = new MediaServer(Authority);
        Players = new SimulatedPlayers(Time);
        BrokerTls = brokerTls;
        Identify(brokerPort ?? Mosquitto.FreePort());
    }

    public TimeProvider Time { get; set; }

    public FakeClock Clock => (FakeClock)Time;

    public Authority Authority { get; }

    public SamplePlan Plans { get; }

    public MediaServer Server { get; }

    public SimulatedPlayers Players { get; private set; }

    public DataFolder Folder => folder.Data;

    public bool BrokerTls { get; }

    public AgentSettings Settings { get; } = new() { HealthSeconds = 5, ReserveMb = 0, KeepFreeMb = 0 };

    public AgentHost Agent { get; private set; } = null!;

    public SimulatedPlayer Screen => Players["LCD-1"];

    public IReadOnlyList<SiteEvent> Events => Agent.Journal.Events(0, 10_000);

    public IReadOnlyList<PlayRecord> Plays => Agent.Journal.Plays(0, 100_000);

    /// <param name="from">Life of the certificate; null = the authority's.</param>
    public void Identify(int brokerPort, DateTimeOffset? from = null, DateTimeOffset? until = null)
    {
        var file = new SiteIdentityFile
        {
            Site = SamplePlan.Site,
            Server = Server.Address.ToString(),
            CertificatePem = Authority.Issue("CN=LS-0001", siteKey, from, until).ExportCertificatePem(),
            AuthorityPem = Authority.Certificate.ExportCertificatePem(),
            PlanKeys = [Plans.Trusted],
            Brokers = [new BrokerAddress("127.0.0.1", brokerPort)],
        };
        File.WriteAllText(Folder.Key, siteKey.ExportPkcs8PrivateKeyPem());
        File.WriteAllBytes(Folder.Identity, JsonSerializer.SerializeToUtf8Bytes(file, AgentJson.Default.SiteIdentityFile));
    }

    public void Start(Action<SimulatedPlayer>? players = null)
    {
        Players = new SimulatedPlayers(Time) { Prepare = players };
        var made = Players;
        ILoggerFactory logs = Environment.GetEnvironmentVariable("BI_TEST_LOG") is null ? NullLoggerFactory.Instance : LoggerFactory.Create(b => b.AddConsole());
        Agent = new AgentHost(Folder, Settings, new AgentWorld { Time = Time, Players = () => made, BrokerTls = BrokerTls, WillDelay = TimeSpan.FromSeconds(1) }, logs);
        stop = new CancellationTokenSource();
        running = Agent.Run(stop.Token);
    }

    public async Task Stop()
    {
        if (stop is null)
            return;
        await stop.CancelAsync();
        await running;
        await Agent.DisposeAsync();
        stop = null;
    }

    /// <summary>Puts the plan's files where the agent would have put them.</summary>
    public void Shelve(PlayPlan plan)
    {
        foreach (var file in plan.Files)
        {
            var path = Path.Combine(Folder.Shelf, file.Hash.Value[..2], file.Hash.Value);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllBytes(path, Plans.BytesOf(file));
        }
    }

    /// <summary>Puts the plan's files on the server.</summary>
    public void Upload(PlayPlan plan)
    {
        foreach (var file in plan.Files)
            Server.Put(Plans.BytesOf(file));
    }

    /// <summary>With all files on the shelf, on air when it returns.</summary>
    public async Task OnAir(PlayPlan plan)
    {
        Shelve(plan);
        Agent.Plans.Offer(Plans.Sealed(plan));
        await Eventually.True(() => Agent.Air.Plan?.Number == plan.Number, $"{plan.Number} on air");
    }

    /// <summary>The screen's last showing is of this item.</summary>
    public Task Shows(long item) => Eventually.True(() => IsShowing(item), $"T-{item} on the screen");

    public bool IsShowing(long item) => Players.Has("LCD-1") && Screen.Now?.Key.Split('|') is { Length: > 1 } words && words[1] == $"T-{item}";

    public Task SafeScreen() => Eventually.True(() => Players.Has("LCD-1") && Screen.Now?.Key == "safe", "the safe screen");

    public async ValueTask DisposeAsync()
    {
        await Stop();
        await Server.DisposeAsync();
        Plans.Dispose();
        siteKey.Dispose();
        Authority.Dispose();
        folder.Dispose();
    }
}
