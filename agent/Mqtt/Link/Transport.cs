using System.Net.Security;
using System.Net.Sockets;

namespace BorderInfo.Mqtt.Link;

/// <summary>The socket of one link, with TLS over it where asked for.</summary>
internal sealed class Transport : IDisposable
{
    /// <summary>TCP_USER_TIMEOUT of Linux (tcp(7)): milliseconds unacknowledged bytes may wait before the kernel gives the connection up.</summary>
    private const int TcpLevel = 6, TcpUserTimeout = 18;

    private Transport(Socket socket, Stream stream)
    {
        Socket = socket;
        Stream = stream;
    }

    public Socket Socket { get; }

    public Stream Stream { get; }

    /// <exception cref="SocketException">No address, or nobody there.</exception>
    /// <exception cref="System.Security.Authentication.AuthenticationException">The broker's certificate was not accepted.</exception>
    public static async Task<Transport> OpenAsync(MqttOptions options, CancellationToken stop)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            GiveUpAfter(socket, options.KeepAliveSeconds);
            await socket.ConnectAsync(options.Host, options.Port, stop).ConfigureAwait(false);
            var stream = await SecureAsync(new NetworkStream(socket, ownsSocket: true), options.Tls, stop).ConfigureAwait(false);
            return new Transport(socket, stream);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>The broker may have named another keep alive than we asked for.</summary>
    public void GiveUpAfter(ushort keepAliveSeconds) => GiveUpAfter(Socket, keepAliveSeconds);

    /// <summary>Tells the peer that nothing more comes, so that it reads what was sent before it sees the end.</summary>
    public async Task EndSendingAsync()
    {
        if (Stream is SslStream tls)
            await tls.ShutdownAsync().ConfigureAwait(false);
        Socket.Shutdown(SocketShutdown.Send);
    }

    public void Dispose() => Stream.Dispose();

    private static async Task<Stream> SecureAsync(NetworkStream plain, SslClientAuthenticationOptions? options, CancellationToken stop)
    {
        if (options is null)
            return plain;

        var tls = new SslStream(plain);
        await tls.AuthenticateAsClientAsync(options, stop).ConfigureAwait(false);
        return tls;
    }

    private static void GiveUpAfter(Socket socket, ushort keepAliveSeconds)
    {
        if (!OperatingSystem.IsLinux() || keepAliveSeconds == 0)
            return;

        var milliseconds = keepAliveSeconds * 1500;
        socket.SetRawSocketOption(TcpLevel, TcpUserTimeout, BitConverter.GetBytes(milliseconds));
    }
}
