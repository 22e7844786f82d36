using System.Diagnostics;
using System.Net.WebSockets;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using BorderInfo.Server.Content.Transcode;

namespace BorderInfo.Server.Content.Slides;

/// <summary>
/// One warm headless Chromium, spoken to over its DevTools socket. It resolves no host name, runs as nobody when the server is root, is replaced every
/// <see cref="SlidesPerBrowser"/> slides and started anew when it has died or does not answer within <see cref="Patience"/>.
/// </summary>
public sealed partial class SlideBrowser(ILogger<SlideBrowser> log) : IAsyncDisposable
{
    public const int SlidesPerBrowser = 200;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly string[] Programs = ["/usr/bin/chromium-headless-shell", "/usr/bin/chromium", "/usr/bin/google-chrome"];

    private readonly SemaphoreSlim turn = new(1);
    private Tab? tab;
    private int slides;

    /// <summary>The process that draws now; for tests.</summary>
    internal int? ProcessId => tab?.Process.Id;

    /// <summary>Runs work in the browser, one at a time; once more in a new browser when the first died under it.</summary>
    /// <exception cref="SlideBrowserFault">No browser could be started, or two died.</exception>
    internal async Task<T> Use<T>(Func<Tab, Task<T>> work, CancellationToken stop)
    {
        await turn.WaitAsync(stop);
        try
        {
            for (var attempt = 1; ; attempt++)
            {
                try
                {
                    return await work(await Ready(stop));
                }
                catch (Exception trouble) when (trouble is WebSocketException or TimeoutException or SlideBrowserFault && attempt == 1)
                {
                    Log.Died(log, trouble.Message);
                    await Close();
                }
            }
        }
        finally
        {
            turn.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Close();
        turn.Dispose();
    }

    private async Task<Tab> Ready(CancellationToken stop)
    {
        if (tab is not null && (slides++ >= SlidesPerBrowser || tab.Process.HasExited))
            await Close();
        return tab ??= await Start(stop);
    }

    private async Task<Tab> Start(CancellationToken stop)
    {
        var program = Programs.FirstOrDefault(File.Exists) ?? throw new SlideBrowserFault("no Chromium is installed: " + string.Join(", ", Programs));
        slides = 1;
        (bool AsNobody, bool Sandboxed)[] ways = ChildProcess.IsRoot ? [(true, true), (true, false), (false, false)] : [(false, true), (false, false)];
        foreach (var (asNobody, sandboxed) in ways)
        {
            if (await Tab.Open(program, asNobody, sandboxed, Patience, stop) is { } opened)
            {
                Log.Started(log, opened.Process.Id, asNobody, sandboxed);
                return opened;
            }
        }

        throw new SlideBrowserFault($"{program} does not start");
    }

    private async Task Close()
    {
        if (tab is { } old)
            await old.DisposeAsync();
        tab = null;
    }

    private static partial class Log
    {
        [LoggerMessage(1511, LogLevel.Information, "Slide browser {Pid} is ready (as nobody: {AsNobody}, own sandbox: {Sandboxed})")]
        public static partial void Started(ILogger log, int pid, bool asNobody, bool sandboxed);

        [LoggerMessage(1512, LogLevel.Warning, "The slide browser failed and is started anew: {Reason}")]
        public static partial void Died(ILogger log, string reason);
    }
}

/// <summary>The browser is not there or does not answer. A fault of the machine, not of the text.</summary>
public sealed class SlideBrowserFault(string message) : Exception(message);

/// <summary>One page of one browser process.</summary>
internal sealed partial class Tab : IAsyncDisposable
{
    private readonly ClientWebSocket socket = new();
    private readonly string home;
    private readonly TimeSpan patience;
    private string? session;
    private int lastId;

    private Tab(Process process, string home, TimeSpan patience) => (Process, this.home, this.patience) = (process, home, patience);

    public Process Process { get; }

    /// <summary>Null when the browser ended before it was ready.</summary>
    public static async Task<Tab?> Open(string program, bool asNobody, bool sandboxed, TimeSpan patience, CancellationToken stop)
    {
        var home = Directory.CreateTempSubdirectory("borderinfo-slides-").FullName;
        string[] arguments =
        [
            "--headless", "--disable-gpu", "--remote-debugging-port=0", "--remote-debugging-address=127.0.0.1", $"--user-data-dir={home}", "--hide-scrollbars", "--no-first-run",
            "--disable-background-networking", "--disable-extensions", "--disable-sync", "--mute-audio", "--host-resolver-rules=MAP * ~NOTFOUND", "--disable-lcd-text",
            "--font-render-hinting=none", "--disable-dev-shm-usage", .. sandboxed ? Array.Empty<string>() : ["--no-sandbox"], "about:blank",
        ];
        var opened = new Tab(ChildProcess.Start(program, arguments, home, asNobody), home, patience);
        if (await opened.Connect(stop))
            return opened;
        await opened.DisposeAsync();
        return null;
    }

    /// <summary>Loads the script and sets the size of the page.</summary>
    public async Task Prepare(int widthPx, int heightPx, string script, CancellationToken stop)
    {
        await Command("Emulation.setDeviceMetricsOverride", new JsonObject { ["width"] = widthPx, ["height"] = heightPx, ["deviceScaleFactor"] = 1, ["mobile"] = false }, stop);
        await Evaluate(script, stop);
    }

    public async Task<JsonNode?> Evaluate(string expression, CancellationToken stop)
    {
        var answer = await Command("Runtime.evaluate", new JsonObject { ["expression"] = expression, ["returnByValue"] = true }, stop);
        return answer["exceptionDetails"] is { } wrong ? throw new InvalidOperationException("slide script: " + wrong.ToJsonString()) : answer["result"]?["value"];
    }

    public async Task<byte[]> Picture(int widthPx, int heightPx, CancellationToken stop)
    {
        var clip = new JsonObject { ["x"] = 0, ["y"] = 0, ["width"] = widthPx, ["height"] = heightPx, ["scale"] = 1 };
        var answer = await Command("Page.captureScreenshot", new JsonObject { ["format"] = "png", ["clip"] = clip }, stop);
        return Convert.FromBase64String(answer["data"]!.GetValue<string>());
    }

    public async ValueTask DisposeAsync()
    {
        socket.Dispose();
        if (!Process.HasExited)
        {
            Process.Kill(entireProcessTree: true);
            await Process.WaitForExitAsync();
        }

        Process.Dispose();
        try
        {
            Directory.Delete(home, recursive: true);
        }
        catch (IOException)
        {
            // A grandchild is still writing its last; the folder is in the system's temporary files.
        }
    }

    private async Task<bool> Connect(CancellationToken stop)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
        limit.CancelAfter(patience);
        try
        {
            while (await Process.StandardError.ReadLineAsync(limit.Token) is { } line)
            {
                if (Address().Match(line) is not { Success: true } found)
                    continue;
                _ = Process.StandardError.BaseStream.CopyToAsync(Stream.Null, CancellationToken.None);
                _ = Process.StandardOutput.BaseStream.CopyToAsync(Stream.Null, CancellationToken.None);
                await socket.ConnectAsync(new Uri(found.Value), limit.Token);
                var target = await Command("Target.createTarget", new JsonObject { ["url"] = "about:blank" }, stop);
                var attached = await Command("Target.attachToTarget", new JsonObject { ["targetId"] = target["targetId"]!.GetValue<string>(), ["flatten"] = true }, stop);
                session = attached["sessionId"]!.GetValue<string>();
                return true;
            }
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            return false;
        }

        return false;
    }

    private async Task<JsonNode> Command(string method, JsonObject parameters, CancellationToken stop)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
        limit.CancelAfter(patience);
        try
        {
            var message = new JsonObject { ["id"] = ++lastId, ["method"] = method, ["params"] = parameters };
            if (session is not null)
                message["sessionId"] = session;
            await socket.SendAsync(JsonSerializer.SerializeToUtf8Bytes(message), WebSocketMessageType.Text, true, limit.Token);
            return await Answer(lastId, limit.Token);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            throw new TimeoutException($"{method} was not answered in {patience.TotalSeconds} s");
        }
    }

    /// <summary>The answer to one command; events of the browser in between are passed over.</summary>
    private async Task<JsonNode> Answer(int id, CancellationToken stop)
    {
        var buffer = new byte[1 << 16];
        while (true)
        {
            using var whole = new MemoryStream();
            ValueWebSocketReceiveResult part;
            do
            {
                part = await socket.ReceiveAsync(buffer.AsMemory(), stop);
                if (part.MessageType == WebSocketMessageType.Close)
                    throw new SlideBrowserFault("the browser closed its socket");
                whole.Write(buffer, 0, part.Count);
            }
            while (!part.EndOfMessage);

            var answer = JsonNode.Parse(whole.ToArray())!;
            if (answer["id"]?.GetValue<int>() == id)
                return answer["error"] is { } error ? throw new SlideBrowserFault(error.ToJsonString()) : answer["result"]!;
        }
    }

    [GeneratedRegex(@"ws://\S+")]
    private static partial Regex Address();
}
