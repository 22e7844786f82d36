using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace BorderInfo.Agent.Service;

/// <summary>Tells systemd <c>READY=1</c>, <c>WATCHDOG=1</c> and <c>STOPPING=1</c> by a datagram to <c>NOTIFY_SOCKET</c>; silent where there is none.</summary>
/// <remarks>Source: sd_notify(3). A name that begins with @ lies in the abstract name space.</remarks>
public sealed class SystemdNotice
{
    private readonly string? address = Environment.GetEnvironmentVariable("NOTIFY_SOCKET");

    /// <summary>Half of <c>WATCHDOG_USEC</c>; null = nobody watches.</summary>
    public TimeSpan? PingEvery { get; } =
        long.TryParse(Environment.GetEnvironmentVariable("WATCHDOG_USEC"), NumberStyles.None, CultureInfo.InvariantCulture, out var us) && us > 0
            ? TimeSpan.FromMicroseconds(us / 2.0)
            : null;

    public void Say(string what)
    {
        if (string.IsNullOrEmpty(address))
            return;
        try
        {
            using var socket = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
            socket.Connect(new UnixDomainSocketEndPoint(address[0] == '@' ? "\0" + address[1..] : address));
            socket.Send(Encoding.UTF8.GetBytes(what));
        }
        catch (SocketException)
        {
            return;
        }
    }
}
