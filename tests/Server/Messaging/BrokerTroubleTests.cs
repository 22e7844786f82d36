using System.Net;
using System.Net.Sockets;
using BorderInfo.Server.Identity.Public;
using BorderInfo.Server.Messaging.Public;
using BorderInfo.Tests.Server.Support;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace BorderInfo.Tests.Server.Messaging;

/// <summary>The server starts without its broker, says so on the overview and in the log, and finds it when it comes.</summary>
public sealed class BrokerTroubleTests : IDisposable
{
    private readonly ServerUnderTest bare = new();
    private readonly Lines lines = new();
    private readonly string bin = Directory.CreateTempSubdirectory("borderinfo-bin-").FullName;

    public void Dispose()
    {
        bare.Dispose();
        Directory.Delete(bin, recursive: true);
    }

    [Fact]
    public async Task A_broker_that_is_installed_later_is_found_without_a_restart()
    {
        var program = Path.Combine(bin, "mosquitto");
        await using var server = With(program, BrokerUnderTest.FreePort());
        var technician = await server.ClientAs(Roles.Technician);
        await Said(technician, "chưa cài Mosquitto");

        File.CreateSymbolicLink(program, "/usr/sbin/mosquitto");

        await BrokerUnderTest.Until(() => server.Services.GetRequiredService<IDownlink>().Connected, "the broker is found and reached");
        await Until(async () => !(await Overview(technician)).Contains("Mosquitto", StringComparison.Ordinal), "the note goes");
        Assert.Single(lines.All, l => l.StartsWith("1303 ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_broker_whose_port_is_taken_is_told_with_what_it_said_and_once()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        await using var server = With("/usr/sbin/mosquitto", ((IPEndPoint)other.LocalEndpoint).Port);
        var technician = await server.ClientAs(Roles.Technician);

        await Said(technician, "Address already in use");
        await Task.Delay(1000);

        Assert.Single(lines.All, l => l.StartsWith("1304 ", StringComparison.Ordinal));
        Assert.False(server.Services.GetRequiredService<IDownlink>().Connected);
    }

    [Fact]
    public async Task What_a_broker_said_while_it_ran_is_not_told_as_the_reason_why_it_ended()
    {
        var program = Path.Combine(bin, "mosquitto");
        File.WriteAllText(program, "#!/bin/sh\nsleep 3\necho 'Error: a client went away' >&2\nexec 2>&-\nexit 7\n");
        File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        await using var server = With(program, BrokerUnderTest.FreePort());
        var technician = await server.ClientAs(Roles.Technician);

        await Said(technician, "mosquitto ended with 7");

        Assert.DoesNotContain(lines.All, l => l.StartsWith("1304 ", StringComparison.Ordinal) && l.Contains("a client went away", StringComparison.Ordinal));
    }

    private WebApplicationFactory<Program> With(string program, int brokerPort) => bare.WithWebHostBuilder(web => web
        .UseSetting("broker", "own").UseSetting("brokerProgram", program).UseSetting("brokerPort", $"{brokerPort}").UseSetting("linkPort", $"{BrokerUnderTest.FreePort()}")
        .UseSetting("port", $"{BrokerUnderTest.FreePort()}").UseSetting("agentPort", $"{BrokerUnderTest.FreePort()}")
        .ConfigureTestServices(s => s.AddSingleton<ILoggerProvider>(lines).AddSingleton(TimeProvider.System)));

    private static Task Said(HttpClient technician, string what) => Until(async () => (await Overview(technician)).Contains(what, StringComparison.Ordinal), what);

    private static async Task<string> Overview(HttpClient client) => WebUtility.HtmlDecode(await client.GetStringAsync("/"));

    private static async Task Until(Func<Task<bool>> happened, string what)
    {
        for (var deadline = DateTime.UtcNow.AddSeconds(30); !await happened(); await Task.Delay(100))
            Assert.True(DateTime.UtcNow < deadline, what);
    }
}
