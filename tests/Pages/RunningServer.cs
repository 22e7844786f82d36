using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Microsoft.Playwright;

namespace BorderInfo.Tests.Pages;

/// <summary>
/// The server as it is started for people, with the sample data and no broker, and one Chromium; every sample user is signed in once by the printed link.
/// </summary>
public sealed class RunningServer : IAsyncLifetime
{
    public const string Password = "song-nui-bien-dao-2026";

    public static readonly string[] Users = ["admin", "bientap", "duyet", "bienphong", "kythuat"];

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);
    private readonly ConcurrentQueue<string> said = new();
    private readonly Dictionary<string, string> signedIn = [];
    private readonly string folder = Directory.CreateTempSubdirectory("borderinfo-pages-").FullName;
    private Process? process;
    private IPlaywright? playwright;

    public string Address { get; private set; } = "";

    public IBrowser Browser { get; private set; } = null!;

    /// <summary>The checkout: the folder of <c>BorderInfo.sln</c>.</summary>
    public static string Root { get; } = FindRoot();

    public async Task InitializeAsync()
    {
        await StartServer();
        playwright = await Playwright.CreateAsync();
        Browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = "/usr/bin/chromium", Args = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"] });
        var links = said.Where(line => line.Contains("/vao/", StringComparison.Ordinal)).Select(line => line.Trim()).ToArray();
        foreach (var (user, link) in Users.Zip(links))
            signedIn[user] = await SignInByLink(link);
    }

    public async Task DisposeAsync()
    {
        await Browser.DisposeAsync();
        playwright?.Dispose();
        process!.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
        process.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    /// <summary>A page of a signed-in user, or of nobody (null).</summary>
    /// <param name="width">Window width in CSS pixels.</param>
    public async Task<IPage> PageOf(string? user, string language, int width)
    {
        var context = await Browser.NewContextAsync(new()
        {
            BaseURL = Address, StorageState = user is null ? null : signedIn[user], BypassCSP = true,
            ViewportSize = new() { Width = width, Height = width > 500 ? 900 : 844 },
        });
        var page = await context.NewPageAsync();
        await page.GotoAsync($"/ngon-ngu/{language}?ve=/toi");
        return page;
    }

    private static string FindRoot()
    {
        var at = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(at.FullName, "BorderInfo.sln")))
            at = at.Parent ?? throw new InvalidOperationException("BorderInfo.sln stands in no folder above the tests");
        return at.FullName;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private async Task StartServer()
    {
        var port = FreePort();
        Address = $"http://127.0.0.1:{port}";
        var built = new DirectoryInfo(AppContext.BaseDirectory);
        var program = Path.Combine(Root, "server", "bin", built.Parent!.Name, built.Name, "borderinfo-server.dll");
        process = Process.Start(new ProcessStartInfo("dotnet", [program, "--data", folder, "--port", $"{port}", "--sample", "true", "--broker", "off"])
        {
            RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false,
        })!;
        process.OutputDataReceived += (_, line) => said.Enqueue(line.Data ?? "");
        process.ErrorDataReceived += (_, line) => said.Enqueue(line.Data ?? "");
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        var until = DateTime.UtcNow + Patience;
        while (!said.Any(line => line.Contains("Ctrl-C", StringComparison.Ordinal)))
        {
            if (process.HasExited || DateTime.UtcNow > until)
                throw new InvalidOperationException("the server did not start: " + string.Join('\n', said));
            await Task.Delay(100);
        }
    }

    private async Task<string> SignInByLink(string link)
    {
        await using var context = await Browser.NewContextAsync();
        var page = await context.NewPageAsync();
        await page.GotoAsync(link);
        await page.ClickAsync("form button.btn-primary");
        await page.FillAsync("input[type=password] >> nth=0", Password);
        await page.FillAsync("input[type=password] >> nth=1", Password);
        await page.ClickAsync("main form button.btn-primary");
        await Assertions.Expect(page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("/toi$"));
        return await context.StorageStateAsync();
    }
}

[CollectionDefinition(nameof(RunningServer))]
public sealed class WithTheRunningServer : ICollectionFixture<RunningServer>;
