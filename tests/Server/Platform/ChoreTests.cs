using BorderInfo.Server.Platform.Jobs;
using BorderInfo.Tests.Server.Support;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace BorderInfo.Tests.Server.Platform;

public sealed class ChoreTests
{
    [Fact]
    public async Task The_scheduler_runs_a_chore_again_and_again_never_beside_itself_and_through_its_failures()
    {
        using var bare = new ServerUnderTest();
        var tally = new Tally();
        var lines = new Lines();
        using var server = bare.WithWebHostBuilder(web => web.UseSetting("jobs", "on").ConfigureTestServices(services =>
            services.AddSingleton(tally).AddSingleton<ILoggerProvider>(lines).AddChore<Failing>("test.failing", TimeSpan.FromMilliseconds(20), TimeSpan.Zero)));

        using var client = server.CreateClient();
        await Until(() => tally.Runs >= 6, () => $"six runs; said: {string.Join("; ", lines.All.Where(l => !l.StartsWith("2010", StringComparison.Ordinal)))}");

        Assert.Equal(1, tally.MostAtOnce);
        Assert.Equal(bare.Clock, server.Services.GetRequiredService<TimeProvider>());
        Assert.False(Directory.Exists(Path.Combine(bare.Folder, "backups")), "a chore ran long before its first time");
        Assert.Single(lines.All, l => l.StartsWith("1071 ", StringComparison.Ordinal));
        Assert.Single(lines.All, l => l.StartsWith("1072 ", StringComparison.Ordinal));
        Assert.Null(server.Services.GetRequiredService<ChoreBook>().Ends["test.failing"].FailingSince);
    }

    [Fact]
    public void Every_chore_has_a_name_of_its_own_and_a_sensible_pace()
    {
        using var server = new ServerUnderTest();

        var chores = server.Services.GetServices<ChoreTime>().ToArray();

        Assert.Equal(
            ["fleet.forget-health", "fleet.notice-old-plans", "fleet.sweep", "platform.backup", "platform.watch-notes", "proof.compare-days", "proof.forget-plays", "publishing.renew-plans"],
            chores.Select(c => c.Name).Order(StringComparer.Ordinal));
        Assert.All(chores, c => Assert.InRange(c.Every, TimeSpan.FromSeconds(5), TimeSpan.FromDays(1)));
    }

    [Fact]
    public void A_clock_that_is_set_back_does_not_hold_the_chores_up()
    {
        var machine = new TwoClocks();
        var steady = new SteadyTime(machine);
        var began = steady.GetUtcNow();

        machine.Pass(TimeSpan.FromSeconds(10));
        machine.Set(-TimeSpan.FromHours(3));
        var back = steady.GetUtcNow();
        machine.Pass(TimeSpan.FromSeconds(5));
        var later = steady.GetUtcNow();
        machine.Set(TimeSpan.FromHours(9));
        var ahead = steady.GetUtcNow();

        Assert.Equal((10, 15), ((back - began).TotalSeconds, (later - began).TotalSeconds));
        Assert.Equal(machine.GetUtcNow(), ahead);
    }

    private static async Task Until(Func<bool> happened, Func<string> what)
    {
        for (var deadline = DateTime.UtcNow.AddSeconds(30); !happened(); await Task.Delay(20))
            Assert.True(DateTime.UtcNow < deadline, what());
    }

    /// <summary>Fails in its second and third run.</summary>
    private sealed class Failing(Tally tally) : IChore
    {
        public async Task Run(CancellationToken stop)
        {
            tally.Enter();
            await Task.Delay(30, stop);
            if (tally.Leave() is 2 or 3)
                throw new InvalidOperationException("on purpose");
        }
    }

    private sealed class Tally
    {
        private int inside;
        private int runs;

        public int Runs => Volatile.Read(ref runs);

        public int MostAtOnce { get; private set; }

        public void Enter() => MostAtOnce = Math.Max(MostAtOnce, Interlocked.Increment(ref inside));

        public int Leave()
        {
            Interlocked.Decrement(ref inside);
            return Interlocked.Increment(ref runs);
        }
    }

    /// <summary>A machine whose clock can be set, and whose time passes all the same.</summary>
    private sealed class TwoClocks : TimeProvider
    {
        private long ticks = 1;
        private TimeSpan off;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override DateTimeOffset GetUtcNow() => new DateTimeOffset(2026, 11, 23, 1, 0, 0, TimeSpan.Zero) + TimeSpan.FromTicks(ticks) + off;

        public override long GetTimestamp() => ticks;

        public void Pass(TimeSpan time) => ticks += time.Ticks;

        public void Set(TimeSpan by) => off += by;
    }
}
