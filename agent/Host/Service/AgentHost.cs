using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using BorderInfo.Agent.Enrol;
using BorderInfo.Agent.Health;
using BorderInfo.Agent.Link;
using BorderInfo.Agent.Loops;
using BorderInfo.Agent.Play;
using BorderInfo.Agent.Proof;
using BorderInfo.Agent.Settings;
using BorderInfo.Agent.Store;
using BorderInfo.Agent.Time;
using BorderInfo.Contract.Messages;
using BorderInfo.Mqtt;

namespace BorderInfo.Agent.Service;

/// <summary>What a test may put in the place of the world.</summary>
public sealed record AgentWorld
{
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Null = mpv.</summary>
    public Func<IPlayerMaker>? Players { get; init; }

    /// <summary>False only where TLS is not the point of a test.</summary>
    public bool BrokerTls { get; init; } = true;

    public TimeSpan WillDelay { get; init; } = TimeSpan.FromSeconds(30);
}

/// <summary>All parts of one running agent, put together in one place, and their loops.</summary>
public sealed partial class AgentHost : IAsyncDisposable
{
    private readonly AgentSettings settings;
    private readonly DurableQueue queue;
    private readonly Reserve reserve;
    private readonly AgentDatabase database;
    private readonly ServerDoor door;
    private readonly ShelfCheck check;
    private readonly PlayJournal plays;
    private readonly SiteEvents events;
    private readonly TimeProvider time;
    private readonly SystemdNotice systemd = new();
    private readonly ILogger log;

    /// <exception cref="PlainTrouble">Settings, identity or database cannot be used.</exception>
    public AgentHost(DataFolder folder, AgentSettings settings, AgentWorld world, ILoggerFactory logs)
    {
        (this.settings, time) = (settings, world.Time);
        log = logs.CreateLogger("BorderInfo.Agent");
        var identity = SiteIdentity.Load(folder);
        var keepFree = settings.KeepFreeMb * 1024L * 1024;
        reserve = new Reserve(folder, settings.ReserveMb * 1024L * 1024);
        reserve.Take();
        database = new AgentDatabase(folder, reserve, log);
        var highWater = new HighWater(folder);
        Clock = new SiteClock(time, highWater);
        Journal = new Journal(database, highWater);
        Inbox = new Inbox(database, Journal, highWater);
        Shelf = new Shelf(folder, keepFree);
        queue = new DurableQueue(time, logs.CreateLogger<DurableQueue>());
        events = new SiteEvents(Journal, queue, Clock);
        plays = new PlayJournal(Journal, queue, Clock);
        check = new ShelfCheck(Shelf, time, logs.CreateLogger<ShelfCheck>());
        var quarantine = new Quarantine();
        var refused = new RefusedCount();
        var players = world.Players?.Invoke() ?? new MpvPlayerMaker(PlayersOf(folder, settings), folder.Shelf, time, logs.CreateLogger<MpvPlayer>());
        Air = new AirLoop(new AirTools(Clock, Shelf, check, quarantine, plays, events, players, logs.CreateLogger<AirLoop>()));
        var tls = new TlsTrust(Clock, identity.Certificate, identity.Authorities);
        door = new ServerDoor(identity.Server, tls, time, settings.SlowestKibPerSecond, logs.CreateLogger<ServerDoor>());
        Plans = new PlanLoop(identity, Inbox, Shelf, new Fetcher(door, Shelf, time), Air, events, Clock, refused, logs.CreateLogger<PlanLoop>());
        Screens = new Screens(Air, door, Clock);
        Orders = new Orders(identity, Clock, Air, Shelf, check, Screens, refused, logs.CreateLogger<Orders>());
        Health = new HealthWatch(
            new HealthParts(tls, Clock, Journal, database, queue, reserve, Air, Plans, quarantine, refused, events, keepFree), logs.CreateLogger<HealthWatch>());
        Link = new LinkLoop(
            new LinkParts(identity, Clock, Journal, Plans, Air, Orders, Screens, Health, refused),
            new LinkOptions(identity.Brokers, host => world.BrokerTls ? tls.For(host) : null, world.WillDelay, TimeSpan.FromSeconds(settings.HealthSeconds)),
            () => new ManagedMqttLink(),
            logs.CreateLogger<LinkLoop>(),
            logs.CreateLogger<Outbox>(),
            logs.CreateLogger<Downlink>());
        Renewal = new RenewLoop(folder, identity, Clock, tls, door, Link, logs.CreateLogger<RenewLoop>());
        queue.Written += Link.Plays.MoreToSend;
        queue.Written += Link.Events.MoreToSend;
        Supervisor = new Supervisor(time, logs.CreateLogger<Supervisor>());
        Log.Starting(log, AgentVersion.Text, identity.Site, Journal.Boot, Clock.Trust);
    }

    public SiteClock Clock { get; }

    public Journal Journal { get; }

    public Inbox Inbox { get; }

    public Shelf Shelf { get; }

    public AirLoop Air { get; }

    public PlanLoop Plans { get; }

    public Orders Orders { get; }

    public Screens Screens { get; }

    public HealthWatch Health { get; }

    public LinkLoop Link { get; }

    public RenewLoop Renewal { get; }

    public Supervisor Supervisor { get; }

    /// <summary>Runs until stopped; then what is open is closed and written down.</summary>
    public async Task Run(CancellationToken stop)
    {
        using var writing = new CancellationTokenSource();
        if (plays.Recover() is > 0 and var left)
            Log.Recovered(log, left);
        events.Tell(SiteEventKind.AgentStarted, detail: $"{AgentVersion.Text}, database {(database.WasSetAside ? "begun anew" : "kept")}");
        var writer = Supervisor.Keep("journal", queue.Run, writing.Token);
        var loops = Task.WhenAll(
            Supervisor.Keep("air", Air.Run, stop),
            Supervisor.Keep("plan", Plans.Run, stop),
            Supervisor.Keep("shelf", check.Run, stop),
            Supervisor.Keep("link", Link.Run, stop),
            Supervisor.Keep(Link.Plays.Name, Link.Plays.Run, stop),
            Supervisor.Keep(Link.Events.Name, Link.Events.Run, stop),
            Supervisor.Keep("orders", Orders.Run, stop),
            Supervisor.Keep("screens", Screens.Run, stop),
            Supervisor.Keep("health", Health.Run, stop),
            Supervisor.Keep("renewal", Renewal.Run, stop),
            Supervisor.Keep("beat", Beat, stop),
            Supervisor.Keep("housekeeping", Housekeeping, stop));
        systemd.Say("READY=1");
        await loops;
        systemd.Say("STOPPING=1");
        await Air.DisposeAsync();
        plays.CloseAll();
        await writing.CancelAsync();
        await writer;
        queue.Drain();
        Log.Stopped(log, Journal.Unacknowledged);
    }

    public async ValueTask DisposeAsync()
    {
        await Air.DisposeAsync();
        Screens.Dispose();
        door.Dispose();
        database.Dispose();
    }

    private async Task Beat(Action good, CancellationToken stop)
    {
        while (true)
        {
            plays.Beat();
            good();
            if (systemd.PingEvery is not null && Supervisor.SinceGood.All(l => l.Value < TimeSpan.FromMinutes(2)))
                systemd.Say("WATCHDOG=1");
            await Task.Delay(time.UntilNext(PlayJournal.BeatEvery), time, stop);
        }
    }

    private async Task Housekeeping(Action good, CancellationToken stop)
    {
        for (var turn = 0; ; turn++)
        {
            try
            {
                Clock.Keep();
                if (turn % 120 == 0)
                    Journal.Prune(Clock.Now.AddDays(-settings.KeepAcknowledgedDays));
                reserve.Take();
                // Half a minute after the start, when all that plays has been used once, and every hour.
                if (turn % 120 == 1)
                    StartPages.GiveBack();
            }
            catch (StoreFault e)
            {
                Log.HousekeepingFailed(log, e.Message);
            }

            good();
            await Task.Delay(TimeSpan.FromSeconds(30), time, stop);
        }
    }

    private static PlaySettings PlayersOf(DataFolder folder, AgentSettings settings) => new()
    {
        MpvPath = settings.Mpv,
        FfmpegPath = settings.Ffmpeg,
        VideoOutput = settings.Vo,
        RunFolder = settings.RunFolder.Length > 0 ? settings.RunFolder : RunFolderOf(folder),
        Displays = Numbered(settings.Screens),
        AudioDevices = Numbered(settings.Audio),
        ScreenSound = Numbered(settings.ScreenSound),
        Environment = settings.Environment,
    };

    /// <summary>Two agents on one machine must not end each other's players.</summary>
    private static string RunFolderOf(DataFolder folder)
    {
        var name = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(folder.Root)))[..8];
        try
        {
            Directory.CreateDirectory("/run/borderinfo");
            return $"/run/borderinfo/{name}";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Path.Combine(Path.GetTempPath(), $"borderinfo-{name}");
        }
    }

    private static Dictionary<int, string> Numbered(Dictionary<string, string> named) =>
        named.ToDictionary(n => int.Parse(n.Key, CultureInfo.InvariantCulture), n => n.Value);

    private static partial class Log
    {
        [LoggerMessage(4701, LogLevel.Information, "borderinfo-agent {Version} for {Site}, boot {Boot}, clock {Trust}")]
        public static partial void Starting(ILogger log, string version, Contract.SiteId site, long boot, ClockTrust trust);

        [LoggerMessage(4702, LogLevel.Warning, "{Count} plays were open when the agent ended without a farewell; they are closed as broken")]
        public static partial void Recovered(ILogger log, int count);

        [LoggerMessage(4703, LogLevel.Information, "Stopped, {Waiting} rows wait for the server")]
        public static partial void Stopped(ILogger log, int waiting);

        [LoggerMessage(4704, LogLevel.Warning, "Housekeeping is put off: {Why}")]
        public static partial void HousekeepingFailed(ILogger log, string why);
    }
}
