using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace BorderInfo.Tests.Mqtt.Brokers;

/// <summary>A real broker as a child of the test: its own folder, a free port, everything it says kept for the failure message.</summary>
public abstract class BrokerProcess : IAsyncDisposable
{
    private readonly StringBuilder _said = new();
    private Process? _process;

    public string Folder { get; } = Directory.CreateTempSubdirectory("borderinfo-broker-").FullName;

    public int Port { get; } = FreePort();

    protected abstract ProcessStartInfo Command();

    /// <summary>Returns when the port answers.</summary>
    public async Task StartAsync()
    {
        var command = Command();
        command.RedirectStandardOutput = command.RedirectStandardError = true;
        _process = Process.Start(command)!;
        _process.OutputDataReceived += (_, line) => Keep(line.Data);
        _process.ErrorDataReceived += (_, line) => Keep(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        await Wait.UntilAsync(async () => _process.HasExited ? throw new InvalidOperationException(Said()) : await AnswersAsync(), "the broker's port answers");
    }

    /// <summary>SIGKILL, as a power cut would.</summary>
    public async Task KillAsync()
    {
        if (_process is not { } process)
            return;

        process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
        process.Dispose();
        _process = null;
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        Directory.Delete(Folder, recursive: true);
        GC.SuppressFinalize(this);
    }

    public string Said()
    {
        lock (_said)
            return _said.ToString();
    }

    private void Keep(string? line)
    {
        lock (_said)
            _said.AppendLine(line);
    }

    private async Task<bool> AnswersAsync()
    {
        using var probe = new TcpClient();
        try
        {
            await probe.ConnectAsync(IPAddress.Loopback, Port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
