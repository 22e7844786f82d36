using BorderInfo.Contract;
using BorderInfo.Contract.Plans;

namespace BorderInfo.Agent.Play;

/// <summary>
/// What was asked of one output, what is on its way and what is on air; turns signs of the player into news. No I/O; not thread-safe.
/// </summary>
internal sealed class ShowingBook(OutputId output, TimeProvider clock)
{
    /// <summary>A file that took the player with it this often within <see cref="DeathsWithin"/> is given up.</summary>
    public const int DeathsUntilGivenUp = 3;

    public static readonly TimeSpan DeathsWithin = TimeSpan.FromSeconds(60);

    private readonly List<Moment> deaths = [];
    private string? lastAsked;
    private Entry? pending;
    private Entry? onAir;
    private Entry? lost;
    private Entry? picture;

    /// <param name="Since">When it was asked for, and from its first frame on when that was: the clip's clock.</param>
    private sealed record Entry(Showing Showing, Moment Since, bool Ran);

    public Showing? OnAir => onAir?.Showing;

    /// <summary>Told to the player, no first frame yet.</summary>
    public Showing? Pending => pending?.Showing;

    /// <summary>False when it was asked already; then nothing changes.</summary>
    public bool Ask(Showing showing, Moment now)
    {
        if (showing.Key == lastAsked)
            return false;
        (lastAsked, pending) = (showing.Key, new(showing, now, Ran: false));
        deaths.Clear();
        return true;
    }

    /// <summary>A showing that may not be played at all; what is on its way or on air stays.</summary>
    public IReadOnlyList<PlayerNews> Refuse(Showing showing, string why, Moment now)
    {
        if (showing.Key == lastAsked)
            return [];
        lastAsked = showing.Key;
        return [new ShowingFailed(output, now.At, now.Stamp, showing.Key, why)];
    }

    /// <summary>What the output falls back to when the pending one fails, at its place of this moment; null = the safe screen.</summary>
    public Showing? Held(Moment now) => picture is null ? null : AtPlaceOf(picture, now);

    /// <summary>What a new player has to show: the pending one, else what was on air when the old player died; null = nothing left to do.</summary>
    public Showing? Resume(Moment now)
    {
        if (pending is null && onAir is null)
            (pending, lost) = (lost, null);
        return pending is null ? null : AtPlaceOf(pending, now);
    }

    public IReadOnlyList<PlayerNews> Started(string key, Moment when)
    {
        if (pending?.Showing.Key != key)
            return [];
        var before = onAir;
        onAir = pending.Ran ? pending : pending with { Since = when, Ran = true };
        (picture, pending, lost) = (onAir, null, null);
        var started = new ShowingStarted(output, when.At, when.Stamp, key);
        return before is null ? [started] : [End(before, when), started];
    }

    /// <summary>Came to its own end. A showing joined behind its end starts and ends in the same instant.</summary>
    public IReadOnlyList<PlayerNews> Ended(string key, Moment when)
    {
        var before = pending?.Showing.Key == key ? Started(key, when) : [];
        if (onAir?.Showing.Key != key)
            return before;
        var ended = End(onAir, when);
        onAir = null;
        return [.. before, ended];
    }

    /// <summary>Could not be started; what is on air stays.</summary>
    public IReadOnlyList<PlayerNews> Failed(string key, string why, Moment when)
    {
        if (pending?.Showing.Key != key)
            return [];
        pending = null;
        return [new ShowingFailed(output, when.At, when.Stamp, key, why)];
    }

    /// <summary>Broke off in the middle and cannot go on.</summary>
    public IReadOnlyList<PlayerNews> BrokeOff(string key, string why, Moment when)
    {
        if (onAir?.Showing.Key != key)
            return [];
        var ended = End(onAir, when, broken: true);
        (onAir, picture) = (null, null);
        return [ended, new ShowingFailed(output, when.At, when.Stamp, key, why)];
    }

    /// <param name="lastHeard">Last instant at which the player was known to run.</param>
    /// <param name="blame">False when the display or the sound service is at fault, not the file.</param>
    public IReadOnlyList<PlayerNews> Died(Moment lastHeard, Moment now, bool blame)
    {
        PlayerNews[] news = onAir is null ? [] : [End(onAir, lastHeard, broken: true)];
        (lost, onAir, picture) = (onAir ?? lost, null, null);
        if (!blame || !TooOften(now))
            return news;
        return (pending ?? lost) is { } culprit ? [.. news, GiveUp(culprit, now)] : news;
    }

    /// <summary>The agent ends in order.</summary>
    public IReadOnlyList<PlayerNews> Closed(Moment now)
    {
        PlayerNews[] news = onAir is null ? [] : [End(onAir, now)];
        (onAir, pending, lost) = (null, null, null);
        return news;
    }

    private bool TooOften(Moment now)
    {
        deaths.RemoveAll(one => one.Until(now, clock) > DeathsWithin);
        deaths.Add(now);
        return deaths.Count >= DeathsUntilGivenUp;
    }

    private ShowingFailed GiveUp(Entry culprit, Moment now)
    {
        deaths.Clear();
        if (culprit == pending)
            pending = null;
        else
            lost = null;
        return new(output, now.At, now.Stamp, culprit.Showing.Key, $"the player died {DeathsUntilGivenUp} times within a minute with it");
    }

    private ShowingEnded End(Entry entry, Moment when, bool broken = false) => new(output, when.At, when.Stamp, entry.Showing.Key, broken);

    private Showing AtPlaceOf(Entry entry, Moment now) => entry.Showing.Kind == PartKind.Still || !entry.Ran
        ? entry.Showing
        : entry.Showing with { Offset = entry.Showing.Offset + entry.Since.Until(now, clock) };
}
