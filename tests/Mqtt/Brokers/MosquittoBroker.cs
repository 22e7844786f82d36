using System.Diagnostics;
using BorderInfo.Mqtt;

namespace BorderInfo.Tests.Mqtt.Brokers;

/// <summary>Eclipse Mosquitto on one loopback listener.</summary>
/// <param name="lines">Further configuration, inside the listener; files it names are written by the test into <see cref="BrokerProcess.Folder"/>.</param>
public sealed class MosquittoBroker(params string[] lines) : BrokerProcess
{
    public static async Task<MosquittoBroker> StartedAsync(params string[] lines)
    {
        var broker = new MosquittoBroker(lines);
        await broker.StartAsync();
        return broker;
    }

    public MqttOptions Options(string clientId) => new() { Port = Port, ClientId = clientId };

    /// <summary>A connected link; <paramref name="handler"/> stands before it connects.</summary>
    public async Task<ManagedMqttLink> LinkAsync(MqttOptions? options = null, Func<MqttMessage, ValueTask>? handler = null)
    {
        var link = new ManagedMqttLink { OnMessage = handler };
        await link.ConnectAsync(options ?? Options(Unique.Id()));
        return link;
    }

    protected override ProcessStartInfo Command()
    {
        var path = Path.Combine(Folder, "mosquitto.conf");
        string[] start = ["user root", "per_listener_settings true", "persistence false", "log_dest stderr", "log_type all", $"listener {Port} 127.0.0.1"];
        var identity = lines.Any(line => line.StartsWith("require_certificate", StringComparison.Ordinal)) ? "allow_anonymous false" : "allow_anonymous true";
        File.WriteAllLines(path, [.. start, identity, .. lines.Select(line => line.Replace("{folder}", Folder, StringComparison.Ordinal))]);
        return new ProcessStartInfo("/usr/sbin/mosquitto", ["-c", path]);
    }
}

/// <summary>One Mosquitto for all tests that do not harm it.</summary>
public sealed class SharedMosquitto : IAsyncLifetime
{
    public MosquittoBroker Broker { get; } = new();

    public Task InitializeAsync() => Broker.StartAsync();

    public async Task DisposeAsync() => await Broker.DisposeAsync();
}
