using BorderInfo.Server.Platform.Startup;

namespace BorderInfo.Server.Messaging;

/// <summary>Where the server can be reached. From the command line or settings.</summary>
public sealed record MessagingOptions
{
    /// <summary>Port of the pages, 1–65535. Default: 8080. The three ports below follow it unless they are given.</summary>
    public int Port { get; init; } = 8080;

    /// <summary>Address the pages listen on. Default: 127.0.0.1; a server in a network stands behind a proxy with TLS or gives its own address.</summary>
    public string Bind { get; init; } = "127.0.0.1";

    /// <summary>Address the agents' HTTPS door and the broker's site listener bind to. Default: 127.0.0.1.</summary>
    public string SiteBind { get; init; } = "127.0.0.1";

    /// <summary>Name or address by which sites reach this server. Default: 127.0.0.1.</summary>
    public string PublicHost { get; init; } = "127.0.0.1";

    /// <summary>HTTPS door of the agents. Default: <see cref="Port"/> + 1.</summary>
    public int AgentPort { get; init; }

    /// <summary>The broker's TLS listener for sites. Default: <see cref="Port"/> + 2.</summary>
    public int BrokerPort { get; init; }

    /// <summary>The broker's inner listener, loopback only. Default: <see cref="Port"/> + 3.</summary>
    public int LinkPort { get; init; }

    /// <summary><c>own</c>: Mosquitto as a child process. <c>off</c>: no messaging (tests, repair).</summary>
    public string Broker { get; init; } = "own";

    /// <summary>The broker's program. Default: <c>mosquitto</c> where Debian or a local build puts it.</summary>
    public string? BrokerProgram { get; init; }

    /// <summary>Address of the pages as a person types it.</summary>
    public string Address => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"http://{Bind}:{Port}");

    /// <exception cref="CannotStart">A port of ours is taken; a broker left over from a killed server may hold the other two and is ended later.</exception>
    public void NeedPorts()
    {
        CannotStart.NeedsPort(Bind, Port, "port");
        CannotStart.NeedsPort(SiteBind, AgentPort, "agentPort");
    }

    public static MessagingOptions From(IConfiguration settings)
    {
        var port = settings.GetValue("port", 8080);
        return new()
        {
            Port = port,
            Bind = settings.GetValue("bind", "127.0.0.1")!,
            SiteBind = settings.GetValue("siteBind", "127.0.0.1")!,
            PublicHost = settings.GetValue("publicHost", "127.0.0.1")!,
            AgentPort = settings.GetValue("agentPort", port + 1),
            BrokerPort = settings.GetValue("brokerPort", port + 2),
            LinkPort = settings.GetValue("linkPort", port + 3),
            Broker = settings.GetValue("broker", "own")!,
            BrokerProgram = settings["brokerProgram"],
        };
    }
}
