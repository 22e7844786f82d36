using System.Net.Sockets;

namespace BorderInfo.Agent.Play;

/// <summary>Whether an X display of this machine is there: its server takes connections on a Unix socket.</summary>
/// <remarks>Source: X(7), DISPLAY NAMES. A display with a host name is not looked at.</remarks>
internal static class XDoor
{
    /// <param name="display">For example <c>:0</c> or <c>:0.1</c>.</param>
    /// <returns>True when nobody answers there.</returns>
    public static bool IsClosed(string display)
    {
        if (!display.StartsWith(':'))
            return false;
        var name = "/tmp/.X11-unix/X" + display[1..].Split('.')[0];
        return !Answers(name) && !Answers("\0" + name);
    }

    private static bool Answers(string socketName)
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified) { Blocking = false };
        try
        {
            socket.Connect(new UnixDomainSocketEndPoint(socketName));
            return true;
        }
        catch (SocketException e)
        {
            // A full queue of a living server.
            return e.SocketErrorCode is SocketError.WouldBlock;
        }
    }
}
