using System.Globalization;
using System.Net.Sockets;
using System.Text;
using BorderInfo.Server.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace BorderInfo.Server.Platform.Startup;

/// <summary>
/// Tells systemd <c>READY=1</c> when the doors are open, <c>WATCHDOG=1</c> every half <c>WatchdogSec</c> while the database answers, and <c>STOPPING=1</c>.
/// A server whose database hangs is so started anew. Silent where nobody listens (<c>NOTIFY_SOCKET</c> is not set).
/// </summary>
/// <remarks>Source: sd_notify(3), sd_watchdog_enabled(3). A name that begins with @ lies in the abstract name space.</remarks>
public static class SystemdNoticeSetup
{
    /// <summary>To be called once, before the server is built.</summary>
    public static void AddSystemdNotice(this WebApplicationBuilder builder)
    {
        if (builder.Configuration["NOTIFY_SOCKET"] is not { Length: > 0 } address)
            return;
        var pingEvery = PingEvery(builder.Configuration);
        builder.Services.AddHostedService(s => ActivatorUtilities.CreateInstance<SystemdNotice>(s, address, pingEvery));

        // Mosquitto speaks to systemd as well when it inherits these, and would call the server ready before it is.
        foreach (var name in (string[])["NOTIFY_SOCKET", "WATCHDOG_USEC", "WATCHDOG_PID"])
            Environment.SetEnvironmentVariable(name, null);
    }

    /// <summary>Half of <c>WATCHDOG_USEC</c> when it is meant for this process; infinite = nobody watches.</summary>
    private static TimeSpan PingEvery(IConfiguration settings)
    {
        var own = Environment.ProcessId.ToString(CultureInfo.InvariantCulture);
        return (settings["WATCHDOG_PID"] ?? own) == own
            && long.TryParse(settings["WATCHDOG_USEC"], NumberStyles.None, CultureInfo.InvariantCulture, out var us) && us > 0
                ? TimeSpan.FromMicroseconds(us / 2.0)
                : Timeout.InfiniteTimeSpan;
    }
}

/// <summary>See <see cref="SystemdNoticeSetup"/>.</summary>
internal sealed partial class SystemdNotice(
    string address, TimeSpan pingEvery, IHostApplicationLifetime life, IServiceScopeFactory scopes, TimeProvider clock, ILogger<SystemdNotice> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var opened = life.ApplicationStarted.Register(() => Say("READY=1"));
        using var closing = life.ApplicationStopping.Register(() => Say("STOPPING=1"));
        if (pingEvery == Timeout.InfiniteTimeSpan)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return;
        }

        using var timer = new PeriodicTimer(pingEvery, clock);
        try
        {
            do
            {
                if (await DatabaseAnswers(stoppingToken))
                    Say("WATCHDOG=1");
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            return;
        }
    }

    /// <summary>One read transaction. SQLite blocks its thread, so the wait ends before the question does.</summary>
    private async Task<bool> DatabaseAnswers(CancellationToken stop)
    {
        try
        {
            await Task.Run(Read, stop).WaitAsync(pingEvery, clock, stop);
            return true;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            Log.NoAnswer(log, e);
            return false;
        }

        async Task Read()
        {
            using var scope = scopes.CreateScope();
            var db = scope.ServiceProvider.GetRequiredService<BorderInfoDb>();
            await db.Database.SqlQuery<long>($"SELECT count(*) AS Value FROM sqlite_schema").SingleAsync(stop);
        }
    }

    private void Say(string what)
    {
        try
        {
            using var socket = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
            socket.Connect(new UnixDomainSocketEndPoint(address[0] == '@' ? "\0" + address[1..] : address));
            socket.Send(Encoding.UTF8.GetBytes(what));
        }
        catch (SocketException e)
        {
            Log.NotHeard(log, what, e);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1091, LogLevel.Error, "The database does not answer; systemd is not told that the server is well")]
        public static partial void NoAnswer(ILogger log, Exception why);

        [LoggerMessage(1092, LogLevel.Warning, "systemd did not take {What}")]
        public static partial void NotHeard(ILogger log, string what, Exception why);
    }
}
