namespace BorderInfo.Contract.Plans;

/// <summary>Items of these themes are not shown or said for a time, as in national mourning; what is on is cut when it begins. Emergencies pass: an item of that class, and whatever an entry of that tier names.</summary>
public sealed record PlanStop
{
    /// <summary>For example <c>QT-2026-01</c>; at most 40 UTF-16 units.</summary>
    public required string Id { get; init; }

    /// <summary>For people, at most 300 UTF-16 units.</summary>
    public string Name { get; set; } = "";

    /// <summary>Themes by name, without regard to case.</summary>
    public required IReadOnlyList<string> Themes { get; init; }

    public required DateTimeOffset From { get; init; }

    /// <summary>First instant at which they may be shown again.</summary>
    public required DateTimeOffset Until { get; init; }

    /// <summary>In an entry of the tier.</summary>
    public bool Holds(PlanItem item, Tier tier) => tier != Tier.Emergency && item.Class != BulletinClass.Emergency && Names(item);

    /// <summary>In at least one entry of the plan.</summary>
    public bool Holds(PlanItem item, PlayPlan plan) => Names(item) && plan.Entries.Any(e => Holds(item, e.Tier) && e.Items.Contains(item.Id));

    /// <summary>In every entry of the plan that has it.</summary>
    public bool HoldsAll(PlanItem item, PlayPlan plan) => Names(item) && plan.Entries.All(e => Holds(item, e.Tier) || !e.Items.Contains(item.Id));

    /// <summary>An item of its themes, held or not.</summary>
    internal bool Names(PlanItem item) => Themes.Contains(item.Theme, StringComparer.OrdinalIgnoreCase);
}
