namespace BorderInfo.Contract.Plans;

/// <summary>Items of these themes are not shown or said for a time, as in national mourning; what is on is cut when it begins.</summary>
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

    public bool Holds(PlanItem item) => Themes.Contains(item.Theme, StringComparer.OrdinalIgnoreCase);
}
