namespace BorderInfo.Contract.Plans;

/// <summary>Why an output shows what it shows.</summary>
public enum Because
{
    /// <summary>An entry of the plan is due.</summary>
    Scheduled,

    /// <summary>No entry is due: the built-in safe screen, or silence on a speaker.</summary>
    NothingDue,

    /// <summary>An entry is due but it is quiet hours on this speaker.</summary>
    QuietHours,

    /// <summary>The plan does not know the output.</summary>
    UnknownOutput,
}

/// <summary>What is on air at one output over one stretch of time.</summary>
public readonly record struct OnAir
{
    public required OutputId Output { get; init; }

    public required Because Because { get; init; }

    public required Tier Tier { get; init; }

    /// <summary>Null = safe screen or silence; so are the next two.</summary>
    public PlanEntry? Entry { get; init; }

    public PlanItem? Item { get; init; }

    public PlanPart? Part { get; init; }

    /// <summary>When this part came on by the plan; <see cref="DateTimeOffset.MinValue"/> when nothing is on.</summary>
    public required DateTimeOffset From { get; init; }

    /// <summary>First instant at which something else is on, or the same begins anew; <see cref="DateTimeOffset.MaxValue"/> = never by this plan.</summary>
    public required DateTimeOffset Until { get; init; }

    /// <summary>How loud, 0–100: what the output says, or less by a <see cref="QuietRule"/> in force. Loudspeakers with something on only, else 0.</summary>
    public int VolumePercent { get; init; }

    /// <summary>When the volume may change; before <see cref="Until"/> only where a rule begins or ends while something is said. <see cref="DateTimeOffset.MinValue"/> = not before that.</summary>
    public DateTimeOffset VolumeUntil { get; init; }

    /// <summary>Name of the rule that silences at the instant asked; null = the plain quiet hours of the output, or it is not quiet.</summary>
    public string? Quiet { get; init; }

    /// <summary>True when both show the same part of the same entry, begun at the same instant.</summary>
    public bool SameAs(OnAir other) =>
        Output == other.Output && Entry?.Id == other.Entry?.Id && Item?.Id == other.Item?.Id && Item?.Version == other.Item?.Version
        && Part == other.Part && (Part is null || From == other.From);
}
