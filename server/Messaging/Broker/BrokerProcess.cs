using System.Diagnostics;
using System.Globalization;
using System.Net.Security;
using System.Runtime.InteropServices;
using System.Security.Cryptography.X509Certificates;
using BorderInfo.Mqtt;
using BorderInfo.Server.Messaging.Certificates;

namespace BorderInfo.Server.Messaging.Broker;

/// <summary>Eclipse Mosquitto as the server's child: configured, started, watched, started anew, ended with the server.</summary>
internal sealed partial class BrokerProcess(DataFolder data, MessagingOptions options, ServerCertificates certificates, ILogger<BrokerProcess> log) : BackgroundService
{
    private const int Hangup = 1;
    private static readonly string[] Places = ["/usr/sbin/mosquitto", "/usr/local/sbin/mosquitto", "/usr/bin/mosquitto"];

    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(5);

    /// <summary>A broker that has lived so long has opened its doors.</summary>
    private static readonly TimeSpan Settled = TimeSpan.FromSeconds(2);

    private Process? process;

    /// <summary>What it said while it started; errors of a broker that runs are of its clients and no reason why it ends.</summary>
    private string? startError;
    private bool settled;

    /// <summary>Process id while it runs, for the operator and the tests.</summary>
    public int? ProcessId => process is { HasExited: false } running ? running.Id : null;

    /// <summary>Why no broker runs; null = it runs, or has not been tried yet.</summary>
    public BrokerTrouble? Trouble { get; private set; }

    /// <summary>Makes the broker read the revocation list again and cuts the site's live connection: a hang-up signal alone leaves it talking.</summary>
    public async Task RereadRevocations(SiteId site, CancellationToken stop)
    {
        if (ProcessId is null)
            return;
        Reread();
        await TakeOver(site, stop);
    }

    /// <summary>Makes the broker read its revocation list again; live connections stay.</summary>
    public void Reread()
    {
        if (ProcessId is { } id && !OperatingSystem.IsWindows())
            _ = Kill(id, Hangup);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (await Program(stoppingToken) is not { } program)
            return;
        await EndOrphan();
        var pause = TimeSpan.FromMilliseconds(200);
        while (!stoppingToken.IsCancellationRequested)
        {
            var started = Stopwatch.GetTimestamp();
            try
            {
                await RunOnce(program, stoppingToken);
            }
            catch (Exception e) when (e is System.ComponentModel.Win32Exception or IOException or UnauthorizedAccessException)
            {
                Fails(e.Message);
            }

            if (stoppingToken.IsCancellationRequested)
                break;
            pause = Stopwatch.GetElapsedTime(started) > TimeSpan.FromSeconds(10) ? TimeSpan.FromMilliseconds(200) : TimeSpan.FromMilliseconds(Math.Min(pause.TotalMilliseconds * 2, 10_000));
            await Task.Delay(pause, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Waits until Mosquitto is installed; null = the server ends before.</summary>
    private async Task<string?> Program(CancellationToken stop)
    {
        for (var said = false; !stop.IsCancellationRequested; said = true)
        {
            if ((options.BrokerProgram is { } set ? [set] : Places).FirstOrDefault(File.Exists) is { } found)
            {
                if (said)
                    Log.Installed(log, found);
                return found;
            }

            if (!said)
                Log.NoBroker(log);
            Trouble = new(BrokerTrouble.NotInstalled, "");
            await Task.Delay(LookAgain, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        return null;
    }

    /// <summary>Said once until it runs again; a broker that ends within seconds is tried again every 10 s.</summary>
    private void Fails(string why)
    {
        if (Trouble?.Why != why)
            Log.CannotStart(log, why);
        Trouble = new(BrokerTrouble.Fails, why);
    }

    private async Task RunOnce(string program, CancellationToken stop)
    {
        var file = WriteConfiguration();
        var start = new ProcessStartInfo(program) { RedirectStandardError = true, RedirectStandardOutput = true };
        start.ArgumentList.Add("-c");
        start.ArgumentList.Add(file);
        using var running = Process.Start(start)!;
        process = running;
        await WritePid(running);
        (startError, settled) = (null, false);
        if (Trouble is null)
            Log.Started(log, running.Id, options.BrokerPort);
        running.ErrorDataReceived += (_, line) => Tell(line.Data);
        running.BeginErrorReadLine();
        running.BeginOutputReadLine();
        try
        {
            await Task.WhenAny(running.WaitForExitAsync(stop), Task.Delay(Settled, stop));
            settled = !running.HasExited;
            if (settled)
                startError = null;
            if (settled && Trouble is not null)
            {
                Trouble = null;
                Log.Started(log, running.Id, options.BrokerPort);
            }

            await running.WaitForExitAsync(stop);
            if (Trouble is null)
                Log.Ended(log, running.ExitCode);
            Fails(startError ?? string.Create(CultureInfo.InvariantCulture, $"{program} ended with {running.ExitCode}"));
        }
        catch (OperationCanceledException)
        {
            await End(running);
        }
        finally
        {
            process = null;
            File.Delete(PidFile);
        }
    }

    /// <summary>On a full disk the broker runs all the same; only an orphan of ours would not be known again. One that has ended already (its port was taken) has no start time any more.</summary>
    private async Task WritePid(Process running)
    {
        try
        {
            await File.WriteAllTextAsync(PidFile, Identity(running), CancellationToken.None);
        }
        catch (Exception e) when (e is IOException or InvalidOperationException)
        {
            Log.NoPid(log, running.Id, e.Message);
        }
    }

    private string PidFile => Path.Combine(data.Broker, "mosquitto.pid");

    private string WriteConfiguration()
    {
        File.WriteAllText(Path.Combine(data.Broker, "sites.acl"), BrokerConfig.SiteAccess);
        File.WriteAllText(Path.Combine(data.Broker, "server.acl"), BrokerConfig.ServerAccess);
        var file = Path.Combine(data.Broker, "mosquitto.conf");
        File.WriteAllText(file, BrokerConfig.Text(options, data.Broker, data.Keys, Environment.UserName));
        return file;
    }

    /// <summary>A broker left over from a server that was killed holds the ports; it is known by process id and start time.</summary>
    private async Task EndOrphan()
    {
        if (!File.Exists(PidFile) || (await File.ReadAllTextAsync(PidFile)).Split(' ') is not [var id, _] parts)
            return;
        try
        {
            using var orphan = Process.GetProcessById(int.Parse(id, CultureInfo.InvariantCulture));
            if (Identity(orphan) != string.Join(' ', parts) || orphan.ProcessName != "mosquitto")
                return;
            Log.Orphan(log, orphan.Id);
            await End(orphan);
        }
        catch (ArgumentException)
        {
            // It is gone already.
        }
    }

    private static string Identity(Process process) =>
        string.Create(CultureInfo.InvariantCulture, $"{process.Id} {new DateTimeOffset(process.StartTime).ToUnixTimeSeconds()}");

    private static async Task End(Process running)
    {
        const int terminate = 15;
        if (OperatingSystem.IsWindows())
            running.Kill();
        else
            _ = Kill(running.Id, terminate);
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(3));
        try
        {
            await running.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            running.Kill();
        }
    }

    private async Task TakeOver(SiteId site, CancellationToken stop)
    {
        await using var link = new ManagedMqttLink();
        try
        {
            await link.ConnectAsync(new MqttOptions { Port = options.LinkPort, ClientId = site.Value, Tls = LinkTls(certificates) }, stop);
            await link.DisconnectAsync(stop: stop);
        }
        catch (IOException e)
        {
            Log.NotCut(log, site, e);
        }
    }

    /// <summary>How the server shows itself to the broker's inner listener.</summary>
    public static SslClientAuthenticationOptions LinkTls(ServerCertificates certificates)
    {
        var trust = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        trust.CustomTrustStore.Add(certificates.Link.Certificate);
        return new()
        {
            TargetHost = "localhost",
            CertificateChainPolicy = trust,
            ClientCertificateContext = SslStreamCertificateContext.Create(certificates.LinkClient, null, offline: true),
        };
    }

    private void Tell(string? line)
    {
        if (line is null)
            return;
        if (line.Contains("Error", StringComparison.Ordinal))
        {
            if (!settled)
                startError = line[line.IndexOf("Error", StringComparison.Ordinal)..];
            if (Trouble is null)
                Log.BrokerSays(log, line);
        }
        else
            Log.BrokerNotes(log, line);
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int pid, int signal);

    private static partial class Log
    {
        [LoggerMessage(1301, LogLevel.Information, "Broker started, process {Pid}, sites on port {Port}")]
        public static partial void Started(ILogger log, int pid, int port);

        [LoggerMessage(1302, LogLevel.Warning, "Broker ended with {Code}, starting it anew")]
        public static partial void Ended(ILogger log, int code);

        [LoggerMessage(1303, LogLevel.Error, "Mosquitto is not installed: sites cannot be reached. Install it (apt-get install mosquitto); it is started then by itself")]
        public static partial void NoBroker(ILogger log);

        [LoggerMessage(1304, LogLevel.Error, "Broker cannot be started: {Why}. Sites cannot be reached; it is tried again every 10 s")]
        public static partial void CannotStart(ILogger log, string why);

        [LoggerMessage(1310, LogLevel.Warning, "The process id of the broker, {Pid}, could not be written down: {Why}")]
        public static partial void NoPid(ILogger log, int pid, string why);

        [LoggerMessage(1309, LogLevel.Information, "Mosquitto is there now: {Program}")]
        public static partial void Installed(ILogger log, string program);

        [LoggerMessage(1305, LogLevel.Warning, "Ended a broker left over from an earlier run, process {Pid}")]
        public static partial void Orphan(ILogger log, int pid);

        [LoggerMessage(1306, LogLevel.Warning, "Broker: {Line}")]
        public static partial void BrokerSays(ILogger log, string line);

        [LoggerMessage(1307, LogLevel.Debug, "Broker: {Line}")]
        public static partial void BrokerNotes(ILogger log, string line);

        [LoggerMessage(1308, LogLevel.Warning, "The live connection of {Site} could not be cut")]
        public static partial void NotCut(ILogger log, SiteId site, Exception e);
    }
}

/// <summary>Why no broker runs.</summary>
/// <param name="Kind">One of the two words below.</param>
/// <param name="Why">What the broker or the system said, in English.</param>
internal sealed record BrokerTrouble(string Kind, string Why)
{
    public const string NotInstalled = "not-installed";
    public const string Fails = "fails";
}
