using BorderInfo.Contract;
using BorderInfo.Contract.Plans;
using Microsoft.Extensions.Logging;

namespace BorderInfo.Agent.Play;

/// <content>What happens under the turn, and the log lines.</content>
public sealed partial class MpvPlayer
{
    private async Task Begin_NeedsTurn(MpvProcess mpv)
    {
        (process, watch, sick) = (mpv, new(mpv.Ipc, () => book.OnAir, clock), false);
        stage = safe is null ? new SpeakerStage(mpv.Ipc) : new ScreenStage(mpv.Ipc, safe);
        starts++;
        var now = Moment.Now(clock);
        Say([new PlayerStarted(output.Id, now.At, now.Stamp, Restarts)]);
        if (Restarts > 0)
            Log.Restarted(log, output.Id, Restarts);
        await stage.Open();
        await Loudness_NeedsTurn();
        await Tell_NeedsTurn(book.Resume(now) ?? MpvStage.Unasked, now);
    }

    /// <summary>A process that is not there yet, or dies of it, is told when it begins.</summary>
    private async Task Loudness_NeedsTurn()
    {
        if (safe is null && volume is { } percent && process is { } mpv && !(await mpv.Ipc.Ask("set_property", "volume", percent)).Ok)
            Log.NotThatLoud(log, output.Id, percent);
    }

    private async Task Show_NeedsTurn(Showing showing)
    {
        var now = Moment.Now(clock);
        if (WhyNot(showing) is { } why)
            Say(book.Refuse(showing, why, now));
        else if (book.Ask(showing, now))
            await Tell_NeedsTurn(showing, now);
    }

    private async Task Tell_NeedsTurn(Showing showing, Moment now)
    {
        if (stage is null)
            return;
        toldAt = now;
        await Apply_NeedsTurn(await stage.Tell(showing, book.Held(now)), Moment.Now(clock));
    }

    private async Task Apply_NeedsTurn(StageSign? sign, Moment when)
    {
        switch (sign?.Kind)
        {
            case Sign.Started:
                Say(book.Started(sign.Key, when));
                break;
            case Sign.Ended:
                Say(book.Ended(sign.Key, when));
                break;
            case Sign.BrokeOff:
                Say(book.BrokeOff(sign.Key, sign.Why, when));
                break;
            case Sign.Failed:
                await Fail_NeedsTurn(sign.Key, sign.Why, when);
                break;
            case Sign.Sick:
                Log.Sick(log, output.Id, sign.Why);
                sick = true;
                process?.Kill();
                break;
        }
    }

    private async Task Fail_NeedsTurn(string key, string why, Moment when)
    {
        Say(book.Failed(key, why, when));
        if (book.Resume(when) is { } before)
            await Tell_NeedsTurn(before, when);
    }

    private async Task GiveUpWhenLate_NeedsTurn()
    {
        var now = Moment.Now(clock);
        if (stage is null || book.Pending is not { } late || toldAt?.Until(now, clock) < TimeSpan.FromMilliseconds(settings.ReadyWithinMs))
            return;
        await stage.GiveUp();
        await Fail_NeedsTurn(late.Key, $"not ready within {settings.ReadyWithinMs} ms", now);
    }

    private Task Bury_NeedsTurn(MpvProcess mpv)
    {
        (process, stage) = (null, null);
        var now = Moment.Now(clock);
        Say(ending.IsCancellationRequested ? book.Closed(now) : book.Died(mpv.Ipc.Heard, now, blame: !sick));
        if (!ending.IsCancellationRequested)
            Log.Died(log, output.Id);
        return Task.CompletedTask;
    }

    private string? WhyNot(Showing showing) => showing.Path is null ? null : Misfit(showing) ?? shelf.Refuse(showing.Path);

    private string? Misfit(Showing showing) => (safe is null, showing.Kind) switch
    {
        (true, PartKind.Still) => "a still on a loudspeaker",
        (false, PartKind.Speech) => "speech on a screen",
        _ => null,
    };

    private void Say(IReadOnlyList<PlayerNews> items)
    {
        foreach (var one in items)
        {
            if (one is ShowingFailed failed)
                Log.Failed(log, output.Id, failed.Key, failed.Why);
            news(one);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(4611, LogLevel.Warning, "{Output}: the player cannot be started ({Program}, or its display)")]
        public static partial void CannotStart(ILogger log, OutputId output, string program);

        [LoggerMessage(4612, LogLevel.Warning, "{Output}: the player died")]
        public static partial void Died(ILogger log, OutputId output);

        [LoggerMessage(4613, LogLevel.Information, "{Output}: the player runs again, restart {Restarts}")]
        public static partial void Restarted(ILogger log, OutputId output, int restarts);

        [LoggerMessage(4614, LogLevel.Warning, "{Output}: the player hangs ({Why}) and is ended")]
        public static partial void Hangs(ILogger log, OutputId output, string why);

        [LoggerMessage(4615, LogLevel.Warning, "{Output}: {Why}; the player is started anew")]
        public static partial void Sick(ILogger log, OutputId output, string why);

        [LoggerMessage(4616, LogLevel.Warning, "{Output}: {Key} cannot be played: {Why}")]
        public static partial void Failed(ILogger log, OutputId output, string key, string why);

        [LoggerMessage(4618, LogLevel.Warning, "{Output}: the volume of {Percent} % cannot be set")]
        public static partial void NotThatLoud(ILogger log, OutputId output, int percent);

        [LoggerMessage(4617, LogLevel.Error, "{Output}: unexpected, the player is started anew")]
        public static partial void Bug(ILogger log, OutputId output, Exception bug);
    }
}
