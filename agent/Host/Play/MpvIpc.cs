using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading.Channels;

namespace BorderInfo.Agent.Play;

/// <summary>What mpv answered; without <paramref name="Ok"/> the <paramref name="Why"/> is mpv's own word, or ours when it stayed silent.</summary>
internal sealed record MpvAnswer(bool Ok, JsonNode? Value, string? Why)
{
    public static readonly MpvAnswer Silent = new(false, null, "no answer");

    public static readonly MpvAnswer Gone = new(false, null, "mpv is gone");

    /// <summary>mpv itself said yes or no.</summary>
    public bool IsFromMpv => this != Silent && this != Gone;
}

/// <summary>Something mpv told by itself, stamped when it was read from the socket.</summary>
internal sealed record MpvEvent(string Name, JsonObject Body, Moment When)
{
    public long Entry => Body["playlist_entry_id"]?.GetValue<long>() ?? 0;

    public string Text(string member) => Body[member]?.ToString() ?? "";
}

/// <summary>
/// mpv's JSON IPC over a Unix socket: one UTF-8 line per message, <c>request_id</c> pairs answers with questions, everything with <c>event</c> is news.
/// </summary>
/// <remarks>
/// Never throws for what happens in the world: a dead or hanging mpv is an answer that is not Ok. The protocol has no
/// authentication and can run programs, so the socket must lie in a folder of mode 0700. Source: mpv manual, "JSON IPC".
/// </remarks>
internal sealed class MpvIpc : IAsyncDisposable
{
    private readonly NetworkStream stream;
    private readonly TimeProvider clock;
    private readonly TimeSpan within;
    private readonly ConcurrentDictionary<long, TaskCompletionSource<MpvAnswer>> waiting = new();
    private readonly ConcurrentDictionary<string, string?> observed = new(StringComparer.Ordinal);
    private readonly Channel<MpvEvent> events = Channel.CreateUnbounded<MpvEvent>(new() { SingleWriter = true });
    private readonly SemaphoreSlim writing = new(1, 1);
    private readonly Task reading;
    private volatile Moment heard;
    private volatile bool closed;
    private long lastId;

    private MpvIpc(NetworkStream stream, TimeProvider clock, TimeSpan within)
    {
        (this.stream, this.clock, this.within) = (stream, clock, within);
        heard = Moment.Now(clock);
        reading = Task.Run(Read);
    }

    /// <summary>Completes when mpv closed the socket.</summary>
    public ChannelReader<MpvEvent> Events => events.Reader;

    /// <summary>Last instant at which mpv was known to run: when it said anything, or when it closed the socket without having been condemned.</summary>
    public Moment Heard => heard;

    /// <summary>Set before a player that does not answer is ended: the end of the socket is no sign of life then.</summary>
    public bool Condemned { get; set; }

    /// <summary>What mpv last told of a property that is observed; null = nothing yet, or it has no value now.</summary>
    public string? Observed(string property) => observed.GetValueOrDefault(property);

    /// <param name="alive">Waiting ends early when this turns false.</param>
    public static async Task<MpvIpc?> Connect(string path, TimeSpan within, TimeSpan answer, Func<bool> alive, TimeProvider clock, CancellationToken stop)
    {
        var end = Environment.TickCount64 + (long)within.TotalMilliseconds;
        while (alive() && Environment.TickCount64 < end)
        {
            var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            try
            {
                await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), stop);
                return new(new NetworkStream(socket, ownsSocket: true), clock, answer);
            }
            catch (SocketException)
            {
                socket.Dispose();
                await Task.Delay(15, stop);
            }
        }

        return null;
    }

    public Task<MpvAnswer> Ask(params JsonNode?[] command) => Send(new JsonArray(command));

    /// <summary>A command with named arguments; survives that mpv 0.38 put a new argument in the middle of <c>loadfile</c>.</summary>
    public Task<MpvAnswer> AskNamed(JsonObject command) => Send(command);

    public async ValueTask DisposeAsync()
    {
        await stream.DisposeAsync();
        await reading;
    }

    private async Task<MpvAnswer> Send(JsonNode command)
    {
        var id = Interlocked.Increment(ref lastId);
        var answer = new TaskCompletionSource<MpvAnswer>(TaskCreationOptions.RunContinuationsAsynchronously);
        waiting[id] = answer;
        using var limit = new CancellationTokenSource(within, clock);
        try
        {
            await Write(new JsonObject { ["command"] = command, ["request_id"] = id }, limit.Token);
            return closed ? MpvAnswer.Gone : await answer.Task.WaitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            return MpvAnswer.Silent;
        }
        catch (Exception gone) when (gone is IOException or ObjectDisposedException)
        {
            return MpvAnswer.Gone;
        }
        finally
        {
            waiting.TryRemove(id, out _);
        }
    }

    private async Task Write(JsonObject message, CancellationToken stop)
    {
        var line = System.Text.Encoding.UTF8.GetBytes(message.ToJsonString() + "\n");
        await writing.WaitAsync(stop);
        try
        {
            await stream.WriteAsync(line, stop);
        }
        finally
        {
            writing.Release();
        }
    }

    private async Task Read()
    {
        try
        {
            using var reader = new StreamReader(stream, leaveOpen: true);
            while (await reader.ReadLineAsync() is { } line)
                Take(line);
        }
        catch (Exception gone) when (gone is IOException or ObjectDisposedException)
        {
            // The process is gone or we are leaving: said once, below.
        }

        if (!Condemned)
            heard = Moment.Now(clock);
        closed = true;
        foreach (var one in waiting.Values)
            one.TrySetResult(MpvAnswer.Gone);
        events.Writer.TryComplete();
    }

    private void Take(string line)
    {
        heard = Moment.Now(clock);
        if (Parse(line) is not { } message)
            return;
        if (message["event"]?.ToString() is { } name)
            Tell(name, message);
        else if (message["request_id"]?.GetValue<long>() is { } id && waiting.TryRemove(id, out var answer))
            answer.TrySetResult(AnswerOf(message));
    }

    private void Tell(string name, JsonObject message)
    {
        if (name == "property-change" && message["name"]?.ToString() is { } property)
            observed[property] = message["data"]?.ToString();
        events.Writer.TryWrite(new(name, message, heard));
    }

    private static MpvAnswer AnswerOf(JsonObject message)
    {
        var error = message["error"]?.ToString();
        return error == "success" ? new(true, message["data"], null) : new(false, null, error ?? "no reason given");
    }

    private static JsonObject? Parse(string line)
    {
        try
        {
            return JsonNode.Parse(line) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
