using BorderInfo.Contract.Plans;

namespace BorderInfo.Server.Publishing;

/// <summary>What an output is for over a stretch.</summary>
/// <param name="Entries">Ids in no order; empty = safe screen.</param>
/// <param name="Items">Titles of their items, each once.</param>
public sealed record AirSide(Tier Tier, IReadOnlyList<string> Entries, IReadOnlyList<string> Items);

/// <summary>A stretch in which a screen will be for something else than by the plan before.</summary>
public sealed record AirChange(OutputId Output, string OutputName, DateTimeOffset From, DateTimeOffset To, AirSide Before, AirSide After);

/// <summary>How often a loudspeaker says an entry in the period, where that changes.</summary>
public sealed record CallChange(OutputId Output, string OutputName, string Entry, int Before, int After);

/// <summary>Pure: what two plans of one site put on air differently over a period, as the engine says.</summary>
/// <param name="More">Changes that are not listed because there are too many.</param>
public sealed record AirDifference(IReadOnlyList<AirChange> Screens, IReadOnlyList<CallChange> Speakers, int More)
{
    /// <summary>Listed for one site.</summary>
    public const int Most = 12;

    public bool Any => Screens.Count + Speakers.Count > 0;

    /// <param name="before">Null = no plan yet.</param>
    public static AirDifference Of(PlayPlan? before, PlayPlan after, DateTimeOffset from, DateTimeOffset to)
    {
        var (old, now) = (before is null ? null : new PlanClock(before), new PlanClock(after));
        var outputs = after.Outputs.Concat(before?.Outputs ?? []).DistinctBy(o => o.Id).ToArray();
        var screens = outputs.Where(o => o.Kind != OutputKind.Speaker).SelectMany(o => Screen(old, now, o, from, to)).ToArray();
        var speakers = outputs.Where(o => o.Kind == OutputKind.Speaker).SelectMany(o => Speaker(old, now, o, from, to)).ToArray();
        return new([.. screens.Take(Most)], [.. speakers.Take(Most)], Math.Max(0, screens.Length - Most) + Math.Max(0, speakers.Length - Most));
    }

    private static IEnumerable<AirChange> Screen(PlanClock? old, PlanClock now, PlanOutput output, DateTimeOffset from, DateTimeOffset to)
    {
        var (was, will) = (Sides(old, output.Id, from, to), Sides(now, output.Id, from, to));
        AirChange? held = null;
        foreach (var at in was.Concat(will).Select(s => s.From).Distinct().Order().ToArray())
        {
            var (a, b) = (was.Last(s => s.From <= at), will.Last(s => s.From <= at));
            if (held is not null && (a.Key, b.Key) != (Key(old, held.Before), Key(now, held.After)))
            {
                yield return held with { To = at };
                held = null;
            }

            if (a.Key != b.Key)
                held ??= new(output.Id, output.Name, at, to, a.Side, b.Side);
        }

        if (held is not null)
            yield return held;
    }

    private static (DateTimeOffset From, AirSide Side, string Key)[] Sides(PlanClock? clock, OutputId output, DateTimeOffset from, DateTimeOffset to)
    {
        var scenes = clock?.Scenes(output, from, to).ToArray() ?? [];
        return scenes.Length == 0
            ? [(from, Nothing, "")]
            : [.. scenes.Select(s => Side(clock!.Plan, s)).Select((side, i) => (scenes[i].From, side, Key(clock, side)))];
    }

    private static AirSide Nothing { get; } = new(Tier.SafeScreen, [], []);

    private static AirSide Side(PlayPlan plan, AirScene scene)
    {
        var ids = scene.Entries.ToHashSet();
        var items = plan.Entries.Where(e => ids.Contains(e.Id)).SelectMany(e => e.Items).Distinct().ToArray();
        return new(scene.Tier, [.. ids.Order(StringComparer.Ordinal)], [.. items.Select(i => plan.Items.FirstOrDefault(p => p.Id == i)?.Title ?? i.Value)]);
    }

    /// <summary>Two sides with one key look the same: the same entries with the same items in the same versions and order, at the same pace.</summary>
    private static string Key(PlanClock? clock, AirSide side) => clock is null || side.Entries.Count == 0 ? "" : string.Join('|', side.Entries.Select(id => Key(clock.Plan, clock.Plan.Entries.First(e => e.Id == id))));

    private static string Key(PlayPlan plan, PlanEntry e) =>
        $"{e.Id} {e.Tier} {e.Order} {e.Seed} {string.Join(',', e.Weights)} {PlanDifference.Pace(e)} {string.Join(',', e.Items.Select(i => $"{i}/{plan.Items.FirstOrDefault(p => p.Id == i)?.Version}"))}";

    private static IEnumerable<CallChange> Speaker(PlanClock? old, PlanClock now, PlanOutput output, DateTimeOffset from, DateTimeOffset to)
    {
        var (was, will) = (Calls(old, output.Id, from, to), Calls(now, output.Id, from, to));
        return was.Keys.Union(will.Keys).Order(StringComparer.Ordinal)
            .Select(e => new CallChange(output.Id, output.Name, e, was.GetValueOrDefault(e), will.GetValueOrDefault(e))).Where(c => c.Before != c.After);
    }

    /// <summary>Calls of each entry: what it says one after the other, in all its languages, is one, as on the timeline. An entry whose items changed counts as another only by its number of calls.</summary>
    private static Dictionary<string, int> Calls(PlanClock? clock, OutputId output, DateTimeOffset from, DateTimeOffset to)
    {
        var calls = new Dictionary<string, int>(StringComparer.Ordinal);
        string? saying = null;
        foreach (var air in clock?.Between(output, from, to) ?? [])
        {
            if (air.Entry is { } entry && entry.Id != saying)
                calls[entry.Id] = calls.GetValueOrDefault(entry.Id) + 1;
            saying = air.Entry?.Id;
        }

        return calls;
    }
}
