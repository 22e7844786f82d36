using BorderInfo.Contract.Plans;

namespace BorderInfo.Agent.Play;

/// <summary>Looks at a living mpv twice a second: does it answer, and do clips move on.</summary>
internal sealed class MpvWatch(MpvIpc ipc, Func<Showing?> onAir)
{
    /// <summary>A clip or speech that stands still this long has hung its decoder or its sound device.</summary>
    private static readonly TimeSpan MayStandStill = TimeSpan.FromSeconds(4);

    private static readonly TimeSpan Round = TimeSpan.FromMilliseconds(500);

    private int misses;
    private (string? Key, double Place, long Since) seen;

    /// <summary>Runs until the player is found hanging (then why) or the watch is stopped (then null).</summary>
    public async Task<string?> Until(Func<Task> everyRound, CancellationToken stop)
    {
        try
        {
            while (true)
            {
                await Task.Delay(misses == 0 ? Round : TimeSpan.Zero, stop);
                if (await Look() is { } why)
                    return why;
                await everyRound();
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
        var now = Environment.TickCount64;
        var showing = onAir();
        if (showing is null || showing.Kind == PartKind.Still || showing.Path is null || showing.Key != seen.Key || Math.Abs(place - seen.Place) > 0.001)
            seen = (showing is { Kind: not PartKind.Still } ? showing.Key : null, place, now);
        return now - seen.Since > MayStandStill.TotalMilliseconds && seen.Key is not null;
    }
}
