using System.Text.Json.Nodes;
using BorderInfo.Agent.Enrol;
using BorderInfo.Agent.Service;
using BorderInfo.Agent.Settings;
using BorderInfo.Agent.Store;
using BorderInfo.Contract;
using BorderInfo.Contract.Plans;
using BorderInfo.Tests.Agent.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace BorderInfo.Tests.Spine.Day;

/// <summary>The real agent in this process on the test's clock, enrolled at the server, with players that remember what they showed; its lines to the server can be cut.</summary>
internal sealed class VirtualSite : IAsyncDisposable
{
    private static readonly TimeSpan LongestStep = TimeSpan.FromMinutes(1);

    private readonly FakeClock clock;
    private readonly Line door;
    private readonly Line broker;
    private readonly CancellationTokenSource stop = new();
    private readonly AgentHost agent;
    private readonly Task running;

    private VirtualSite(DataFolder folder, FakeClock clock, Line door, Line broker)
    {
        (this.clock, this.door, this.broker) = (clock, door, broker);
        Players = new(clock);
        agent = new AgentHost(folder, new AgentSettings { ReserveMb = 0, KeepFreeMb = 0 }, new AgentWorld { Time = clock, Players = () => Players }, NullLoggerFactory.Instance);
        running = agent.Run(stop.Token);
    }

    public SimulatedPlayers Players { get; }

    public PlayPlan? Plan => agent.Air.Plan;

    public bool AllOnAir => agent.Air.Outputs is { Count: > 0 } outputs && agent.Air.Missing.Count == 0 && outputs.All(o => Players.Has(o.Output.Id.Value) && Players[o.Output.Id.Value].Shown.IsEmpty == false);

    public static async Task<VirtualSite> Enrol(string root, VirtualOffice office, FakeClock clock, string code, string fingerprint)
    {
        var (door, broker) = (new Line(office.AgentPort), new Line(office.BrokerPort));
        var folder = new DataFolder(root).Make();
        await new EnrolSite(folder, new HighWater(folder)).Handle(new(new Uri($"https://127.0.0.1:{office.AgentPort}"), new SiteId("LS-0001"), code, fingerprint, "test"), default);
        var identity = JsonNode.Parse(await File.ReadAllTextAsync(folder.Identity))!;
        identity["server"] = $"https://127.0.0.1:{door.Port}";
        identity["brokers"]!.AsArray().Single()!["port"] = broker.Port;
        await File.WriteAllTextAsync(folder.Identity, identity.ToJsonString());
        return new(folder, clock, door, broker);
    }

    public void Cut()
    {
        door.Cut();
        broker.Cut();
    }

    public void Join()
    {
        door.Join();
        broker.Join();
    }

    /// <summary>Goes from change to change, waiting at each until every output has taken its turn.</summary>
    public async Task PlayOn(TimeSpan span)
    {
        var (end, plan) = (clock.GetUtcNow() + span, new PlanClock(Plan!));
        while (clock.GetUtcNow() < end)
        {
            var now = clock.GetUtcNow();
            var next = plan.Plan.Outputs.Select(o => plan.Next(o.Id, now)).Append(end).Append(now + LongestStep).Min();
            clock.AdvanceTo(next);
            await EveryOutputTurns();
            await EveryOutputTurns();
        }
    }

    /// <summary>Lets time run, ten times as fast as real time, until something has happened.</summary>
    public async Task RunUntil(Func<Task<bool>> happened, string what, int seconds = 120)
    {
        var deadline = DateTime.UtcNow.AddSeconds(seconds);
        for (var turn = 0; turn % 10 != 0 || !await happened(); turn++)
        {
            Assert.True(DateTime.UtcNow < deadline, $"not within {seconds} s: {what}");
            clock.Advance(TimeSpan.FromMilliseconds(200));
            await Task.Delay(20);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        while (await Task.WhenAny(running, Task.Delay(20)) != running)
            clock.Advance(TimeSpan.FromSeconds(1));
        await running;
        await agent.DisposeAsync();
        door.Dispose();
        broker.Dispose();
        stop.Dispose();
    }

    /// <summary>A turn that was under way when the clock moved may have seen the old time: hence twice in <see cref="PlayOn"/>.</summary>
    private Task EveryOutputTurns() => Task.WhenAll(agent.Air.Outputs.Select(o => o.Reconsider()));
}
