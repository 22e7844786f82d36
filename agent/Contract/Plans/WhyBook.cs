namespace BorderInfo.Contract.Plans;

/// <summary>Gathers the reasons for one instant.</summary>
internal sealed class WhyBook
{
    private readonly PlayPlan plan;
    private readonly OutputClock clock;
    private readonly OnAir air;
    private readonly long now;
    private readonly List<DueEntry> due = [];
    private readonly Dictionary<DueEntry, long> open = [];
    private readonly DueEntry[] winners;
    private readonly IReadOnlyList<DueEntry> waiting;
    private readonly WhyPace? pace;

    public WhyBook(PlayPlan plan, OutputClock clock, OnAir air, long now)
    {
        (this.plan, this.clock, this.air, this.now) = (plan, clock, air, now);
        foreach (var entry in clock.Plan.Entries)
        {
            var until = entry.OpenUntil(now);
            if (until > now)
                open[entry] = until;
            if (until > now && entry.AnyAllowed(now))
                due.Add(entry);
        }

        pace = (clock as ScreenClock)?.PaceAt(now, air.Entry);
        var best = due.Find(d => air.Entry?.Id == d.Entry.Id && pace?.Has(d) == true) ?? due.Find(d => pace is null || (pace.Has(d) && pace.Rests(d) is null)) ?? due.FirstOrDefault();
        winners = [.. due.Where(d => d.Rank == best!.Rank)];
        waiting = [.. ((clock as SpeakerClock)?.WaitingAt(now) ?? []).Where(d => d.AnyAllowed(now))];
    }

    private bool Speaks => clock is SpeakerClock;

    public WhyTold Tell() => new(air, [.. Chain()], [.. Candidates()]);

    private IEnumerable<WhyStep> Chain()
    {
        yield return new(due.Count > 0 ? WhyRule.Due : WhyRule.Nothing, Ids(due));
        if (Speaks)
        {
            if (air.Because == Because.QuietHours)
                yield return new(WhyRule.QuietHours, Ids(waiting));
            else if (waiting.Count > 0 || air.Entry is not null)
                yield return new(WhyRule.Queue, [.. air.Entry is { } on ? [on.Id] : Array.Empty<string>(), .. Ids(waiting)]);
            yield break;
        }

        if (due.Count > 0)
        {
            var best = due[0].Entry;
            yield return new(WhyRule.Tier, Ids(due.Where(d => d.Entry.Tier == best.Tier)));
            yield return new(WhyRule.Number, Ids(due.Where(d => d.Entry.Tier == best.Tier && d.Entry.Number == best.Number)));
            yield return new(WhyRule.Target, Ids(due.Where(d => d.Entry.Tier == best.Tier && d.Entry.Number == best.Number && d.Entry.Target == best.Target)));
            yield return new(WhyRule.OneOff, Ids(due.Where(d => d.Rank == due[0].Rank)));
            if (pace is not null)
                yield return new(WhyRule.Pace, Ids(due.Where(d => pace.Has(d) && (d.Entry.Id == air.Entry?.Id || pace.Rests(d) is null))));
            yield return new(WhyRule.Rotation, Ids(winners.Where(w => w.Entry.Id == air.Entry?.Id || pace?.Rests(w) is null)));
        }

        if (air.Entry is { } held && winners.All(w => w.Entry.Id != held.Id))
            yield return new(WhyRule.EndsFirst, [held.Id]);
    }

    private IEnumerable<EntryWhy> Candidates() =>
        plan.Entries.Where(e => e.Outputs.Contains(clock.Plan.Output.Id))
            .OrderBy(Rank.Of).ThenByDescending(e => e.Since).ThenBy(e => e.Id, StringComparer.Ordinal)
            .Select(e => clock.Plan.Entries.Where(d => ReferenceEquals(d.Entry, e)).ToArray() is [_, ..] known ? Candidate(known) : Partless(e));

    private EntryWhy Partless(PlanEntry entry) => new() { Entry = entry.Id, Standing = WhyStanding.NoItem, Items = [.. entry.Items.Select(i => new ItemWhy(i, Absent(i)))] };

    private WhyItemStanding Absent(ItemId id)
    {
        var here = plan.Items.FirstOrDefault(i => i.Id == id)?.Parts.Where(p => p.Output == clock.Plan.Output.Id).ToArray() ?? [];
        return here.Length > 0 && !PartsHere.Complete(here, clock.Plan.Output) ? WhyItemStanding.LanguageMissing : WhyItemStanding.NoPartHere;
    }

    /// <param name="known">Several only of an entry in step: one for each item.</param>
    private EntryWhy Candidate(DueEntry[] known)
    {
        var entry = known.FirstOrDefault(open.ContainsKey) ?? known[0];
        var (standing, by) = Stand(entry);
        long? closes = standing == WhyStanding.QuietHours ? QuietUntil() : open.TryGetValue(entry, out var until) ? until : null;
        long? opens = standing == WhyStanding.BetweenCalls ? ((SpeakerClock)clock).NextCall(entry, now)
            : standing is WhyStanding.ShareGiven or WhyStanding.Paused or WhyStanding.Remainder ? pace!.ComesAt(entry)
            : open.ContainsKey(entry) ? null : known.Min(k => k.NextOpening(now));
        return new()
        {
            Entry = entry.Entry.Id,
            Standing = standing,
            By = by?.Id,
            Until = Instant(closes),
            Opens = Instant(opens),
            Items = [.. entry.Entry.Items.Select(i => known.SelectMany(k => k.Items).FirstOrDefault(d => d.Item.Id == i) is { } item ? Of(entry, item) : new ItemWhy(i, Absent(i)))],
        };
    }

    private (WhyStanding Standing, PlanEntry? By) Stand(DueEntry entry)
    {
        if (air.Entry?.Id == entry.Entry.Id)
            return (WhyStanding.OnAir, null);
        if (!open.ContainsKey(entry))
            return (Closed(entry), null);
        if (!entry.AnyAllowed(now))
            return (WhyStanding.NoItem, null);
        return Speaks ? Queued(entry) : Ranked(entry);
    }

    private (WhyStanding Standing, PlanEntry? By) Ranked(DueEntry entry)
    {
        if (pace?.Rests(entry) is { } rest)
            return (rest, null);
        if (!winners.Contains(entry))
            return entry.Rank.Value < winners[0].Rank.Value ? (WhyStanding.EndsFirst, air.Entry) : Against(entry, winners[0].Entry);
        return winners.Any(w => w.Entry.Id == air.Entry?.Id) ? (WhyStanding.InTurn, null) : (WhyStanding.EndsFirst, air.Entry);
    }

    private (WhyStanding Standing, PlanEntry? By) Queued(DueEntry entry)
    {
        if (!waiting.Contains(entry))
            return (WhyStanding.BetweenCalls, null);
        if (air.Because == Because.QuietHours || (air.Entry is { Tier: Tier.Emergency } && entry.Entry.Tier != Tier.Emergency && QuietUntil() is not null))
            return (WhyStanding.QuietHours, null);
        return air.Entry is { } on && on.Tier < entry.Entry.Tier ? (WhyStanding.LowerTier, on) : (WhyStanding.InTurn, air.Entry);
    }

    private static (WhyStanding Standing, PlanEntry By) Against(DueEntry entry, PlanEntry winner)
    {
        var own = entry.Entry;
        var standing = own.Tier != winner.Tier ? WhyStanding.LowerTier
            : own.Number != winner.Number ? WhyStanding.LargerNumber
            : own.Target != winner.Target ? WhyStanding.WiderTarget
            : WhyStanding.Recurring;
        return (standing, winner);
    }

    /// <summary>Why no window is open: of the day whose window would hold the instant, else of today.</summary>
    private WhyStanding Closed(DueEntry entry)
    {
        var today = clock.Plan.Local.DayOf(now);
        var day = !entry.WouldHold(today, now) && entry.WouldHold(today.AddDays(-1), now) ? today.AddDays(-1) : today;
        if (entry.Days.Holds(day))
            return now < entry.Since ? WhyStanding.NotPublished : entry.Voice is null ? WhyStanding.WindowClosed : WhyStanding.NotSpoken;
        var e = entry.Entry;
        if (day < e.From || day > e.To)
            return day < e.From ? WhyStanding.BeforeItsDays : WhyStanding.AfterItsDays;
        if ((e.Weekdays & EntryDays.FlagOf(day)) == 0)
            return WhyStanding.NotThisWeekday;
        return entry.Days.Excluded(day) ? WhyStanding.Excluded : WhyStanding.NotByItsRule;
    }

    private ItemWhy Of(DueEntry entry, DueItem item)
    {
        var standing = StandingOf(entry, item);
        return new(item.Item.Id, standing) { Next = standing == WhyItemStanding.OutsideItsTimes ? Instant(item.AllowedFrom(now)) : null };
    }

    private WhyItemStanding StandingOf(DueEntry entry, DueItem item)
    {
        if (item.AllowedAt(now))
            return pace is null || (air.Entry?.Id == entry.Entry.Id && air.Item?.Id == item.Item.Id) ? WhyItemStanding.InForce : pace.Of(entry, item);
        if (now < item.Item.ValidFrom.UtcTicks)
            return WhyItemStanding.NotYet;
        if (now >= item.Item.ValidUntil.UtcTicks)
            return WhyItemStanding.Expired;
        return item.Item.InForceAt(new(now, TimeSpan.Zero)) ? WhyItemStanding.Stopped : WhyItemStanding.OutsideItsTimes;
    }

    private long? QuietUntil() => (clock as SpeakerClock)?.QuietUntil(now);

    private static string[] Ids(IEnumerable<DueEntry> entries) => [.. entries.Select(d => d.Entry.Id)];

    private static DateTimeOffset? Instant(long? utc) => utc is { } ticks ? new(Math.Min(ticks, DateTimeOffset.MaxValue.UtcTicks), TimeSpan.Zero) : null;
}
