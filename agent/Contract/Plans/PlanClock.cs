namespace BorderInfo.Contract.Plans;

/// <summary>
/// Pure island (no clock, no I/O, no culture, no machine time zone): what a plan puts on air at an output at an instant.
/// The one function behind the screen at the gate, the editor's preview and the report.
/// </summary>
/// <remarks>
/// Screens and LED regions: of the entries whose day, weekday and window hold the instant, and whose items are valid and have a part for the output,
/// the best rank (tier, number, target, one-off) wins; equal ones rotate, newest published first, then by id.
/// The rotation starts when its newest member came on air. Speakers: each entry is said once a window or every so many minutes;
/// equal ones queue, a higher tier interrupts, quiet hours silence all but emergencies.
/// Prepare once per plan; safe for many threads.
/// </remarks>
public sealed class PlanClock
{
    private readonly Dictionary<OutputId, OutputClock> outputs;

    /// <exception cref="TimeZoneNotFoundException">The plan names a zone this machine does not know.</exception>
    public PlanClock(PlayPlan plan)
    {
        Plan = plan;
        var zone = TimeZoneInfo.FindSystemTimeZoneById(plan.TimeZone);
        outputs = plan.Outputs.ToDictionary(o => o.Id, o => OutputClock.For(plan, o, zone));
    }

    public PlayPlan Plan { get; }

    public OnAir At(OutputId output, DateTimeOffset instant) =>
        outputs.TryGetValue(output, out var clock)
            ? clock.At(instant.ToUniversalTime())
            : new OnAir { Output = output, Because = Because.UnknownOutput, Tier = Tier.SafeScreen, From = DateTimeOffset.MinValue, Until = DateTimeOffset.MaxValue };

    /// <summary>The next moment anything can change; <see cref="DateTimeOffset.MaxValue"/> = never by this plan.</summary>
    public DateTimeOffset Next(OutputId output, DateTimeOffset instant) => At(output, instant).Until;

    /// <summary>Gapless stretches from <paramref name="from"/> to <paramref name="to"/>; the first and last are clipped. Lazy.</summary>
    public IEnumerable<OnAir> Between(OutputId output, DateTimeOffset from, DateTimeOffset to)
    {
        for (var at = from; at < to;)
        {
            var air = At(output, at);
            var until = air.Until < to ? air.Until : to;
            yield return air with { From = at > air.From ? at : air.From, Until = until };
            at = until;
        }
    }
}
