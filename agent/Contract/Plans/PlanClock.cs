using BorderInfo.Contract.Calendars;

namespace BorderInfo.Contract.Plans;

/// <summary>
/// Pure island (no clock, no I/O, no culture, no machine time zone): what a plan puts on air at an output at an instant.
/// The one function behind the screen at the gate, the editor's preview and the report.
/// </summary>
/// <remarks>
/// An entry is due while its day, weekday and window hold the instant, not before it was published (<see cref="PlanEntry.Since"/>); an item while it is valid.
/// Screens and LED regions: of the due entries with an item to show, the best rank (tier, number, target, one-off) wins; equal ones rotate, newest
/// published first, then by id. A rotation begins anew when a member comes or goes and runs on unseen under a better rank.
/// Entries with a pace (share, most plays, least gap, slots) take their turns by what was on in the hour, and those below fill what they leave; entries in step follow a loudspeaker.
/// Speakers: each entry is said once a window or every so many minutes; equal tiers queue, a higher tier interrupts, quiet hours silence all but emergencies (<see cref="SpeakerQueue"/>).
/// The plan must have passed <see cref="PlanRules"/>. Prepare once per plan; safe for many threads. Instants outside 1900–9900 have nothing due.
/// </remarks>
public sealed class PlanClock
{
    internal static readonly DateTimeOffset Earliest = new(1900, 1, 1, 0, 0, 0, TimeSpan.Zero);
    internal static readonly DateTimeOffset Latest = new(9900, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly Dictionary<OutputId, Lazy<OutputClock>> outputs;

    /// <exception cref="TimeZoneNotFoundException">The plan names a zone this machine does not know.</exception>
    public PlanClock(PlayPlan plan)
    {
        Plan = plan;
        var local = new LocalDays(new(TimeZoneInfo.FindSystemTimeZoneById(plan.TimeZone)));
        var days = new PlanDays(plan);
        outputs = plan.Outputs.ToDictionary(o => o.Id, o => new Lazy<OutputClock>(() => OutputClock.For(plan, o, days, local, id => (SpeakerClock)outputs![id].Value)));
    }

    public PlayPlan Plan { get; }

    internal OutputClock? ClockOf(OutputId output) => outputs.TryGetValue(output, out var clock) ? clock.Value : null;

    public OnAir At(OutputId output, DateTimeOffset instant)
    {
        if (!outputs.TryGetValue(output, out var clock))
            return Nothing(output, Because.UnknownOutput, DateTimeOffset.MaxValue);
        if (instant < Earliest || instant >= Latest)
            return Nothing(output, Because.NothingDue, instant < Earliest ? Earliest : DateTimeOffset.MaxValue);
        return clock.Value.At(instant.UtcTicks);
    }

    /// <summary>The next moment at which something else is on or the same begins anew; <see cref="DateTimeOffset.MaxValue"/> = never by this plan.</summary>
    public DateTimeOffset Next(OutputId output, DateTimeOffset instant) => At(output, instant).Until;

    /// <summary>Turn after turn without a gap from <paramref name="from"/> to <paramref name="to"/>; the first and last are clipped. Lazy.</summary>
    public IEnumerable<OnAir> Between(OutputId output, DateTimeOffset from, DateTimeOffset to)
    {
        for (var at = from; at < to;)
        {
            var air = At(output, at);
            var until = air.Until < to ? air.Until : to;
            yield return air with { From = at, Until = until };
            at = until;
        }
    }

    /// <summary>Scene after scene without a gap from <paramref name="from"/> to <paramref name="to"/>, for timelines of months: a year in milliseconds. Lazy.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Outside 1900–9900.</exception>
    public IEnumerable<AirScene> Scenes(OutputId output, DateTimeOffset from, DateTimeOffset to)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(from, Earliest);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(to, Latest);
        return from < to && outputs.TryGetValue(output, out var clock) ? clock.Value.Scenes(from.UtcTicks, to.UtcTicks) : [];
    }

    private static OnAir Nothing(OutputId output, Because because, DateTimeOffset until) =>
        new() { Output = output, Because = because, Tier = Tier.SafeScreen, From = DateTimeOffset.MinValue, Until = until };
}
