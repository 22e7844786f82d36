using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace BorderInfo.Tests.Spine.Day;

/// <summary>A line to a port of this machine that can be cut and joined again: while it is cut, both ends see it end and nobody gets through.</summary>
internal sealed class Line : IDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentBag<TcpClient> ends = [];
    private volatile bool cut;

    public Line(int to)
    {
        listener.Start();
        _ = Accept(to);
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    public void Cut()
    {
        cut = true;
        while (ends.TryTake(out var end))
            end.Dispose();
    }

    public void Join() => cut = false;

    public void Dispose()
    {
        Cut();
        listener.Stop();
    }

    private async Task Accept(int to)
    {
        while (true)
        {
            var near = await listener.AcceptTcpClientAsync();
            if (cut)
                near.Dispose();
            else
                _ = Carry(near, to);
        }
    }

    private async Task Carry(TcpClient near, int to)
    {
        using var far = new TcpClient();
        using (near)
        {
            ends.Add(near);
            ends.Add(far);
            await far.ConnectAsync(IPAddress.Loopback, to);
            await Task.WhenAny(near.GetStream().CopyToAsync(far.GetStream()), far.GetStream().CopyToAsync(near.GetStream()));
        }
    }
}
