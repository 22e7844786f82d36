namespace BorderInfo.Contract.Plans;

/// <summary>The clock of one output. <see cref="ScreenClock"/> rotates without a gap, <see cref="SpeakerClock"/> speaks and falls silent.</summary>
internal abstract class OutputClock(OutputPlan plan)
{
    protected static readonly DateOnly LatestDay = DateOnly.FromDateTime(PlanClock.Latest.UtcDateTime);

    public OutputPlan Plan { get; } = plan;

    public static OutputClock For(PlayPlan plan, PlanOutput output, PlanDays days, LocalDays local, Func<OutputId, SpeakerClock> voiceOf)
    {
        var here = OutputPlan.Of(plan, output, days, local, voiceOf);
        return output.Kind == OutputKind.Speaker ? new SpeakerClock(here) : new ScreenClock(here);
    }

    /// <param name="utc">Ticks between <see cref="PlanClock.Earliest"/> and <see cref="PlanClock.Latest"/>.</param>
    public abstract OnAir At(long utc);

    /// <summary>Neighbours of the same entries are told as one. Lazy.</summary>
    public IEnumerable<AirScene> Scenes(long from, long to)
    {
        var date = Plan.Local.DayOf(from);
        var shapes = new DayShapes(Plan);
        var held = new AirScene(Plan.Output.Id, Instant(from), Instant(to), Tier.SafeScreen, 0, []);
        for (; Plan.Local.StartOf(date) < to; date = date.AddDays(1))
        {
            foreach (var scene in shapes.Of(date, out var start))
            {
                var at = start + scene.From;
                if (at >= to)
                    break;
                var entries = scene.Round?.Entries ?? [];
                if (ReferenceEquals(entries, held.Entries) || entries.SequenceEqual(held.Entries))
                    continue;
                if (at > from)
                    yield return held with { Until = Instant(at) };
                held = held with { From = Instant(Math.Max(from, at)), Tier = scene.Tier, Number = scene.Round?[0].Due.Entry.Number ?? 0, Entries = entries };
            }
        }

        yield return held;
    }

    /// <summary>The next day on which something may come on, when at the end of this one nothing is on and nothing waits; null = none.</summary>
    protected DateOnly? NextDay(DateOnly after)
    {
        var end = Plan.Local.StartOf(after.AddDays(1));
        var windows = new List<Stretch>();
        foreach (var entry in Plan.Entries)
        {
            windows.Clear();
            entry.WindowsOf(after, windows);
            if (windows.Any(w => entry.Items.Any(i => i.Allowed.Any(a => w.Within(Math.Max(a.From, end), a.To) is { IsEmpty: false }))))
                return after.AddDays(1);
        }

        var date = after.AddDays(1);
        DateOnly? best = null;
        foreach (var entry in Plan.Entries)
        {
            if (entry.NextDay(date) is { } next && !(next >= best))
                best = next;
        }

        return best;
    }

    protected OnAir Nothing(Because because, long until) =>
        new() { Output = Plan.Output.Id, Because = because, Tier = Tier.SafeScreen, From = DateTimeOffset.MinValue, Until = Instant(until) };

    protected OnAir Playing(Slot slot, long from, long until) =>
        new() { Output = Plan.Output.Id, Because = Because.Scheduled, Tier = slot.Due.Entry.Tier, Entry = slot.Due.Entry, Item = slot.Item.Item, Part = slot.Part, From = Instant(from), Until = Instant(until) };

    protected static DateTimeOffset Instant(long utc) => utc >= DateTimeOffset.MaxValue.UtcTicks ? DateTimeOffset.MaxValue : new(utc, TimeSpan.Zero);
}
