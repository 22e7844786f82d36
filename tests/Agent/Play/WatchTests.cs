using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using BorderInfo.Agent.Play;
using BorderInfo.Contract.Plans;

namespace BorderInfo.Tests.Agent.Play;

/// <summary>How soon a hanging player is found, in virtual time and over a real socket.</summary>
public sealed class WatchTests : IDisposable
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(50);

    /// <summary>Ending the process and starting a new one takes a quarter of a second; five are promised in all.</summary>
    private static readonly TimeSpan InTime = TimeSpan.FromSeconds(4.5);

    private readonly FakeClock clock = new(DateTimeOffset.UtcNow);
    private readonly TestFolder folder = new();
    private readonly CancellationTokenSource over = new();
    private int asked;

    [Theory]
    [InlineData(0)]
    [InlineData(10)]
    [InlineData(990)]
    public async Task A_player_that_no_longer_answers_is_found_in_time(int hangsAfterMs)
    {
        await using var ipc = await Player(_ => null);
        clock.Advance(TimeSpan.FromMilliseconds(hangsAfterMs));

        var (why, after) = await Found(new MpvWatch(ipc, () => null, clock), () => Task.CompletedTask);

        Assert.Equal("no answer twice", why);
        Assert.InRange(after, TimeSpan.FromSeconds(2 * 1.7), InTime);
    }

    [Fact]
    public async Task It_is_found_in_time_too_while_somebody_waits_for_the_hanging_player()
    {
        await using var ipc = await Player(n => n == 1 ? "0.0" : null);

        var (why, after) = await Found(new MpvWatch(ipc, () => null, clock), () => Task.Delay(Timeout.Infinite, over.Token));

        Assert.Equal("no answer twice", why);
        Assert.InRange(after - TimeSpan.FromSeconds(1), TimeSpan.Zero, InTime);
    }

    [Fact]
    public async Task A_clip_that_stands_still_is_found_in_time()
    {
        await using var ipc = await Player(_ => "7.25");
        var clip = new Showing("clip", "/shelf/clip.mp4", PartKind.Clip, TimeSpan.Zero);

        var (why, after) = await Found(new MpvWatch(ipc, () => clip, clock), () => Task.CompletedTask);

        Assert.Equal("playback stands still", why);
        Assert.InRange(after - TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(3), InTime);
    }

    [Fact]
    public async Task A_player_that_answers_is_left_alone_and_asked_once_a_second()
    {
        await using var ipc = await Player(n => FormattableString.Invariant($"{n}.5"));
        var watch = new MpvWatch(ipc, () => new Showing("clip", "/shelf/clip.mp4", PartKind.Clip, TimeSpan.Zero), clock);

        var watching = watch.Until(() => Task.CompletedTask, over.Token);
        for (var second = 1; second <= 30; second++)
        {
            await Eventually.True(() => clock.SomebodySleepsUntil(clock.GetUtcNow().AddSeconds(1)), "the watch sleeps");
            clock.Advance(TimeSpan.FromSeconds(1));
            await Eventually.True(() => asked == second, $"question {second}");
        }

        Assert.True(watch.Answers);
        Assert.False(watching.IsCompleted);
    }

    public void Dispose()
    {
        over.Cancel();
        over.Dispose();
        folder.Dispose();
    }

    /// <summary>Lets time pass until the watch says something.</summary>
    private async Task<(string? Why, TimeSpan After)> Found(MpvWatch watch, Func<Task> everyRound)
    {
        var began = clock.GetTimestamp();
        var watching = watch.Until(everyRound, over.Token);
        while (!watching.IsCompleted && clock.GetElapsedTime(began) < TimeSpan.FromSeconds(30))
        {
            // Long enough for an answer over the socket; slower only makes the time found longer, never shorter.
            await Task.WhenAny(watching, Task.Delay(10));
            if (!watching.IsCompleted)
                clock.Advance(Step);
        }

        var after = clock.GetElapsedTime(began);
        return (await watching, after);
    }

    /// <summary>In mpv's place: takes every question and answers as told; null = stays silent.</summary>
    private async Task<MpvIpc> Player(Func<int, string?> placeAt)
    {
        var path = Path.Combine(folder.Data.Root, "p.sock");
        using var door = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        door.Bind(new UnixDomainSocketEndPoint(path));
        door.Listen(1);
        var ipc = await MpvIpc.Connect(path, TimeSpan.FromSeconds(10), TimeSpan.FromMilliseconds(new PlaySettings().AnswerWithinMs), () => true, clock, default);
        _ = Answer(await door.AcceptAsync(), placeAt);
        return ipc!;
    }

    private async Task Answer(Socket socket, Func<int, string?> placeAt)
    {
        await using var stream = new NetworkStream(socket, ownsSocket: true);
        using var questions = new StreamReader(stream);
        while (await questions.ReadLineAsync() is { } question)
        {
            var id = JsonNode.Parse(question)!["request_id"]!.GetValue<long>();
            if (placeAt(Interlocked.Increment(ref asked)) is { } place)
                await stream.WriteAsync(Encoding.UTF8.GetBytes($$"""{"data":{{place}},"request_id":{{id}},"error":"success"}""" + "\n"));
        }
    }
}
