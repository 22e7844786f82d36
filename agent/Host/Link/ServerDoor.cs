using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using BorderInfo.Agent.Store;
using BorderInfo.Agent.Time;
using BorderInfo.Contract;
using BorderInfo.Contract.Messages;
using BorderInfo.Contract.Plans;

namespace BorderInfo.Agent.Link;

/// <summary>How a download ended.</summary>
public enum Fetched
{
    Whole,

    /// <summary>The server cannot be reached, or the line broke or was too slow: nothing is wrong with the file. What came is kept.</summary>
    LineDown,

    /// <summary>The server has not got it, or sent something else.</summary>
    NotHad,

    /// <summary>Our disk did not take it.</summary>
    NoRoom,
}

/// <summary>The server's HTTPS door, with the site's certificate: media by hash with ranges, and pictures of the outputs.</summary>
public sealed partial class ServerDoor : IDisposable
{
    private const int SlowWindowSeconds = 60;
    private readonly Lock gate = new();
    private readonly Uri server;
    private readonly TlsTrust trust;
    private readonly TimeProvider time;
    private readonly long slowestBytesPerSecond;
    private readonly ILogger<ServerDoor> log;
    private (HttpClient Client, X509Certificate2 Shows) http;

    public ServerDoor(Uri server, TlsTrust trust, TimeProvider time, int slowestKibPerSecond, ILogger<ServerDoor> log)
    {
        (this.server, this.trust, this.time, this.log) = (server, trust, time, log);
        slowestBytesPerSecond = slowestKibPerSecond * 1024L;
        http = (Make(), trust.Own);
    }

    /// <summary>With the certificate of now. What is under way when it changes ends with the one before.</summary>
    private HttpClient Http
    {
        get
        {
            lock (gate)
            {
                if (!ReferenceEquals(http.Shows, trust.Own))
                    http = (Make(), trust.Own);
                return http.Client;
            }
        }
    }

    /// <summary>Goes on where an earlier try ended. Never throws but for <paramref name="stop"/>.</summary>
    public async Task<Fetched> Fetch(PlanFile file, Shelf shelf, PlanNumber plan, CancellationToken stop)
    {
        try
        {
            using var incoming = shelf.Receive(file);
            if (incoming.Length < file.Size && await Receive(file, incoming, stop) is { } ended)
            {
                Log.NotFetched(log, plan, file.Hash, ended, incoming.Length, file.Size);
                return ended;
            }

            var got = incoming.Finish();
            Log.Ended(log, plan, file.Hash, got, file.Size);
            return got switch { Received.Whole => Fetched.Whole, Received.TooShort => Fetched.LineDown, _ => Fetched.NotHad };
        }
        catch (Exception e) when (e is HttpRequestException or HttpIOException || (e is OperationCanceledException && !stop.IsCancellationRequested))
        {
            Log.LineDown(log, plan, file.Hash, e.InnerException?.Message ?? e.Message);
            return Fetched.LineDown;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Log.NoRoom(log, plan, file.Hash, e.Message);
            return Fetched.NoRoom;
        }
    }

    /// <summary>Sends a picture of an output. Null = it could not be sent; otherwise how long it took.</summary>
    public async Task<TimeSpan?> SendScreen(OutputId output, byte[] jpeg, ItemId? item, int version, int page, DateTimeOffset at, CancellationToken stop)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
        limit.CancelAfter(TimeSpan.FromSeconds(30));
        var began = time.GetTimestamp();
        try
        {
            using var ask = new HttpRequestMessage(HttpMethod.Put, new Uri(server, $"/agent/v1/screens/{output}")) { Content = new ByteArrayContent(jpeg) };
            ask.Content.Headers.ContentType = new MediaTypeHeaderValue("image/jpeg");
            if (item is { } shown)
            {
                ask.Headers.Add("X-Item", shown.Value);
                ask.Headers.Add("X-Version", version.ToString(CultureInfo.InvariantCulture));
                ask.Headers.Add("X-Page", page.ToString(CultureInfo.InvariantCulture));
            }

            ask.Headers.Add("X-At", at.UtcDateTime.ToString("O", CultureInfo.InvariantCulture));
            using var answer = await Http.SendAsync(ask, limit.Token);
            return answer.IsSuccessStatusCode ? time.GetElapsedTime(began) : null;
        }
        catch (Exception e) when (e is HttpRequestException or IOException || (e is OperationCanceledException && !stop.IsCancellationRequested))
        {
            Log.PictureNotSent(log, output, e.Message);
            return null;
        }
    }

    /// <summary>Asks for a certificate for a new key. Null = the server cannot be reached or answers nonsense; a refusal has the server's code.</summary>
    public async Task<Outcome<RenewDone>?> Renew(RenewAsk ask, CancellationToken stop)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
        limit.CancelAfter(TimeSpan.FromSeconds(60));
        try
        {
            using var body = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(ask, ContractJson.Wire.RenewAsk));
            body.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            using var answer = await Http.PostAsync(new Uri(server, "/agent/v1/renew"), body, limit.Token);
            var bytes = await answer.Content.ReadAsByteArrayAsync(limit.Token);
            if ((int)answer.StatusCode >= 500)
                return null;
            if (answer.IsSuccessStatusCode)
                return JsonSerializer.Deserialize(bytes, ContractJson.Wire.RenewDone) ?? throw new JsonException("null");
            return new Refusal(bytes.Length > 0 && JsonSerializer.Deserialize(bytes, ContractJson.Wire.AgentRefusal) is { } why ? why.Code : $"HTTP {(int)answer.StatusCode}");
        }
        catch (Exception e) when (e is HttpRequestException or IOException or JsonException || (e is OperationCanceledException && !stop.IsCancellationRequested))
        {
            Log.NotAsked(log, e.InnerException?.Message ?? e.Message);
            return null;
        }
    }

    /// <summary>Tells that the certificate shown is the one in use. False = not heard.</summary>
    public async Task<bool> TellRenewed(CancellationToken stop)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
        limit.CancelAfter(TimeSpan.FromSeconds(30));
        try
        {
            using var answer = await Http.PostAsync(new Uri(server, "/agent/v1/renewed"), null, limit.Token);
            return (int)answer.StatusCode < 500;
        }
        catch (Exception e) when (e is HttpRequestException or IOException || (e is OperationCanceledException && !stop.IsCancellationRequested))
        {
            Log.NotAsked(log, e.InnerException?.Message ?? e.Message);
            return false;
        }
    }

    public void Dispose() => http.Client.Dispose();

    private HttpClient Make() => new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseProxy = false,
        SslOptions = trust.For(server.Host),
        ConnectTimeout = TimeSpan.FromSeconds(20),
        PooledConnectionIdleTimeout = TimeSpan.FromMinutes(1),
    })
    {
        Timeout = Timeout.InfiniteTimeSpan,
        MaxResponseContentBufferSize = 1024 * 1024,
    };

    /// <summary>Null = everything the server had to say is written.</summary>
    private async Task<Fetched?> Receive(PlanFile file, IncomingFile incoming, CancellationToken stop)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
        limit.CancelAfter(TimeSpan.FromSeconds(30));
        using var ask = new HttpRequestMessage(HttpMethod.Get, new Uri(server, $"/agent/v1/media/{file.Hash}"));
        if (incoming.Length > 0)
            ask.Headers.Range = new RangeHeaderValue(incoming.Length, null);
        using var answer = await Http.SendAsync(ask, HttpCompletionOption.ResponseHeadersRead, limit.Token);
        var goesOn = answer.StatusCode == HttpStatusCode.PartialContent && answer.Content.Headers.ContentRange?.From == incoming.Length;
        if (answer.StatusCode != HttpStatusCode.OK && !goesOn)
        {
            if (incoming.Length > 0)
                incoming.StartOver();
            return (int)answer.StatusCode >= 500 ? Fetched.LineDown : Fetched.NotHad;
        }

        if (!goesOn && incoming.Length > 0)
            incoming.StartOver();
        await using var body = await answer.Content.ReadAsStreamAsync(limit.Token);
        return await Copy(body, incoming, limit);
    }

    private async Task<Fetched?> Copy(System.IO.Stream body, IncomingFile incoming, CancellationTokenSource limit)
    {
        var buffer = new byte[64 * 1024];
        var (windowFrom, windowStart) = (incoming.Length, time.GetTimestamp());
        while (true)
        {
            limit.CancelAfter(TimeSpan.FromSeconds(30));
            var read = await body.ReadAsync(buffer, limit.Token);
            if (read == 0)
                return null;
            if (!incoming.Take(buffer.AsSpan(0, read)))
            {
                incoming.StartOver();
                return Fetched.NotHad;
            }

            if (time.GetElapsedTime(windowStart).TotalSeconds < SlowWindowSeconds)
                continue;
            if (incoming.Length - windowFrom < slowestBytesPerSecond * SlowWindowSeconds)
                return Fetched.LineDown;
            (windowFrom, windowStart) = (incoming.Length, time.GetTimestamp());
        }
    }

    private static partial class Log
    {
        [LoggerMessage(4406, LogLevel.Warning, "The server could not be asked for a certificate: {Why}")]
        public static partial void NotAsked(ILogger log, string why);

        [LoggerMessage(4401, LogLevel.Information, "{Plan}: file {Hash} fetched: {How}, {Size} bytes")]
        public static partial void Ended(ILogger log, PlanNumber plan, MediaHash hash, Received how, long size);

        [LoggerMessage(4402, LogLevel.Warning, "{Plan}: file {Hash} not fetched: {Why}, {Length} of {Size} bytes")]
        public static partial void NotFetched(ILogger log, PlanNumber plan, MediaHash hash, Fetched why, long length, long size);

        [LoggerMessage(4403, LogLevel.Warning, "{Plan}: file {Hash}: the line is down: {Why}")]
        public static partial void LineDown(ILogger log, PlanNumber plan, MediaHash hash, string why);

        [LoggerMessage(4404, LogLevel.Error, "{Plan}: file {Hash} does not go onto the disk: {Why}")]
        public static partial void NoRoom(ILogger log, PlanNumber plan, MediaHash hash, string why);

        [LoggerMessage(4405, LogLevel.Debug, "{Output}: picture not sent: {Why}")]
        public static partial void PictureNotSent(ILogger log, OutputId output, string why);
    }
}
