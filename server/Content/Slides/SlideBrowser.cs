using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using BorderInfo.Server.Content.Transcode;

namespace BorderInfo.Server.Content.Slides;

/// <summary>
/// One warm headless Chromium, spoken to over its DevTools pipe: it opens no port that another user of the machine could reach. It resolves no host name, runs as nobody when the server is root, is replaced every
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
                catch (Exception trouble) when (trouble is IOException or TimeoutException or SlideBrowserFault && attempt == 1)
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
internal sealed class Tab : IAsyncDisposable
{
    /// <summary>Chromium takes commands from 3 and answers on 4; these become our end of its standard input and output. The words after it are passed on as they are.</summary>
    private static readonly string[] PipesOnThreeAndFour = ["-c", "exec \"$@\" 3<&0 4>&1 </dev/null >/dev/null", "sh"];

    /// <summary>A picture of 3840 × 2160 in Base64 stays far below.</summary>
    private const int MessageBytes = 128 << 20;

    private readonly MemoryStream unread = new();
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
            "--headless", "--disable-gpu", "--remote-debugging-pipe", $"--user-data-dir={home}", "--hide-scrollbars", "--no-first-run",
            "--disable-background-networking", "--disable-extensions", "--disable-sync", "--mute-audio", "--host-resolver-rules=MAP * ~NOTFOUND", "--disable-lcd-text",
            "--font-render-hinting=none", "--disable-dev-shm-usage", .. sandboxed ? Array.Empty<string>() : ["--no-sandbox"], "about:blank",
        ];
        var opened = new Tab(ChildProcess.Start("/bin/sh", [.. PipesOnThreeAndFour, program, .. arguments], home, asNobody), home, patience);
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
        _ = Process.StandardError.BaseStream.CopyToAsync(Stream.Null, CancellationToken.None);
        try
        {
            var target = await Command("Target.createTarget", new JsonObject { ["url"] = "about:blank" }, stop);
            var attached = await Command("Target.attachToTarget", new JsonObject { ["targetId"] = target["targetId"]!.GetValue<string>(), ["flatten"] = true }, stop);
            session = attached["sessionId"]!.GetValue<string>();
            return true;
        }
        catch (Exception trouble) when (trouble is IOException or TimeoutException or SlideBrowserFault)
        {
            return false;
        }
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
            byte[] bytes = [.. JsonSerializer.SerializeToUtf8Bytes(message), 0];
            await Process.StandardInput.BaseStream.WriteAsync(bytes, limit.Token);
            await Process.StandardInput.BaseStream.FlushAsync(limit.Token);
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
        while (true)
        {
            var answer = JsonNode.Parse(await Message(stop))!;
            if (answer["id"]?.GetValue<int>() == id)
                return answer["error"] is { } error ? throw new SlideBrowserFault(error.ToJsonString()) : answer["result"]!;
        }
    }

    /// <summary>The bytes up to the next NUL, which ends every message.</summary>
    private async Task<byte[]> Message(CancellationToken stop)
    {
        var buffer = new byte[1 << 16];
        var searched = 0;
        while (true)
        {
            var end = unread.GetBuffer().AsSpan(searched, (int)unread.Length - searched).IndexOf((byte)0);
            if (end >= 0)
                return Taken(searched + end);
            searched = (int)unread.Length;
            var read = await Process.StandardOutput.BaseStream.ReadAsync(buffer, stop);
            if (read == 0 || unread.Length + read > MessageBytes)
                throw new SlideBrowserFault("the browser closed its pipe");
            unread.Write(buffer, 0, read);
        }
    }

    private byte[] Taken(int length)
    {
        var whole = unread.ToArray();
        unread.SetLength(0);
        unread.Write(whole, length + 1, whole.Length - length - 1);
        return whole[..length];
    }
}
