using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace BorderInfo.Tests.Agent.Support;

/// <summary>A line to a broker that can be cut: both ends see it end, and nobody gets through again.</summary>
public sealed class Line
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentBag<TcpClient> ends = [];

    public Line(int to)
    {
        listener.Start();
        _ = Accept(to);
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    public void Cut()
    {
        listener.Stop();
        foreach (var end in ends)
            end.Dispose();
    }

    private async Task Accept(int to)
    {
        while (true)
        {
            var near = await listener.AcceptTcpClientAsync();
            var far = new TcpClient();
            await far.ConnectAsync(IPAddress.Loopback, to);
            ends.Add(near);
            ends.Add(far);
            _ = near.GetStream().CopyToAsync(far.GetStream());
            _ = far.GetStream().CopyToAsync(near.GetStream());
        }
    }
}
