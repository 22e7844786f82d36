using System.Text.Json;
using BorderInfo.Agent.Enrol;
using BorderInfo.Agent.Health;
using BorderInfo.Agent.Loops;
using BorderInfo.Agent.Store;
using BorderInfo.Agent.Time;
using BorderInfo.Contract;
using BorderInfo.Contract.Messages;
using BorderInfo.Mqtt;
using Stream = BorderInfo.Contract.Messages.Stream;

namespace BorderInfo.Agent.Link;

/// <summary>The brokers to call, in order; TLS unless a test says otherwise.</summary>
/// <param name="WillDelay">How long the broker waits for us to come back before it tells that we are lost.</param>
public sealed record LinkOptions(
    IReadOnlyList<BrokerAddress> Brokers, Func<string, System.Net.Security.SslClientAuthenticationOptions?> TlsFor, TimeSpan WillDelay, TimeSpan HealthEvery);

/// <summary>What the link hands messages to.</summary>
public sealed record LinkParts(SiteIdentity Identity, SiteClock Clock, Journal Journal, PlanLoop Plans, AirLoop Air, Orders Orders, Screens Screens, HealthWatch Health, RefusedCount Refused);

/// <summary>
/// The only door to MQTT: birth and last will, plans, commands, pulses and acknowledgements in, health, answers and the two outboxes out. Offline is a normal state.
/// </summary>
public sealed partial class LinkLoop
{
    private readonly LinkParts parts;
    private readonly MqttSession session;
    private readonly Downlink downlink;
    private readonly ILogger<LinkLoop> log;
    private readonly TimeSpan healthEvery;
    private long birth;
    private long welcomes;
    private bool lost;

    public LinkLoop(LinkParts parts, LinkOptions options, Func<IMqttLink> newLink, ILogger<LinkLoop> log, ILogger<Outbox> outboxLog, ILogger<Downlink> downlinkLog)
    {
        (this.parts, healthEvery, this.log) = (parts, options.HealthEvery, log);
        session = new MqttSession(
            new MqttSessionOptions { Brokers = [.. options.Brokers.Select(b => (Func<MqttOptions>)(() => Call(b, options)))] }, newLink, parts.Clock.Time)
        {
            Connected = Welcome,
            Disconnected = why => Down(why?.Message ?? "closed by us"),
            AttemptFailed = (_, why) => Down(why.InnerException?.Message ?? why.Message),
        };
        Plays = new Outbox(Stream.Play, Site, parts.Journal, session.PublishAsync, parts.Clock.Time, outboxLog);
        Events = new Outbox(Stream.Event, Site, parts.Journal, session.PublishAsync, parts.Clock.Time, outboxLog);
        downlink = new Downlink(parts, Plays, Events, downlinkLog);
        session.OnMessage = downlink.Hear;
        parts.Orders.Reply = Reply;
    }

    public Outbox Plays { get; }

    public Outbox Events { get; }

    public bool IsUp => session.IsConnected;

    /// <summary>How often a broker has taken us in.</summary>
    public long Welcomes => Interlocked.Read(ref welcomes);

    /// <summary>Comes again, with the certificate of now.</summary>
    public Task Reconnect(CancellationToken stop) => session.ReconnectAsync(stop);

    private SiteId Site => parts.Identity.Site;

    public async Task Run(Action good, CancellationToken stop)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(stop);
        using var never = new CancellationTokenSource();
        var running = session.RunAsync(never.Token);
        try
        {
            await Health(good, running, over.Token);
        }
        finally
        {
            await Farewell();
            await never.CancelAsync();
            await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await running;
    }

    private MqttOptions Call(BrokerAddress broker, LinkOptions options)
    {
        var number = Interlocked.Increment(ref birth);
        return new MqttOptions
        {
            Host = broker.Host,
            Port = broker.Port,
            ClientId = Site.Value,
            CleanStart = false,
            SessionExpirySeconds = 24 * 3600,
            KeepAliveSeconds = 60,
            MaximumPacketSize = 256 * 1024,
            Tls = options.TlsFor(broker.Host),
            Will = State(Presence.Lost, number),
            WillDelaySeconds = (uint)options.WillDelay.TotalSeconds,
        };
    }

    private async Task Welcome(ConnectResult result, IMqttLink link, CancellationToken stop)
    {
        await link.SubscribeAsync([Topics.AllDownlinks(Site)], Qos.AtLeastOnce, stop);
        var number = Interlocked.Read(ref birth);
        parts.Clock.Born(parts.Journal.Boot, number);
        await link.PublishAsync(State(Presence.Online, number), stop);
        Plays.LinkUp();
        Events.LinkUp();
        parts.Screens.LinkIsUp = true;
        parts.Plans.LineIsUp();
        Interlocked.Increment(ref welcomes);
        Log.Up(log, Site, parts.Journal.Boot, number);
        lost = false;
    }

    private void Down(string why)
    {
        Plays.LinkDown();
        Events.LinkDown();
        parts.Screens.LinkIsUp = false;
        if (!lost)
            Log.Lost(log, Site, why);
        lost = true;
    }

    private async Task Health(Action good, Task running, CancellationToken stop)
    {
        while (true)
        {
            good();
            if (session.IsConnected)
                await SendHealth(stop);
            var over = await Task.WhenAny(running, Task.Delay(healthEvery, parts.Clock.Time, stop));
            if (over == running || stop.IsCancellationRequested)
                return;
        }
    }

    private async Task SendHealth(CancellationToken stop)
    {
        var report = parts.Health.Report();
        var payload = JsonSerializer.SerializeToUtf8Bytes(report, ContractJson.Wire.HealthReport);
        await Quietly(session.PublishAsync(
            new MqttMessage(Topics.Health(Site), payload) { Qos = Qos.AtMostOnce, ExpirySeconds = (uint)(healthEvery.TotalSeconds * 2), ContentType = "application/json" }, stop));
    }

    private Task Reply(Answer answer, CancellationToken stop) => Quietly(session.PublishAsync(
        new MqttMessage(Topics.Answers(Site), JsonSerializer.SerializeToUtf8Bytes(answer, ContractJson.Wire.Answer)) { Qos = Qos.AtLeastOnce, ContentType = "application/json" }, stop));

    private async Task Farewell()
    {
        if (!session.IsConnected)
            return;
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(2));
        await Quietly(session.PublishAsync(State(Presence.Stopped, Interlocked.Read(ref birth)), limit.Token));
    }

    private MqttMessage State(Presence presence, long number)
    {
        var (epoch, counter) = parts.Plans.OnAirVersion;
        var state = new SiteState
        {
            State = presence,
            Boot = parts.Journal.Boot,
            Birth = number,
            AgentVersion = Service.AgentVersion.Text,
            Plan = parts.Air.Plan?.Number,
            PlanEpoch = epoch,
            PlanCounter = counter,
            LastPlaySeq = parts.Journal.Last(Stream.Play),
            LastEventSeq = parts.Journal.Last(Stream.Event),
            At = parts.Clock.Now,
            Clock = parts.Clock.Trust,
        };
        return new MqttMessage(Topics.State(Site), JsonSerializer.SerializeToUtf8Bytes(state, ContractJson.Wire.SiteState))
        {
            Qos = Qos.AtLeastOnce,
            Retain = true,
            ContentType = "application/json",
        };
    }

    private static async Task Quietly(Task sent)
    {
        try
        {
            await sent;
        }
        catch (Exception e) when (e is MqttException or OperationCanceledException)
        {
            return;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(4431, LogLevel.Information, "{Site}: link up, boot {Boot} birth {Birth}")]
        public static partial void Up(ILogger log, SiteId site, long boot, long birth);

        [LoggerMessage(4432, LogLevel.Warning, "{Site}: link lost, playing goes on: {Why}")]
        public static partial void Lost(ILogger log, SiteId site, string why);
    }
}
