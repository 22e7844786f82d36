namespace BorderInfo.Contract.Plans;

/// <summary>The clock of one output. <see cref="ScreenClock"/> rotates without a gap, <see cref="SpeakerClock"/> speaks and falls silent.</summary>
internal abstract class OutputClock(PlanOutput output)
{
    protected PlanOutput Output { get; } = output;

    public static OutputClock For(PlayPlan plan, PlanOutput output, TimeZoneInfo zone)
    {
        var items = plan.Items.ToDictionary(i => i.Id);
        var days = new LocalDays(zone);
        var due = plan.Entries
            .Where(e => e.Outputs.Contains(output.Id))
            .Select(e => DueEntry.For(e, output, items, days))
            .Where(d => d.Slots.Count > 0)
            .OrderBy(d => d.Rank)
            .ThenByDescending(d => d.Entry.Since)
            .ThenBy(d => d.Entry.Id, StringComparer.Ordinal)
            .ToArray();
        return output.Kind == OutputKind.Speaker ? new SpeakerClock(output, due, days) : new ScreenClock(output, due, days);
    }

    /// <param name="utc">Offset zero, between <see cref="PlanClock.Earliest"/> and <see cref="PlanClock.Latest"/>.</param>
    public abstract OnAir At(DateTimeOffset utc);

    protected OnAir Nothing(Because because, DateTimeOffset until) =>
        new() { Output = Output.Id, Because = because, Tier = Tier.SafeScreen, From = DateTimeOffset.MinValue, Until = until.ToUniversalTime() };

    protected OnAir Playing(DueEntry due, Slot slot, DateTimeOffset from, DateTimeOffset until) =>
        new() { Output = Output.Id, Because = Because.Scheduled, Tier = due.Entry.Tier, Entry = due.Entry, Item = slot.Item, Part = slot.Part, From = from.ToUniversalTime(), Until = until.ToUniversalTime() };
}
