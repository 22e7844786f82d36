using BorderInfo.Agent.Play;
using BorderInfo.Contract.Plans;

namespace BorderInfo.Tests.Agent.Play;

/// <summary>Real mpv on a real X server, looked at from outside.</summary>
public sealed class PictureTests(XDisplay display) : IClassFixture<XDisplay>
{
    [Fact]
    public async Task A_still_fills_its_region_to_the_pixel_and_nothing_beyond()
    {
        await using var room = new PlayRoom(display);
        var player = room.Play(PlayRoom.Region("LED-1", 100, 50, 320, 160));

        await player.Show(room.Red("a"), default);

        await room.News.Started("a");
        await display.Shows(110, 60, Colour.Red);
        Assert.Equal((320 * 160, 100, 50, 419, 209), (await display.Look()).Area(Colour.Red));
        Assert.Equal("player 0, start a", room.News.Words());
    }

    [Fact]
    public async Task A_change_never_shows_black()
    {
        await using var room = new PlayRoom(display);
        var player = room.Play(PlayRoom.Region("LED-1", 100, 50, 320, 160));
        await player.Show(room.Red("a"), default);
        await display.Shows(200, 100, Colour.Red);

        var film = await display.Film(200, 100, 2, () => player.Show(room.Still("b", (0, 255, 0), 200, 90), default));

        Assert.Equal(Colour.Red, film[0]);
        Assert.Equal(Colour.Green, film[^1]);
        Assert.All(film, colour => Assert.True(colour == Colour.Red || colour == Colour.Green, $"{colour}"));
        Assert.Equal("player 0, start a, end a, start b", room.News.Words());
        var (ended, started) = (room.News.All[2], room.News.All[3]);
        Assert.Equal(ended.Stamp, started.Stamp);
    }

    [Fact]
    public async Task A_prepared_showing_waits_until_it_is_asked_for()
    {
        await using var room = new PlayRoom(display);
        var player = room.Play(PlayRoom.Region("LED-1", 0, 0, 320, 160));
        var (clip, next) = (await room.Clip("clip", 0.6), room.Green("next"));
        await player.Show(clip, default);
        await room.News.Started("clip");
        await player.Prepare(next, default);
        await room.News.Ended("clip");
        Assert.Equal(Colour.Blue, (await display.Look()).At(20, 20));

        await player.Show(next, default);

        await room.News.Started("next");
        await display.Shows(20, 20, Colour.Green);
        Assert.Equal("player 0, start clip, end clip, start next", room.News.Words());
    }

    [Fact]
    public async Task A_clip_tells_its_own_end_after_its_length()
    {
        await using var room = new PlayRoom(display);
        var player = room.Play(PlayRoom.Region("LED-1", 0, 0, 320, 160));

        await player.Show(await room.Clip("clip", 1), default);

        await room.News.Ended("clip");
        var (started, ended) = (room.News.All.OfType<ShowingStarted>().Single(), room.News.All.OfType<ShowingEnded>().Single());
        Assert.InRange((ended.At - started.At).TotalSeconds, 0.9, 5);
        Assert.False(ended.Broken);
        Assert.Null((await player.Look(default)).Key);
    }

    [Fact]
    public async Task A_clip_joined_in_the_middle_ends_earlier()
    {
        await using var room = new PlayRoom(display);
        var player = room.Play(PlayRoom.Region("LED-1", 0, 0, 320, 160));
        var clip = await room.Clip("clip", 60);

        await player.Show(clip with { Offset = TimeSpan.FromSeconds(59.2) }, default);

        await room.News.Ended("clip");
        Assert.Equal("player 0, start clip, end clip", room.News.Words());
    }

    [Fact]
    public async Task Asking_again_for_the_same_key_changes_nothing()
    {
        await using var room = new PlayRoom(display);
        var player = room.Play(PlayRoom.Region("LED-1", 0, 0, 320, 160));
        await player.Show(room.Red("a"), default);
        await room.News.Started("a");

        await player.Show(room.Red("a"), default);
        await player.Show(room.Green("b"), default);

        await room.News.Started("b");
        Assert.Equal("player 0, start a, end a, start b", room.News.Words());
    }

    [Fact]
    public async Task Two_regions_stand_side_by_side_on_one_screen()
    {
        await using var room = new PlayRoom(display);
        var (left, right) = (room.Play(PlayRoom.Region("LED-1.A", 0, 0, 192, 96)), room.Play(PlayRoom.Region("LED-1.B", 192, 0, 192, 96)));

        await left.Show(room.Red("a"), default);
        await right.Show(room.Green("b"), default);

        await display.Shows(100, 50, Colour.Red);
        await display.Shows(300, 50, Colour.Green);
        var picture = await display.Look();
        Assert.Equal((192 * 96, 0, 0, 191, 95), picture.Area(Colour.Red));
        Assert.Equal((192 * 96, 192, 0, 383, 95), picture.Area(Colour.Green));
    }

    [Fact]
    public async Task The_safe_screen_stands_before_anything_and_after_nothing()
    {
        await using var room = new PlayRoom(display);
        var player = room.Play(PlayRoom.Region("LED-1", 0, 0, 320, 160));
        await display.Shows(20, 20, Colour.Safe);
        await player.Show(room.Red("a"), default);
        await display.Shows(20, 20, Colour.Red);

        await player.Show(new("safe", null, PartKind.Still, TimeSpan.Zero), default);

        await room.News.Started("safe");
        await display.Shows(20, 20, Colour.Safe);
        await Tools.Until(async () => (await display.Look()).Area(new(4, 4, 4)).Count > 300, "the white words on the safe screen");
        Assert.Equal("player 0, start a, end a, start safe", room.News.Words());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(60)]
    public async Task A_broken_file_fails_and_the_old_picture_stays(int goodBytes)
    {
        await using var room = new PlayRoom(display);
        var player = room.Play(PlayRoom.Region("LED-1", 0, 0, 320, 160));
        await player.Show(room.Red("a"), default);
        await display.Shows(20, 20, Colour.Red);
        var cut = FlatPng.Draw(320, 160, (0, 255, 0), (0, 255, 0))[..goodBytes];
        var broken = room.Put("broken.png", cut);

        var film = await display.Film(20, 20, 1.5, () => player.Show(new("broken", broken, PartKind.Still, TimeSpan.Zero), default));

        await room.News.Failed("broken");
        Assert.All(film, colour => Assert.Equal(Colour.Red, colour));
        Assert.Equal("player 0, start a, fail broken", room.News.Words());
        Assert.Equal("a", (await player.Look(default)).Key);
    }

    [Theory]
    [InlineData("/etc/hostname")]
    [InlineData("http://example.invalid/a.png")]
    [InlineData("--script=/tmp/a.lua")]
    [InlineData("{shelf}/../a.png")]
    [InlineData("{shelf}/link.png")]
    public async Task Nothing_from_outside_the_shelf_reaches_the_player(string path)
    {
        await using var room = new PlayRoom(display);
        File.CreateSymbolicLink(Path.Combine(room.Shelf, "link.png"), "/etc/hostname");
        var player = room.Play(PlayRoom.Region("LED-1", 0, 0, 320, 160));

        await player.Show(new("a", path.Replace("{shelf}", room.Shelf, StringComparison.Ordinal), PartKind.Still, TimeSpan.Zero), default);

        Assert.Contains(room.News.All, one => one is ShowingFailed { Key: "a" });
    }

    [Theory]
    [InlineData("list.m3u", "#EXTM3U\nred.png\n")]
    [InlineData("list.mp4", "#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\nred.png\n")]
    [InlineData("list.edl", "# mpv EDL v0\nred.png\n")]
    [InlineData("list.ffconcat", "ffconcat version 1.0\nfile red.png\n")]
    public async Task A_playlist_on_the_shelf_is_not_followed(string name, string text)
    {
        await using var room = new PlayRoom(display);
        room.Red("red");
        var player = room.Play(PlayRoom.Region("LED-1", 0, 0, 320, 160));

        await player.Show(new("list", room.Put(name, System.Text.Encoding.UTF8.GetBytes(text)), PartKind.Clip, TimeSpan.Zero), default);

        await room.News.Failed("list");
        Assert.DoesNotContain(room.News.All, one => one is ShowingStarted);
    }

    [Fact]
    public async Task The_player_is_asked_and_its_screen_is_grabbed()
    {
        await using var room = new PlayRoom(display);
        var player = room.Play(PlayRoom.Region("SCREEN-1", 0, 0, 640, 480));
        await player.Show(room.Red("a"), default);
        await display.Shows(20, 20, Colour.Red);

        var jpeg = await player.Grab(default);
        var sight = await player.Look(default);

        Assert.NotNull(jpeg);
        Assert.Equal([0xFF, 0xD8, 0xFF], jpeg.AsSpan(0, 3).ToArray());
        Assert.Equal((true, "a", 0, "x11", true), (sight.Alive, sight.Key, sight.Restarts, sight.VideoOutput, sight.GeometryOk));
        Assert.InRange(sight.Luma!.Value, 50, 100);
    }

    [Fact]
    public async Task A_still_that_is_really_on_the_screen_is_told_to_be_seen_and_one_that_something_covers_is_not()
    {
        await using var room = new PlayRoom(display);
        var region = PlayRoom.Region("SCREEN-1", 0, 0, 320, 160);
        var player = room.Play(region);
        var shown = await Slide(room, "shown", "testsrc=s=320x160");
        await player.Show(shown, default);
        await room.News.Started("shown");
        await Tools.Until(() => Grabbed(player, room) > 0, "seen");

        var above = room.Play(PlayRoom.Region("ABOVE", 0, 0, 320, 160));
        await above.Show(room.Red("above"), default);
        await display.Shows(20, 20, Colour.Red);
        var before = Grabbed(player, room);
        var jpeg = await player.Grab(default);

        Assert.NotNull(jpeg);
        Assert.Equal(before, room.News.All.OfType<ShowingSeen>().Count());
        Assert.All(room.News.All.OfType<ShowingSeen>(), s => Assert.Equal("shown", s.Key));

        static int Grabbed(MpvPlayer player, PlayRoom room)
        {
            var had = room.News.All.OfType<ShowingSeen>().Count();
            if (had == 0)
                player.Grab(default).GetAwaiter().GetResult();
            return room.News.All.OfType<ShowingSeen>().Count();
        }
    }

    [Fact]
    public async Task A_slide_with_one_other_line_of_words_does_not_agree_nor_does_a_plain_one_with_a_dark_screen()
    {
        await using var room = new PlayRoom(display);
        Directory.CreateDirectory(room.Settings.RunFolder);
        var grab = new ScreenGrab(PlayRoom.Region("SCREEN-1", 0, 0, 1280, 720), room.Settings);
        var one = await Words(room, "one", "Hàng hóa qua cửa khẩu: 1.250 tấn");
        var other = await Words(room, "other", "Hàng hóa qua cửa khẩu: 1.380 tấn");
        var plain = room.Still("plain", (0, 0, 0), 1280, 720);

        var seen = (await grab.OfFile(one.Path!, default))!;
        var dark = (await grab.OfFile(plain.Path!, default))!;

        Assert.Equal((true, false, false), (await grab.Agrees(seen, one.Path!, default), await grab.Agrees(seen, other.Path!, default), await grab.Agrees(dark, plain.Path!, default)));
    }

    private static async Task<Showing> Slide(PlayRoom room, string key, string source)
    {
        var path = Path.Combine(room.Shelf, key + ".png");
        await Tools.Ffmpeg("-f", "lavfi", "-i", source, "-frames:v", "1", path);
        return new(key, path, PartKind.Still, TimeSpan.Zero);
    }

    private static Task<Showing> Words(PlayRoom room, string key, string words) =>
        Slide(room, key, $"color=c=0x103060:s=1280x720,drawtext=font=Noto Sans:text='{words.Replace(":", "\\:", StringComparison.Ordinal)}':fontcolor=white:fontsize=56:x=60:y=300");
}
