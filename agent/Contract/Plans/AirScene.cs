namespace BorderInfo.Contract.Plans;

/// <summary>What an output is for over a stretch by days, windows, validity and rank: the coarse timeline of an editor. Turns stand in <see cref="PlanClock.Between"/>.</summary>
/// <remarks>On a screen the item before may reach a little into it, because an item ends first, and where an entry has a pace lower ones come between. On a loudspeaker the entries are those of the best tier whose windows are open; lower ones may speak between.</remarks>
/// <param name="Entries">Ids in the order they rotate; empty = nothing is due.</param>
/// <param name="Tier"><see cref="Tier.SafeScreen"/> when nothing is due.</param>
public readonly record struct AirScene(OutputId Output, DateTimeOffset From, DateTimeOffset Until, Tier Tier, int Number, IReadOnlyList<string> Entries);
