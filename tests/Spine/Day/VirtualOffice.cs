using BorderInfo.Server.Content.Public;
using BorderInfo.Server.Identity.Public;
using BorderInfo.Server.Messaging.Public;
using BorderInfo.Tests.Agent.Support;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;

namespace BorderInfo.Tests.Spine.Day;

/// <summary>The real server in this process, with its doors open, its broker as a child and its database in a file; only its wall clock is the test's.</summary>
internal sealed class VirtualOffice : WebApplicationFactory<ContentLanguage>
{
    private readonly string folder;
    private readonly FakeClock clock;
    private readonly int port;

    public VirtualOffice(string folder, FakeClock clock, int port)
    {
        (this.folder, this.clock, this.port) = (folder, clock, port);
        UseKestrel();
        StartServer();
    }

    public string Address => $"http://127.0.0.1:{port}";

    public int AgentPort => port + 1;

    public int BrokerPort => port + 2;

    /// <summary>Of the server's certificate, as printed beside an enrolment code.</summary>
    public string Fingerprint => Services.GetRequiredService<ISiteCertificates>().ServerFingerprint;

    /// <summary>A sample user, signed in anew by a link.</summary>
    public async Task<Office> Enter(string user)
    {
        var links = await SampleUsers.Ensure(Services, new Dictionary<string, AreaScope>());
        return await Office.Enter(Address, "/vao/" + links.Single(l => l.UserName == user).Token);
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseSetting("data", folder);
        builder.UseSetting("port", $"{port}");
        builder.UseSetting("environment", "Testing");
        builder.ConfigureTestServices(services => services.AddSingleton<TimeProvider>(new Wall(clock)));
    }

    /// <summary>Tells the test's time; timers run in real time.</summary>
    private sealed class Wall(FakeClock clock) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => clock.GetUtcNow();
    }
}
