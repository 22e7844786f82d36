namespace BorderInfo.Contract.Plans;

/// <summary>
/// What a screen has shown of the entries with a pace: plays begun in the local hour, when each item was last on, what each share was given and is owed, and where the lists stand.
/// </summary>
/// <remarks>
/// A local hour is a whole hour since local midnight. Time is counted in ticks, shares in 3600ths of one, so that nothing is ever rounded.
/// An entry is owed its share of the time during which it may come on, that is in which no better rank without a pace is due.
/// </remarks>
internal sealed partial class HourBook
{
    private const int PerHour = 3600;

    private readonly OutputPlan plan;
    private readonly int[] begun;
    private readonly long[] ended;
    private readonly Share[] shares;
    private readonly Cursor[] cursors;
    private readonly Cursor[] own;
    private long dayEnds = long.MinValue;
    private long hour = long.MinValue;
    private long hourEnds = long.MinValue;

    /// <summary>Since when the best rank has a pace.</summary>
    private long since = long.MaxValue;

    public HourBook(OutputPlan plan)
    {
        this.plan = plan;
        begun = new int[plan.Accounts];
        ended = new long[plan.Accounts];
        shares = [.. Enumerable.Repeat(new Share(0, 0, 0, long.MaxValue), plan.Entries.Length)];
        cursors = new Cursor[plan.Ranks.Length];
        own = new Cursor[plan.Entries.Length];
    }

    private HourBook(HourBook from)
    {
        plan = from.plan;
        begun = [.. from.begun];
        ended = [.. from.ended];
        shares = [.. from.shares];
        cursors = [.. from.cursors];
        own = [.. from.own];
        (dayEnds, hour, hourEnds, since) = (from.dayEnds, from.hour, from.hourEnds, from.since);
    }

    /// <summary>A second one in the same state.</summary>
    public HourBook Copy() => new(this);

    /// <summary>A local day begins; days come in order.</summary>
    public void Day(long start, long end)
    {
        if (hourEnds > long.MinValue)
            Turn(start);
        (dayEnds, hour, hourEnds) = (end, start, Math.Min(start + TimeSpan.TicksPerHour, end));
    }

    /// <summary>From here on the entries of the scene may come, and no others.</summary>
    public void Enter(Scene scene)
    {
        Turn(scene.From);
        foreach (ref var share in shares.AsSpan())
            share = share with { Open = share.OpenAt(scene.From), Since = long.MaxValue };
        foreach (var stage in scene.Stages ?? [])
        {
            foreach (var (due, _) in stage.Round.Bill.Shared)
                shares[due.Index] = shares[due.Index] with { Since = scene.From };
        }

        since = scene.Stages is null ? long.MaxValue : Math.Min(since, scene.From);
    }

    /// <summary>The piece begins.</summary>
    public void Take(Choice choice, long at)
    {
        var (piece, stage) = (choice.Piece!, choice.Stage!);
        var cursor = new Cursor(stage.Anchor, at, choice.Place + 1);
        if (piece.Due.Pace.Share > 0)
        {
            own[piece.Due.Index] = cursor;
            shares[piece.Due.Index].Given += piece.Ticks;
        }
        else
        {
            cursors[stage.Rank] = cursor;
        }

        if (piece.Account < 0)
            return;
        begun[piece.Account]++;
        ended[piece.Account] = at + piece.Ticks;
    }

    /// <summary>The piece was to go on for some time longer.</summary>
    public void Cut(Piece piece, long at, long left)
    {
        if (piece.Account < 0)
            return;
        Turn(at);
        ended[piece.Account] = at;
        if (piece.Due.Pace.Share > 0)
            shares[piece.Due.Index].Given -= left;
    }

    /// <summary>Closes the hours that have ended. What a share was given too little or too much goes on into the next hour, at most the longest item.</summary>
    private void Turn(long at)
    {
        while (hourEnds <= at)
        {
            Array.Clear(begun);
            foreach (var due in plan.Shared)
            {
                ref var share = ref shares[due.Index];
                var open = share.OpenAt(hourEnds);
                var most = plan.LongestBlock * PerHour;
                var owed = open == 0 && share.Given == 0 ? 0 : Math.Clamp(share.Owed + (due.Pace.Share * open) - (PerHour * share.Given), -most, most);
                share = new(owed, 0, 0, share.Since == long.MaxValue ? long.MaxValue : hourEnds);
            }

            hour = hourEnds;
            hourEnds = hour < dayEnds ? Math.Min(hour + TimeSpan.TicksPerHour, dayEnds) : long.MaxValue;
        }
    }

    /// <summary>The account of an entry's share in the hour.</summary>
    /// <param name="Owed">From the hour before, in 3600ths of a tick; negative = given too much.</param>
    /// <param name="Given">In this hour, in ticks of plays begun in it.</param>
    /// <param name="Open">For how long of this hour it could come, until <paramref name="Since"/>.</param>
    /// <param name="Since">It may come since; <see cref="long.MaxValue"/> = it may not.</param>
    private record struct Share(long Owed, long Given, long Open, long Since)
    {
        public readonly long OpenAt(long at) => Open + Math.Max(0, at - Since);
    }

    /// <summary>Where a list stands: valid for one beginning of its rotation.</summary>
    private readonly record struct Cursor(long Anchor, long Made, int Next);
}

/// <summary>What comes next on a screen.</summary>
/// <param name="Piece">Null = nothing may come.</param>
/// <param name="Place">Of the piece in its list.</param>
/// <param name="Again">When nothing may come: the first instant at which something may.</param>
internal readonly record struct Choice(Piece? Piece, Stage? Stage, int Place, long Again);
