using BorderInfo.Mqtt;
using BorderInfo.Server.Messaging.Broker;
using BorderInfo.Server.Messaging.Certificates;
using BorderInfo.Server.Platform.Live;

namespace BorderInfo.Server.Messaging;

/// <summary>The server's own connection to the broker, kept alive. What arrives goes to the <see cref="Inbox"/>.</summary>
internal sealed partial class ServerLink(MessagingOptions options, ServerCertificates certificates, Inbox inbox, LiveBoard board, ILogger<ServerLink> log) : BackgroundService
{
    private MqttSession? session;

    public bool IsConnected => session is { IsConnected: true };

    /// <exception cref="IOException">Not connected, or the link broke before the broker acknowledged.</exception>
    public Task<byte> Send(MqttMessage message, CancellationToken stop) =>
        session?.PublishAsync(message, stop) ?? throw new IOException("the broker is switched off");

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var lost = false;
        session = new MqttSession(
            new MqttSessionOptions
            {
                Brokers =
                [
                    () => new MqttOptions
                    {
                        Port = options.LinkPort,
                        ClientId = "server",
                        CleanStart = false,
                        SessionExpirySeconds = 3600,
                        ReceiveMaximum = 100,
                        KeepAliveSeconds = 20,
                        MaximumPacketSize = 1024 * 1024,
                        ConnectTimeout = TimeSpan.FromSeconds(5),
                        Tls = BrokerProcess.LinkTls(certificates),
                    },
                ],
                RetryBase = TimeSpan.FromMilliseconds(100),
                RetryCap = TimeSpan.FromSeconds(2),
            },
            () => new ManagedMqttLink())
        {
            OnMessage = message => inbox.Take(message, stoppingToken),
            Connected = async (_, link, stop) =>
            {
                await link.SubscribeAsync([Topics.AllUplinks], Qos.AtLeastOnce, stop);
                lost = false;
                Log.Connected(log);
                board.Tell("broker");
            },
            Disconnected = why =>
            {
                // Null: asked to end.
                if (why is not null)
                    Log.Lost(log, why.Message);
                board.Tell("broker");
            },
            AttemptFailed = (_, why) =>
            {
                if (!lost)
                    Log.NotYet(log, why.Message);
                lost = true;
            },
        };
        await session.RunAsync(stoppingToken);
    }

    private static partial class Log
    {
        [LoggerMessage(1321, LogLevel.Information, "Connected to the broker")]
        public static partial void Connected(ILogger log);

        [LoggerMessage(1322, LogLevel.Warning, "The link to the broker ended: {Why}")]
        public static partial void Lost(ILogger log, string why);

        [LoggerMessage(1323, LogLevel.Information, "The broker does not answer yet: {Why}")]
        public static partial void NotYet(ILogger log, string why);
    }
}
