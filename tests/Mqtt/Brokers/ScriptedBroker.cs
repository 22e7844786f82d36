using System.Net;
using System.Net.Sockets;
using BorderInfo.Mqtt;

namespace BorderInfo.Tests.Mqtt.Brokers;

/// <summary>Plays a peer that no good broker would be: takes one connection, reads what comes, sends exactly the given bytes.</summary>
public sealed class ScriptedBroker : IDisposable
{
    public static readonly byte[] Connack = [0x20, 3, 0, 0, 0];

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly TaskCompletionSource<Socket> _peer = new();

    public ScriptedBroker()
    {
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _ = AcceptAsync();
    }

    public int Port { get; }

    public MqttOptions Options => new() { Port = Port, ClientId = "client", ConnectTimeout = TimeSpan.FromSeconds(10) };

    /// <summary>Waits for the client's first bytes, then sends, <paramref name="chunk"/> bytes at a time.</summary>
    public async Task AnswerAsync(byte[] bytes, int chunk = int.MaxValue)
    {
        var peer = await _peer.Task;
        await peer.ReceiveAsync(new byte[1024]);
        for (var at = 0; at < bytes.Length; at += Math.Min(chunk, bytes.Length - at))
            await peer.SendAsync(bytes.AsMemory(at, Math.Min(chunk, bytes.Length - at)));
    }

    public async Task<byte[]> HearAsync()
    {
        var buffer = new byte[1024];
        return buffer[..await (await _peer.Task).ReceiveAsync(buffer)];
    }

    public async Task HangUpAsync() => (await _peer.Task).Dispose();

    public void Dispose()
    {
        _listener.Dispose();
        if (_peer.Task.IsCompletedSuccessfully)
            _peer.Task.Result.Dispose();
    }

    private async Task AcceptAsync()
    {
        var peer = await _listener.AcceptSocketAsync();
        peer.NoDelay = true;
        _peer.SetResult(peer);
    }
}
