using System.Net.Security;
using System.Security.Cryptography;
using BorderInfo.Agent.Store;
using BorderInfo.Contract;
using BorderInfo.Contract.Messages;
using BorderInfo.Contract.Plans;
using Microsoft.Extensions.Logging.Abstractions;
using Stream = BorderInfo.Contract.Messages.Stream;

namespace BorderInfo.Tests.Agent.Link;

public sealed class LinkTests
{
    [Fact]
    public async Task Over_mutual_tls_the_agent_is_born_takes_a_plan_shows_it_and_its_events_arrive_in_order()
    {
        using var authority = new Authority();
        await using var broker = await new Mosquitto(authority).Start();
        await using var server = await new ServerSide().Connect(broker.Port, ServerTls(authority));
        await using var rig = new AgentRig(brokerPort: broker.Port, brokerTls: true, authority: authority);
        var plan = rig.Plans.Rotation(1, 60, 1);
        rig.Upload(plan);
        await server.Plan(rig.Plans.Sealed(plan));

        rig.Start();

        await rig.Shows(1);
        await Eventually.True(() => server.States.Any(s => s is { State: Presence.Online, Boot: 1, Birth: >= 1 }), "born");
        await Eventually.True(() => server.Events.SelectMany(b => b.Events).Any(e => e.Kind == SiteEventKind.PlanOnAir && e.Plan == plan.Number), "on air is told");
        await Eventually.True(() => server.Health.Any(h => h.Outputs is [{ AsPlanned: true, Shown.Value: "T-1" }]), "healthy");
        await rig.Stop();
        await Eventually.True(() => server.States.Last().State == Presence.Stopped, "farewell");
        var events = server.Events.SelectMany(b => b.Events).Select(e => e.Seq).ToArray();
        Assert.Equal(events.Order(), events);
    }

    [Fact]
    public async Task The_next_batch_goes_only_after_the_acknowledgement_and_everything_arrives_once_and_in_order()
    {
        await using var broker = await new Mosquitto().Start();
        await using var server = await new ServerSide { Acknowledges = false }.Connect(broker.Port);
        await using var rig = new AgentRig(brokerPort: broker.Port);
        WritePlaysBeforeTheStart(rig, 250);
        rig.Start();

        await Eventually.True(() => server.Plays.Count == 1, "the first batch");
        Assert.Equal(Enumerable.Range(1, 100).Select(n => (long)n), server.Plays.First().Records.Select(r => r.Seq));
        var health = server.Health.Count;
        rig.Agent.Link.Plays.MoreToSend();
        await Eventually.True(() => server.Health.Count > health, "something sent later has arrived");
        Assert.Single(server.Plays);
        await server.Ack(Stream.Play, 100);
        await Eventually.True(() => server.Plays.Count == 2, "the second batch");
        await server.Ack(Stream.Play, 200);
        await Eventually.True(() => server.Plays.Count == 3, "the third batch");
        await server.Ack(Stream.Play, 250);

        await Eventually.True(() => rig.Agent.Journal.Acknowledged(Stream.Play) == 250, "all acknowledged");
        Assert.Equal(Enumerable.Range(1, 250).Select(n => (long)n), server.Plays.SelectMany(b => b.Records).Select(r => r.Seq));
        await server.Ack(Stream.Play, 9_999);
        await server.Ack(Stream.Play, 1);
        WritePlays(rig, 1);
        await Eventually.True(() => server.Plays.Count == 4, "the next one");
        Assert.Equal(251, Assert.Single(server.Plays.Last().Records).Seq);
    }

    [Fact]
    public async Task After_the_broker_is_killed_what_was_not_acknowledged_is_sent_again()
    {
        var broker = await new Mosquitto().Start();
        await using var rig = new AgentRig(brokerPort: broker.Port);
        await using (var deaf = await new ServerSide { Acknowledges = false }.Connect(broker.Port))
        {
            rig.Start();
            WritePlays(rig, 3);
            await Eventually.True(() => deaf.Plays.Count == 1, "sent once");
            broker.Kill();
        }

        WritePlays(rig, 2);
        await using var again = await new Mosquitto(port: broker.Port).Start();
        await using var server = await new ServerSide().Connect(again.Port);

        await Eventually.True(() => rig.Agent.Journal.Acknowledged(Stream.Play) == 5, "all acknowledged", 60);
        Assert.Equal([1L, 2, 3, 4, 5], server.Plays.SelectMany(b => b.Records).Select(r => r.Seq).Distinct());
        Assert.Contains(server.States, s => s.Birth > 1);
        await broker.DisposeAsync();
    }

    [Fact]
    public async Task A_virtual_day_offline_is_delivered_completely_once_and_in_order()
    {
        var start = new DateTimeOffset(DateTime.UtcNow.Date.AddHours(30), TimeSpan.Zero);
        await using var rig = new AgentRig(new FakeClock(start));
        rig.Start();
        await rig.OnAir(rig.Plans.Rotation(1, 60, 1, 2, 3));
        await Eventually.True(() => rig.Screen.Now?.Path is not null, "something on the screen");
        var end = start.AddDays(1);
        while (rig.Clock.GetUtcNow() < end)
        {
            var shown = rig.Screen.Shown.Count;
            rig.Clock.AdvanceTo(rig.Agent.Air.Playable(SamplePlan.Screen, rig.Clock.GetUtcNow()).Until);
            await rig.Agent.Air.Outputs[0].Reconsider();
            await Eventually.True(() => rig.Screen.Shown.Count > shown, "the next turn");
        }

        await rig.Stop();
        await using var broker = await new Mosquitto().Start();
        await using var server = await new ServerSide().Connect(broker.Port);
        rig.Identify(broker.Port);
        rig.Time = TimeProvider.System;

        rig.Start();

        await Eventually.True(() => server.Plays.Sum(b => b.Records.Count) >= 1440, "a day of plays", 60);
        var offline = server.Plays.SelectMany(b => b.Records).Where(r => r.Boot == 1).ToArray();
        Assert.Equal(Enumerable.Range(1, offline.Length).Select(n => (long)n), offline.Select(r => r.Seq));
        Assert.InRange(offline.Length, 1440, 1443);
        Assert.All(offline.Skip(1).SkipLast(1), r => Assert.Equal((60_000, PlayEnd.Completed), (r.DurationMs, r.End)));
        Assert.All(offline.Zip(offline.Skip(1)), p => Assert.Equal(p.First.EndedAt, p.Second.StartedAt));
    }

    [Fact]
    public async Task Commands_are_carried_out_once_answered_every_time_and_refused_when_they_are_not_ours()
    {
        await using var broker = await new Mosquitto().Start();
        await using var server = await new ServerSide().Connect(broker.Port);
        await using var rig = new AgentRig(brokerPort: broker.Port);
        rig.Start();
        await rig.OnAir(rig.Plans.Rotation(1, 600, 1));
        await rig.Shows(1);
        await Eventually.True(() => server.States.Any(s => s.State == Presence.Online), "born");
        using var stranger = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        Command Order(string id, Verb verb) => new() { Id = id, Site = SamplePlan.Site, Verb = verb, Output = SamplePlan.Screen, MadeAt = DateTimeOffset.UtcNow, NotAfter = DateTimeOffset.UtcNow.AddMinutes(5) };

        await server.Command(rig.Plans.Sealed(Order("C-9", Verb.RestartPlayer), stranger));
        await server.Command(rig.Plans.Sealed(Order("C-8", Verb.RestartPlayer) with { Site = new SiteId("LS-0002") }));
        await server.Command(rig.Plans.Sealed(Order("C-7", Verb.RestartPlayer) with { NotAfter = DateTimeOffset.UtcNow.AddSeconds(-1) }));
        await server.Command(rig.Plans.Sealed(Order("C-1", Verb.RestartPlayer)));
        await server.Command(rig.Plans.Sealed(Order("C-1", Verb.RestartPlayer)));
        await server.Command(rig.Plans.Sealed(Order("C-2", Verb.VerifyShelf)));
        await server.Command(rig.Plans.Sealed(Order("C-3", Verb.Screenshot)));
        await server.Command(rig.Plans.Sealed(Order("C-4", Verb.Screenshot) with { Output = new OutputId("LED-9") }));

        await Eventually.True(() => server.Answers.Count == 5, "five answers");
        Assert.Equal([("C-1", true), ("C-1", true), ("C-2", true), ("C-3", true), ("C-4", false)], server.Answers.Select(a => (a.Id, a.Done)));
        await Eventually.True(() => rig.Players.Made == 2, "one restart");
        var refused = rig.Agent.Health.Report().Refused;
        Assert.Equal((1, 1, 1), (refused["seal.unknown-key"], refused["command.wrong-site"], refused["command.expired"]));
        var put = rig.Server.Puts.Last();
        Assert.Equal(("/agent/v1/screens/LCD-1", "T-1", "1", "1", "image/jpeg"), (put.Path, put.Headers["x-item"], put.Headers["x-version"], put.Headers["x-page"], put.Headers["content-type"]));
        Assert.Equal([0xFF, 0xD8, 1, 2, 3], put.Body);
    }

    [Fact]
    public async Task A_pulse_confirms_the_clock_only_when_it_answers_this_birth()
    {
        await using var broker = await new Mosquitto().Start();
        await using var server = await new ServerSide().Connect(broker.Port);
        await using var rig = new AgentRig(brokerPort: broker.Port);
        rig.Start();
        await Eventually.True(() => server.States.Any(s => s.State == Presence.Online), "born");
        var born = server.States.Last();
        Pulse Pulse(long birth) => new() { Site = SamplePlan.Site, Utc = DateTimeOffset.UtcNow, Boot = born.Boot, Birth = birth };

        await server.Pulse(rig.Plans.Sealed(Pulse(born.Birth + 1)));
        await server.Pulse(rig.Plans.Sealed(Pulse(born.Birth) with { Site = new SiteId("LS-0002") }));
        await Eventually.True(() => rig.Agent.Health.Report().Refused.ContainsKey("pulse.wrong-site"), "the second was heard");
        Assert.Equal(ClockTrust.Plausible, rig.Agent.Clock.Trust);
        await server.Pulse(rig.Plans.Sealed(Pulse(born.Birth)));

        await Eventually.True(() => rig.Agent.Clock.Trust == ClockTrust.Confirmed, "confirmed");
    }

    [Fact]
    public async Task The_broker_tells_of_a_lost_agent_by_its_will_with_boot_and_birth()
    {
        await using var broker = await new Mosquitto().Start();
        await using var server = await new ServerSide().Connect(broker.Port);
        var line = new Line(broker.Port);
        await using var rig = new AgentRig(brokerPort: line.Port);
        rig.Start();
        await Eventually.True(() => server.States.Any(s => s.State == Presence.Online), "born");
        var born = server.States.Last();

        line.Cut();

        await Eventually.True(() => server.States.Any(s => s.State == Presence.Lost), "the will");
        Assert.Contains(server.States, s => s.State == Presence.Lost && (s.Boot, s.Birth) == (born.Boot, born.Birth));
    }

    private static void WritePlaysBeforeTheStart(AgentRig rig, int count)
    {
        using var database = new AgentDatabase(rig.Folder, new Reserve(rig.Folder, 0), NullLogger.Instance);
        Write(new Journal(database, new HighWater(rig.Folder)), count);
    }

    private static void WritePlays(AgentRig rig, int count)
    {
        Write(rig.Agent.Journal, count);
        rig.Agent.Link.Plays.MoreToSend();
    }

    private static void Write(Journal journal, int count)
    {
        for (var i = 0; i < count; i++)
        {
            var open = journal.Open(CrashChild.Draft(journal.Boot, $"L-{i}", DateTimeOffset.UtcNow));
            journal.Close(open.Id, open.Draft);
        }
    }

    private static SslClientAuthenticationOptions ServerTls(Authority authority) => new()
    {
        TargetHost = "127.0.0.1",
        ClientCertificateContext = SslStreamCertificateContext.Create(authority.Issue("CN=server", ECDsa.Create(ECCurve.NamedCurves.nistP256)), [], offline: true),
        RemoteCertificateValidationCallback = (_, _, _, _) => true,
    };
}
