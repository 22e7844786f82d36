using BorderInfo.Agent.Time;
using BorderInfo.Contract.Plans;

namespace BorderInfo.Agent.Play;

/// <summary>Looks at a living mpv once a second, all players of the site in the same instant: does it answer, and do clips move on.</summary>
internal sealed class MpvWatch(MpvIpc ipc, Func<Showing?> onAir, TimeProvider clock)
{
    /// <summary>A clip or speech that stands still this long has hung its decoder or its sound device.</summary>
    private static readonly TimeSpan MayStandStill = TimeSpan.FromSeconds(3.8);

    /// <summary>With two answers of <see cref="PlaySettings.AnswerWithinMs"/> and a new start it is within the five seconds for which a picture may be gone.</summary>
    private static readonly TimeSpan Round = TimeSpan.FromSeconds(1);

    private volatile int misses;
    private (string? Key, double Place, long Since) seen;

    /// <summary>It answered when it was last asked.</summary>
    public bool Answers => misses == 0;

    /// <summary>Runs until the player is found hanging (then why) or the watch is stopped (then null).</summary>
    /// <param name="everyRound">Passed over while the one before still runs: it may be waiting for the very player that hangs.</param>
    public async Task<string?> Until(Func<Task> everyRound, CancellationToken stop)
    {
        var round = Task.CompletedTask;
        try
        {
            while (true)
            {
                if (misses == 0)
                    await Task.Delay(clock.UntilNext(Round), clock, stop);
                if (await Look() is { } why)
                    return why;
                if (!round.IsCompleted)
                    continue;
                await round;
                round = everyRound();
            }
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }

    private async Task<string?> Look()
    {
        var answer = await ipc.Ask("get_property", "playback-time");
        misses = answer == MpvAnswer.Silent ? misses + 1 : 0;
        if (misses >= 2)
            return "no answer twice";
        return answer.Ok && StandsStill(answer.Value?.GetValue<double>() ?? 0) ? "playback stands still" : null;
    }

    private bool StandsStill(double place)
    {
        var now = clock.GetTimestamp();
        var showing = onAir();
        if (showing is null || showing.Kind == PartKind.Still || showing.Path is null || showing.Key != seen.Key || Math.Abs(place - seen.Place) > 0.001)
            seen = (showing is { Kind: not PartKind.Still } ? showing.Key : null, place, now);
        return clock.GetElapsedTime(seen.Since, now) > MayStandStill && seen.Key is not null;
    }
}
