using BorderInfo.Agent.Play;
using BorderInfo.Contract.Plans;

namespace BorderInfo.Tests.Agent.Play;

/// <summary>Real mpv on a real sound service, listened to from outside.</summary>
public sealed class SpeakerTests(PulseService pulse) : IClassFixture<PulseService>
{
    [Fact]
    public async Task Speech_is_heard_and_silence_follows()
    {
        await using var room = Room();
        var player = room.Play(Line());

        await player.Show(await room.Speech("speech", 60), default);

        await room.News.Started("speech");
        await Tools.Until(async () => await pulse.Peak() > 1_000, "sound");
        await player.Show(new("nothing", null, PartKind.Speech, TimeSpan.Zero), default);
        await Tools.Until(async () => await pulse.Peak() < 10, "silence");
        Assert.Equal("player 0, start speech, end speech, start nothing", room.News.Words());
    }

    [Fact]
    public async Task Speech_ends_by_itself()
    {
        await using var room = Room();
        var player = room.Play(Line());

        await player.Show(await room.Speech("speech", 0.5), default);

        await room.News.Ended("speech");
        Assert.Equal("player 0, start speech, end speech", room.News.Words());
    }

    [Fact]
    public async Task A_quieter_line_is_quieter()
    {
        await using var room = Room();
        var speech = await room.Speech("speech", 60);
        var loud = room.Play(Line() with { VolumePercent = 100 });
        await loud.Show(speech, default);
        await Tools.Until(async () => await pulse.Peak() > 1_000, "sound");
        var loudPeak = await pulse.Peak();
        await loud.DisposeAsync();
        await Tools.Until(async () => await pulse.Peak() < 10, "silence");

        await room.Play(Line() with { VolumePercent = 50 }).Show(speech, default);

        await Tools.Until(async () => await pulse.Peak() > 50, "quiet sound");
        Assert.InRange(await pulse.Peak(), 51, loudPeak / 3);
    }

    [Fact]
    public async Task A_volume_set_while_it_speaks_is_heard_and_nothing_begins_anew()
    {
        await using var room = Room();
        var player = room.Play(Line() with { VolumePercent = 100 });
        await player.Show(await room.Speech("speech", 60), default);
        await Tools.Until(async () => await pulse.Peak() > 1_000, "sound");
        var loudPeak = await pulse.Peak();

        await player.SetVolume(50, default);

        await Tools.Until(async () => await pulse.Peak() is > 50 and var peak && peak < loudPeak / 3, "less sound");
        Assert.Equal("player 0, start speech", room.News.Words());
    }

    [Fact]
    public async Task A_missing_sound_device_is_neither_played_nor_blamed_on_the_file()
    {
        await using var room = Room();
        room.Settings = room.Settings with { AudioDevices = new() { [1] = "pulse/absent" } };
        var player = room.Play(Line());

        await player.Show(await room.Speech("speech", 5), default);

        await Tools.Until(() => room.News.All.OfType<PlayerStarted>().Any(one => one.Restarts >= 2), "restarts");
        Assert.DoesNotContain(room.News.All, one => one is ShowingFailed or ShowingStarted);
    }

    [Fact]
    public async Task Noise_in_a_file_is_told_as_a_failure()
    {
        await using var room = Room();
        var player = room.Play(Line());

        await player.Show(new("broken", room.Put("broken.flac", new byte[5_000]), PartKind.Speech, TimeSpan.Zero), default);

        await room.News.Failed("broken");
    }

    private static PlanOutput Line() => new() { Id = new("SPK-1"), Kind = OutputKind.Speaker, Languages = ["vi"] };

    private PlayRoom Room() => new(new PlaySettings { AudioDevices = new() { [1] = "pulse/loa1" }, Environment = pulse.Client });
}
