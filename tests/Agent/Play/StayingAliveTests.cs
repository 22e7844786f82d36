using System.Diagnostics;
using System.Globalization;
using BorderInfo.Agent.Play;
using Microsoft.Extensions.Logging.Abstractions;

namespace BorderInfo.Tests.Agent.Play;

/// <summary>Players that are killed, stopped, left behind or have no display.</summary>
public sealed class StayingAliveTests(XDisplay display) : IClassFixture<XDisplay>
{
    [Fact]
    public async Task A_killed_player_comes_back_with_the_same_picture()
    {
        await using var room = new PlayRoom(display);
        var player = room.Play(PlayRoom.Region("LED-1", 0, 0, 320, 160));
        await player.Show(room.Red("a"), default);
        await room.News.Started("a");

        var before = DateTimeOffset.UtcNow;
        Signal("KILL", player.Pid!.Value);

        await room.News.Started("a", times: 2);
        await display.Shows(20, 20, Colour.Red);
        Assert.True(room.News.All[2].At >= before, "what was on air until the kill counts until the kill");
        Assert.Equal("player 0, start a, break a, player 1, start a", room.News.Words());
        var back = room.News.All[4].At - room.News.All[2].At;
        Assert.True(back < TimeSpan.FromSeconds(5), $"back after {back}");
    }

    [Fact]
    public async Task A_clip_goes_on_where_it_would_be_after_a_kill()
    {
        await using var room = new PlayRoom(display);
        var player = room.Play(PlayRoom.Region("LED-1", 0, 0, 320, 160));
        await player.Show(await room.Clip("clip", 3), default);
        await room.News.Started("clip");

        Signal("KILL", player.Pid!.Value);

        await room.News.Ended("clip");
        await Tools.Until(() => room.News.Words().EndsWith("end clip", StringComparison.Ordinal), "the natural end");
        Assert.Equal("player 0, start clip, break clip, player 1, start clip, end clip", room.News.Words());
        var whole = room.News.All[^1].At - room.News.All[1].At;
        Assert.InRange(whole.TotalSeconds, 2.5, 4.5);
    }

    [Fact]
    public async Task A_hanging_player_is_found_and_replaced()
    {
        await using var room = new PlayRoom(display);
        var player = room.Play(PlayRoom.Region("LED-1", 0, 0, 320, 160));
        await player.Show(room.Red("a"), default);
        await room.News.Started("a");

        Signal("STOP", player.Pid!.Value);

        await room.News.Started("a", times: 2);
        Assert.Equal("player 0, start a, break a, player 1, start a", room.News.Words());
        Assert.Equal(1, (await player.Look(default)).Restarts);
    }

    [Fact]
    public async Task A_file_that_takes_the_player_with_it_three_times_is_given_up()
    {
        await using var room = new PlayRoom(display);
        var player = room.Play(PlayRoom.Region("LED-1", 0, 0, 320, 160));
        await player.Show(room.Red("a"), default);

        for (var kill = 1; kill <= 3; kill++)
        {
            await room.News.Started("a", kill);
            Signal("KILL", player.Pid!.Value);
        }

        await room.News.Failed("a");
        await display.Shows(20, 20, Colour.Safe);
        await player.Show(room.Green("b"), default);
        await room.News.Started("b");
    }

    [Fact]
    public async Task A_display_that_is_not_there_is_told_as_a_missing_screen()
    {
        await using var room = new PlayRoom(display);
        await using var there = room.Maker.Make(PlayRoom.Region("LED-1", 0, 0, 320, 160), "Cụm thử nghiệm", room.News.Add);
        await using var unnamed = room.Maker.Make(PlayRoom.Region("LED-2", 0, 0, 320, 160) with { Screen = 7 }, "Cụm thử nghiệm", room.News.Add);
        await using var gone = new PlayRoom(new PlaySettings { VideoOutput = "x11", HardwareDecoding = "no", Displays = new() { [1] = ":4711" } });
        var dark = gone.Play(PlayRoom.Region("LED-3", 0, 0, 320, 160));

        Assert.Null((await there.Look(default)).ScreenMissing);
        Assert.Equal("no screen 7 in the settings", (await unnamed.Look(default)).ScreenMissing);
        Assert.Equal("X display :4711 of screen 1 does not answer", (await dark.Look(default)).ScreenMissing);
    }

    [Fact]
    public async Task Orphans_of_an_agent_that_died_are_ended()
    {
        await using var room = new PlayRoom(display);
        room.Settings = room.Settings with { SetPrivPath = "/absent" };
        var player = room.Play(PlayRoom.Region("LED-1", 0, 0, 320, 160));
        await player.Show(room.Red("a"), default);
        await room.News.Started("a");
        using var orphan = Process.GetProcessById(player.Pid!.Value);

        _ = new MpvPlayerMaker(room.Settings, room.Shelf, TimeProvider.System, NullLogger<MpvPlayer>.Instance);

        await Tools.Until(() => orphan.HasExited, "the orphan's end");
    }

    [Fact]
    public async Task A_recorded_pid_that_is_somebody_else_by_now_is_left_alone()
    {
        await using var room = new PlayRoom(display);
        using var somebody = Tools.Start("sleep", new Dictionary<string, string>(), "60");
        var stat = await File.ReadAllTextAsync($"/proc/{somebody.Id}/stat");
        var ticks = stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[19];
        Directory.CreateDirectory(room.Settings.RunFolder);
        await File.WriteAllTextAsync(Path.Combine(room.Settings.RunFolder, "LED-1.pid"), $"{somebody.Id} {ticks}");

        _ = room.Maker;

        Assert.False(somebody.HasExited);
        Assert.Empty(Directory.GetFiles(room.Settings.RunFolder, "*.pid"));
        somebody.Kill();
    }

    [Fact]
    public async Task A_missing_display_is_not_blamed_on_the_file()
    {
        await using var room = new PlayRoom(display);
        room.Settings = room.Settings with { Displays = new() { [1] = ":9999" } };
        var player = room.Play(PlayRoom.Region("LED-1", 0, 0, 320, 160));

        await player.Show(room.Red("a"), default);

        await Tools.Until(() => room.News.All.OfType<PlayerStarted>().Any(one => one.Restarts >= 3), "restarts");
        Assert.DoesNotContain(room.News.All, one => one is ShowingFailed or ShowingStarted);
    }

    [Fact]
    public async Task An_output_without_a_screen_in_the_settings_says_so()
    {
        await using var room = new PlayRoom(display);
        var output = PlayRoom.Region("LED-9", 0, 0, 320, 160) with { Screen = 9 };
        await using var player = room.Maker.Make(output, "", room.News.Add);

        await player.Show(room.Red("a"), default);

        Assert.Equal("no screen 9 in the settings", Assert.IsType<ShowingFailed>(Assert.Single(room.News.All)).Why);
    }

    [Fact]
    public async Task Ending_in_order_ends_the_showing_and_the_process()
    {
        await using var room = new PlayRoom(display);
        var player = room.Play(PlayRoom.Region("LED-1", 0, 0, 320, 160));
        await player.Show(room.Red("a"), default);
        await room.News.Started("a");
        using var process = Process.GetProcessById(player.Pid!.Value);

        await player.DisposeAsync();

        Assert.True(process.HasExited);
        Assert.Equal("player 0, start a, end a", room.News.Words());
        Assert.Empty(Directory.GetFiles(room.Settings.RunFolder, "*.pid"));
    }

    private static void Signal(string name, int pid)
    {
        using var kill = Process.Start("kill", ["-" + name, pid.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }
}
