using BorderInfo.Contract.Plans;
using BorderInfo.Server.Scheduling.Public;

namespace BorderInfo.Server.Publishing;

/// <summary>What a new plan changes at one site, in ids; names are put to them by the page.</summary>
/// <param name="Added">Schedules that come, <paramref name="Removed"/> go, <paramref name="Changed"/> stay with other words, times or items.</param>
/// <param name="ItemsAdded">Items that come; <paramref name="ItemsRemoved"/> go; <paramref name="ItemsRenewed"/> stay in a newer version.</param>
public sealed record PlanDifference(
    IReadOnlyList<long> Added, IReadOnlyList<long> Removed, IReadOnlyList<long> Changed,
    IReadOnlyList<PlanItem> ItemsAdded, IReadOnlyList<PlanItem> ItemsRemoved, IReadOnlyList<PlanItem> ItemsRenewed, bool OutputsChanged, long NewBytes)
{
    /// <summary>Of each changed schedule what changed, in words of <c>publish.field.*</c>.</summary>
    public IReadOnlyDictionary<long, IReadOnlyList<string>> Fields { get; init; } = new Dictionary<long, IReadOnlyList<string>>();

    public bool Any => Added.Count + Removed.Count + Changed.Count + ItemsAdded.Count + ItemsRemoved.Count + ItemsRenewed.Count > 0 || OutputsChanged;

    /// <summary>Pure.</summary>
    /// <param name="before">Null = no plan yet.</param>
    public static PlanDifference Of(PlayPlan? before, PlayPlan after)
    {
        var (old, now) = (BySchedule(before), BySchedule(after));
        var (oldItems, nowItems) = ((before?.Items ?? []).ToDictionary(i => i.Id), after.Items.ToDictionary(i => i.Id));
        long[] changed = [.. now.Keys.Intersect(old.Keys).Where(id => now[id] != old[id])];
        var had = (before?.Files ?? []).Select(f => f.Hash).ToHashSet();
        return new(
            [.. now.Keys.Except(old.Keys)], [.. old.Keys.Except(now.Keys)], changed,
            [.. after.Items.Where(i => !oldItems.ContainsKey(i.Id))], [.. oldItems.Values.Where(i => !nowItems.ContainsKey(i.Id))],
            [.. after.Items.Where(i => oldItems.TryGetValue(i.Id, out var o) && o.Version != i.Version)],
            before is not null && OutputsOf(before) != OutputsOf(after),
            after.Files.Where(f => !had.Contains(f.Hash)).Sum(f => f.Size))
        {
            Fields = changed.ToDictionary(id => id, id => FieldsOf(Entries(before!, id), Entries(after, id))),
        };
    }

    private static PlanEntry[] Entries(PlayPlan plan, long schedule) => [.. plan.Entries.Where(e => (ScheduleView.IdOfEntry(e.Id) ?? 0) == schedule).OrderBy(e => e.Id, StringComparer.Ordinal)];

    private static IReadOnlyList<string> FieldsOf(PlanEntry[] a, PlanEntry[] b)
    {
        if (a.Length != b.Length)
            return ["outputs"];
        (string Field, Func<PlanEntry, string> Text)[] fields =
        [
            ("tier", e => $"{e.Tier} {e.Number}"),
            ("items", e => string.Join(',', e.Items)),
            ("order", e => $"{e.Order} {e.Seed} {string.Join(',', e.Weights)}"),
            ("outputs", e => $"{e.Target} {string.Join(',', e.Outputs)}"),
            ("days", e => $"{e.From} {e.To} {e.Weekdays} {Bytes(e)}"),
            ("windows", e => string.Join(',', e.Windows.Select(w => $"{w.From}-{w.To}"))),
            ("every", e => $"{e.EveryMinutes}"),
            ("pace", Pace),
        ];
        return [.. fields.Where(f => !a.Select(f.Text).SequenceEqual(b.Select(f.Text))).Select(f => f.Field)];
    }

    /// <summary>Shares, caps, gaps, slots and step.</summary>
    internal static string Pace(PlanEntry e) => $"{e.SharePercent} {e.ShareSeconds} {e.MostPerHour} {e.LeastGapSeconds} {e.SlotMinutes} {e.InStep}";

    private static string Bytes(PlanEntry e) => e.Days is null ? "" : System.Text.Json.JsonSerializer.Serialize(e.Days, Platform.Pages.ApiJson.Options);

    private static Dictionary<long, string> BySchedule(PlayPlan? plan) =>
        (plan?.Entries ?? []).GroupBy(e => ScheduleView.IdOfEntry(e.Id) ?? 0).OrderBy(g => g.Key).ToDictionary(
            g => g.Key, g => Text(plan! with { Level = 0, Entries = [.. g.Select(e => e with { Since = default })], Items = [], Files = [], Outputs = [], Stops = [], Holidays = [.. plan.Holidays.Where(h => g.Any(e => Names(e, h.Id)))] }));

    /// <summary>What the plan says of the outputs and the cluster, without what schedules and stops of themes bring along.</summary>
    private static string OutputsOf(PlayPlan plan) => Text(plan with { Level = 0, Entries = [], Items = [], Files = [], Holidays = [], Stops = [] });

    private static bool Names(PlanEntry e, string holiday) => Bytes(e).Contains($"\"{holiday}\"", StringComparison.Ordinal);

    private static string Text(PlayPlan p) => System.Text.Encoding.UTF8.GetString(PlanBytes.Json(p with { Withdrawn = [], Number = new PlanNumber(p.Site, 1970, 0), Epoch = 0, Counter = 0, MadeAt = DateTimeOffset.UnixEpoch, ValidUntil = DateTimeOffset.UnixEpoch }));
}
