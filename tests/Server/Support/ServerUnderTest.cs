using BorderInfo.Server.Platform.Database;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;

namespace BorderInfo.Tests.Server.Support;

/// <summary>The whole server with a real database file in a folder of its own, a clock in the test's hand, no broker and no chores but those that a test runs by hand.</summary>
/// <param name="folder">Null = a new one, deleted afterwards.</param>
/// <param name="settings">As on the command line.</param>
public sealed class ServerUnderTest(string? folder = null, params (string Key, string Value)[] settings) : WebApplicationFactory<Program>
{
    public string Folder { get; } = folder ?? Directory.CreateTempSubdirectory("borderinfo-test-").FullName;

    public FakeClock Clock { get; } = new();

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseSetting("data", Folder);
        builder.UseSetting("broker", "off");
        builder.UseSetting("jobs", "off");
        builder.UseSetting("disk:reserveMiB", "16");
        foreach (var (key, value) in settings)
            builder.UseSetting(key, value);
        builder.UseSetting("environment", "Testing");
        builder.ConfigureTestServices(services => services.AddSingleton<TimeProvider>(Clock));
    }

    /// <summary>Runs something with a scope of its own, as a request would.</summary>
    public async Task<T> Within<T>(Func<IServiceProvider, Task<T>> work)
    {
        using var scope = Services.CreateScope();
        return await work(scope.ServiceProvider);
    }

    public Task<T> WithDb<T>(Func<BorderInfoDb, Task<T>> work) => Within(s => work(s.GetRequiredService<BorderInfoDb>()));

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing && folder is null && Directory.Exists(Folder))
            Directory.Delete(Folder, recursive: true);
    }
}
