namespace BorderInfo.Contract.Plans;

/// <summary>A screen or LED region: the best-ranked entries that are due rotate without a gap; nothing due means the safe screen.</summary>
/// <remarks>
/// A day is reckoned from what the day before hands over, back to the last sure cut: an instant at which a tier opens that is higher than all that was due while the longest item lasts.
/// Where a whole week had none, what is on is cut on Monday at 00:00 local time, so that the answer never depends on more than two weeks.
/// </remarks>
internal sealed class ScreenClock(OutputPlan plan) : OutputClock(plan)
{
    /// <summary>On so many days is looked for the end of a rest.</summary>
    public const int Patience = 8;

    private readonly DayCache<ScreenDay> days = new();
    private readonly RoundBook rounds = new();
    private readonly Lock reckoning = new();

    public override OnAir At(long utc)
    {
        var day = DayAt(Plan.Local.DayOf(utc));
        var at = day.RunAt(utc);
        var run = day.Runs[at];
        if (run.Round is not { } round)
            return Nothing(Because.NothingDue, run.Until < long.MaxValue ? run.Until : OpensAfter(day));
        var offset = (utc - run.Base) % round.Ticks;
        var slot = round.At(offset);
        var until = utc + round.EndOf(slot) - offset;
        return Playing(round[slot], Math.Max(run.From, utc - offset + round.StartOf(slot)), Math.Min(until, run.Until < long.MaxValue || until <= day.End ? run.Until : EndAfter(day, run, until)));
    }

    /// <summary>What is due with a pace, as the book stands at the instant; null where nothing with a pace could come.</summary>
    /// <param name="on">The entry on screen.</param>
    public WhyPace? PaceAt(long utc, PlanEntry? on)
    {
        if (!Plan.IsPaced)
            return null;
        lock (reckoning)
        {
            var date = Plan.Local.DayOf(utc);
            var scenes = ScenesOf(date).Now;
            if (scenes.Last(s => s.From <= utc).Stages is not { } stages)
                return null;
            var (start, end) = (Plan.Local.StartOf(date), Plan.Local.StartOf(date.AddDays(1)));
            return new(new ScreenPlay(Plan, Into(date)).Over(scenes, start, end, utc + 1).Out.Book!, stages, utc, on, resting => Watch(resting, utc));
        }
    }

    /// <summary>The play from an instant on, as far as it takes, but not over more days with their windows than <see cref="Patience"/>.</summary>
    private Lookout Watch(IReadOnlyList<DueEntry> resting, long utc)
    {
        var lookout = new Lookout(resting, utc);
        var date = Plan.Local.DayOf(utc);
        for (var days = 0; !lookout.IsDone && days < Patience && date < LatestDay; days++)
        {
            var (start, end) = (Plan.Local.StartOf(date), Plan.Local.StartOf(date.AddDays(1)));
            lock (reckoning)
                new ScreenPlay(Plan, Into(date)) { Lookout = lookout }.Over(ScenesOf(date).Now, start, end, end);
            lookout.Leave();
            var next = lookout.Resting.Select(d => d.OpenUntil(end) > end ? date.AddDays(1) : d.NextDay(date.AddDays(1))).Min();
            if (next is null)
                break;
            date = next.Value;
        }

        return lookout;
    }

    private ScreenDay DayAt(DateOnly date)
    {
        if (days.Of(date) is { } known)
            return known;
        lock (reckoning)
            return Reckon(date);
    }

    private ScreenDay Reckon(DateOnly date)
    {
        if (days.Of(date) is { } known)
            return known;
        var carry = Into(date);
        var (start, end) = (Plan.Local.StartOf(date), Plan.Local.StartOf(date.AddDays(1)));
        var (runs, handed) = new ScreenPlay(Plan, carry).Over(ScenesOf(date).Now, start, end, end);
        var day = new ScreenDay(date, start, end, runs, handed);
        days.Keep(day);
        return day;
    }

    /// <summary>The day's scenes and those of the day before.</summary>
    private (Scene[] Before, Scene[] Now) ScenesOf(DateOnly date)
    {
        var sweep = new Sweep(Plan, rounds, date.AddDays(-1));
        return ([.. sweep.Day()], [.. sweep.Day()]);
    }

    private Carry Into(DateOnly date) => date.DayOfWeek == DayOfWeek.Monday && !CutInTheWeekBefore(date) ? Carry.Fresh : Handed(date.AddDays(-1));

    private bool CutInTheWeekBefore(DateOnly monday)
    {
        for (var back = 1; back <= 7; back++)
        {
            if (SureCut(ScenesOf(monday.AddDays(-back))) >= 0)
                return true;
        }

        return false;
    }

    /// <summary>What the day hands to the next.</summary>
    private Carry Handed(DateOnly date)
    {
        if (days.Of(date) is { } known)
            return known.Out;
        var scenes = ScenesOf(date);
        var cut = SureCut(scenes);
        if (cut < 0)
            return Reckon(date).Out;
        var (start, end) = (Plan.Local.StartOf(date), Plan.Local.StartOf(date.AddDays(1)));
        return new ScreenPlay(Plan, Carry.Fresh).Over(scenes.Now.AsSpan(cut), start, end, end).Out;
    }

    /// <summary>The day's last scene that surely cuts what was on; −1 = none.</summary>
    private int SureCut((Scene[] Before, Scene[] Now) scenes)
    {
        for (var i = scenes.Now.Length - 1; i >= 0; i--)
        {
            if (scenes.Now[i] is { Edge: true, Round: not null } scene && BestBefore(scenes, i) is var before && scene.Tier < before && !Plan.Remembers(scene.From) && (before == Tier.SafeScreen || Comes(scene)))
                return i;
        }

        return -1;
    }

    /// <summary>True when something of the scene's tier comes at once from an empty book.</summary>
    private bool Comes(Scene scene)
    {
        if (scene.Stages is not { } stages)
            return true;
        var day = Plan.Local.DayOf(scene.From);
        var book = new HourBook(Plan);
        book.Day(Plan.Local.StartOf(day), Plan.Local.StartOf(day.AddDays(1)));
        book.Enter(scene);
        return book.Choose(scene.From, stages).Piece?.Round.Tier == scene.Tier;
    }

    /// <summary>The best tier that was due while the longest item lasts, up to the scene, as far as it is lower than the scene's: the safe screen = nothing was. After an item of more than a day nothing is sure: the best of all.</summary>
    private Tier BestBefore((Scene[] Before, Scene[] Now) scenes, int at)
    {
        var (best, since) = (Tier.SafeScreen, scenes.Now[at].From - Plan.LongestBlock);
        for (var i = at - 1; i >= -scenes.Before.Length && best > scenes.Now[at].Tier; i--)
        {
            var scene = i >= 0 ? scenes.Now[i] : scenes.Before[scenes.Before.Length + i];
            best = scene.Tier < best ? scene.Tier : best;
            if (scene.From <= since)
                return best;
        }

        return Tier.Emergency;
    }

    /// <summary>When a turn that outlasts the day really ends.</summary>
    private long EndAfter(ScreenDay day, Run run, long until)
    {
        for (var next = day; next.End < until;)
        {
            next = DayAt(next.Date.AddDays(1));
            if (!next.Runs[0].Continues(run))
                return next.Start;
            if (next.Runs[0].Until < long.MaxValue)
                return next.Runs[0].Until;
        }

        return until;
    }

    /// <summary>When something is due again after a day that ends with nothing.</summary>
    private long OpensAfter(ScreenDay day)
    {
        if (day.Opens == 0)
            day.Opens = Plan.IsPaced ? ChangeAfter(day) : OpeningAfter(day.Date);
        return day.Opens;
    }

    /// <summary>The same where a pause may go on over midnight; after many days of it the answer is a midnight.</summary>
    private long ChangeAfter(ScreenDay day)
    {
        var next = day;
        for (var paused = 0; paused < DayCache<ScreenDay>.Days; paused++)
        {
            if (NextDay(next.Date) is not { } date || date >= LatestDay)
                return long.MaxValue;
            next = DayAt(date);
            if (next.Runs[0].Round is not null)
                return next.Start;
            if (next.Runs.Length > 1)
                return next.Runs[0].Until;
        }

        return next.End;
    }

    private long OpeningAfter(DateOnly date)
    {
        while (NextDay(date) is { } next && next < LatestDay)
        {
            lock (reckoning)
            {
                foreach (var scene in ScenesOf(next).Now)
                {
                    if (scene.Round is not null)
                        return scene.From;
                }
            }

            date = next;
        }

        return long.MaxValue;
    }
}
