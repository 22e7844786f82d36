using BorderInfo.Contract.Calendars;
using BorderInfo.Contract.Plans;
using BorderInfo.Server.Approval.Public;
using BorderInfo.Server.Content.Public;
using BorderInfo.Server.Fleet.Public;
using BorderInfo.Server.Identity.Public;
using BorderInfo.Server.Scheduling.Offers;
using BorderInfo.Server.Scheduling.Public;

namespace BorderInfo.Server.Scheduling;

/// <summary>A schedule that counts, the outputs of this cluster that it reaches, and since when it is published.</summary>
internal sealed record DueSchedule(ScheduleView Schedule, DateTimeOffset Since, IReadOnlyList<(OutputId Output, TargetWidth Width)> Reach)
{
    /// <summary>Where it may be shown: nothing but communes = the commune's own.</summary>
    public AreaScope Area { get; init; } = AreaScope.All;
}

/// <summary>A released item with its files for this cluster.</summary>
internal sealed record ReadyItem(ReleasedItem Released, ReadyParts Ready)
{
    private OutputId[]? outputs;
    private PlanItem? whole;
    private PlanFile[]? wholeFiles;

    /// <summary>Where it has a part, each once.</summary>
    public IReadOnlyList<OutputId> Outputs => outputs ??= [.. Ready.Parts.Select(p => p.Output).Distinct()];

    /// <summary>As plans carry it that show it at all of <see cref="Outputs"/>: the same object in each.</summary>
    public PlanItem Whole => whole ??= At(null);

    /// <param name="shown">Null = at all.</param>
    public PlanItem At(IReadOnlySet<OutputId>? shown) => new()
    {
        Id = Released.Item.Id,
        Version = Released.Item.Version,
        Title = Fitting(Released.Item.Title),
        Theme = Released.Item.Theme,
        Class = Released.Item.Class,
        ValidFrom = Released.Item.ValidFrom,
        ValidUntil = Released.Item.ValidUntil,
        Times = Released.Item.Notice is { } notice ? [.. notice.Times(Released.Item.ValidFrom).Select(t => new AirTime(t.From, t.Until))] : [],
        ApprovedBy = Released.ApprovedBy,
        ApprovedAt = Released.ApprovedAt,
        Parts = [.. Ready.Parts.Where(p => shown?.Contains(p.Output) != false).OrderBy(p => p.Output.Value, StringComparer.Ordinal).ThenBy(p => p.Language, StringComparer.Ordinal).ThenBy(p => p.Page)],
    };

    /// <summary>No more code units than a plan takes: two hundred letters of Khmer may be more.</summary>
    internal static string Fitting(string title) =>
        title.Length <= PlanLimits.TextLength ? title : string.Concat(title[..PlanLimits.TextLength].EnumerateRunes().Where(r => r.Value != 0xFFFD));

    /// <summary>Those that the parts of the item name; of <see cref="Whole"/> the same object each time.</summary>
    public PlanFile[] FilesOf(PlanItem item) => ReferenceEquals(item, whole) ? wholeFiles ??= Named(item) : Named(item);

    private PlanFile[] Named(PlanItem item)
    {
        var wanted = item.Parts.Select(p => p.File).ToHashSet();
        return [.. Ready.Files.Where(f => wanted.Contains(f.Hash))];
    }

    public bool Plays(OutputId output)
    {
        foreach (var here in Outputs)
        {
            if (here == output)
                return true;
        }

        return false;
    }

    public bool PlaysAny(IReadOnlySet<OutputId> reached)
    {
        foreach (var here in Outputs)
        {
            if (reached.Contains(here))
                return true;
        }

        return false;
    }
}

/// <summary>All that a plan of one site is made from.</summary>
internal sealed record PlanInput(Cluster Cluster, SiteId Site, IReadOnlyList<DueSchedule> Schedules, IReadOnlyDictionary<ItemId, ReadyItem> Items, IReadOnlyList<PlanWarning> Warnings)
{
    /// <summary>In force now or later, anywhere.</summary>
    public IReadOnlyList<ThemeStop> Stops { get; init; } = [];

    public NoiseBook Noise { get; init; } = NoiseBook.None;

    /// <summary>Of all communes.</summary>
    public IReadOnlyList<PriorityDecision> Decisions { get; init; } = [];

    /// <summary>In Việt Nam; quiet rules that were over before are left out.</summary>
    public DateOnly Today { get; init; }
    /// <summary>The whole table; the plan carries what its entries name.</summary>
    public HolidayTable Holidays { get; init; } = HolidayTable.Empty;
}

/// <summary>
/// Pure island (no clock, no I/O): schedules + released items + outputs of one cluster → its plan. The same input gives the same plan, byte for byte, in whatever order it comes.
/// </summary>
/// <remarks>Only what this site plays is in it: an item without a part here, a file nobody shows and an entry without items are left out, with a warning.</remarks>
internal static class PlanCompiler
{
    /// <summary>Number of a plan that has none yet.</summary>
    public static PlanNumber NoNumber(SiteId site) => new(site, 1970, 0);

    public static CompiledPlan Compile(PlanInput input)
    {
        var warnings = new List<PlanWarning>(input.Warnings);
        var entries = new List<PlanEntry>();
        foreach (var due in input.Schedules.OrderBy(d => d.Schedule.Tier).ThenBy(d => d.Schedule.Number).ThenBy(d => d.Schedule.Id))
        {
            var made = PacedHere.InStep(due.Schedule, Entries(due, input, warnings), input.Cluster, warnings).ToArray();
            if (made.Length == 0 && due.Reach.Count > 0)
                warnings.Add(new("schedule.warn.plays-nothing", due.Schedule.Name, input.Cluster.Name));
            entries.AddRange(made);
        }

        entries = PriorityOrder.Of(entries, input);
        var items = Items(entries, input.Items);
        var plan = new PlayPlan
        {
            Level = ContractLevel.Current,
            Site = input.Site,
            Number = NoNumber(input.Site),
            Epoch = 0,
            Counter = 0,
            MadeAt = DateTimeOffset.UnixEpoch,
            ValidUntil = DateTimeOffset.UnixEpoch,
            ClusterName = input.Cluster.Name,
            Outputs = [.. input.Cluster.Outputs.OrderBy(o => o.Id.Value, StringComparer.Ordinal).Select(o => Output(o, input.Noise.For(input.Cluster.Id, o, input.Today)))],
            Items = items,
            Files = Files(items, input.Items),
            Entries = entries,
            Stops = ThemeStop.Of(input.Cluster, input.Stops),
            Holidays = input.Holidays.For(entries.Select(e => e.Days).OfType<DayRule>()).Entries,
        };
        return new(plan with { Level = PlanLevels.Of(plan) }, [.. warnings.Distinct(WarningEquality.Same).OrderBy(w => w.Code, StringComparer.Ordinal).ThenBy(w => string.Join('\n', w.With), StringComparer.Ordinal)]);
    }

    /// <summary>One entry for each width by which the schedule reaches outputs here; most often one.</summary>
    private static IEnumerable<PlanEntry> Entries(DueSchedule due, PlanInput input, List<PlanWarning> warnings)
    {
        var (s, ready) = (due.Schedule, input.Items);
        var days = ScheduleDays.Planned(s);
        var at = 0;
        foreach (var (width, reached) in PacedHere.Reach(due))
        {
            var items = s.Items.Distinct().Where(i => ready.TryGetValue(i, out var r) && r.PlaysAny(reached) && PacedHere.Fits(s, r, reached, input.Cluster, warnings)).ToArray();
            if (items.Length == 0)
                continue;
            at++;
            yield return new PlanEntry
            {
                Id = at == 1 ? s.EntryId : $"{s.EntryId}.{at.ToString(System.Globalization.CultureInfo.InvariantCulture)}",
                Tier = s.Tier,
                Number = s.Number,
                Target = width,
                OneOff = s.OneOff,
                Since = due.Since,
                Items = items,
                Order = s.Order,
                Seed = s.Seed,
                Weights = Weights(s, items),
                Outputs = [.. reached.Where(o => items.Any(i => ready[i].Plays(o))).OrderBy(o => o.Value, StringComparer.Ordinal)],
                From = days.From,
                To = days.To,
                Weekdays = days.Weekdays,
                Days = days.Rule,
                Windows = [.. s.Windows.OrderBy(w => w.From).ThenBy(w => w.To)],
                EveryMinutes = s.EveryMinutes,
                SharePercent = s.Pace.SharePercent,
                ShareSeconds = s.Pace.ShareSeconds,
                MostPerHour = s.Pace.MostPerHour,
                LeastGapSeconds = s.Pace.LeastGapSeconds,
                SlotMinutes = s.Pace.SlotMinutes,
            };
        }
    }

    /// <summary>Of the items that play here, in their order; empty when each comes once.</summary>
    private static int[] Weights(ScheduleView s, ItemId[] items)
    {
        int[] weights = [.. items.Select(i => s.Weights.FirstOrDefault(w => w.Item == i)?.Weight ?? 1)];
        return weights.All(w => w == 1) ? [] : weights;
    }

    private static PlanItem[] Items(List<PlanEntry> entries, IReadOnlyDictionary<ItemId, ReadyItem> ready)
    {
        var used = new Dictionary<ItemId, HashSet<OutputId>>();
        foreach (var entry in entries)
        {
            foreach (var id in entry.Items)
            {
                if (!used.TryGetValue(id, out var outputs))
                    used[id] = outputs = [];
                outputs.UnionWith(entry.Outputs);
            }
        }

        return [.. used.OrderBy(u => u.Key.Number).Select(u => ready[u.Key].Outputs.All(u.Value.Contains) ? ready[u.Key].Whole : ready[u.Key].At(u.Value))];
    }

    /// <summary>Each once, by hash. Sorted with those that come twice, which costs less than a set of them.</summary>
    private static PlanFile[] Files(PlanItem[] items, IReadOnlyDictionary<ItemId, ReadyItem> ready)
    {
        var files = new List<PlanFile>(items.Length * 4);
        foreach (var item in items)
            files.AddRange(ready[item.Id].FilesOf(item));
        files.Sort(static (a, b) => string.CompareOrdinal(a.Hash.Value, b.Hash.Value));
        var kept = 0;
        for (var at = 0; at < files.Count; at++)
        {
            if (kept == 0 || files[at].Hash != files[kept - 1].Hash)
                files[kept++] = files[at];
        }

        return [.. files.Take(kept)];
    }

    private static PlanOutput Output(ClusterOutput o, IReadOnlyList<QuietRule> quiet) => new()
    {
        Id = o.Id,
        Kind = o.Kind,
        Name = o.Name,
        Screen = o.Screen,
        X = o.X,
        Y = o.Y,
        WidthPx = o.WidthPx,
        HeightPx = o.HeightPx,
        Languages = o.Languages,
        RequiredLanguages = o.RequiredLanguages,
        Fallbacks = o.Fallbacks,
        VolumePercent = o.VolumePercent,
        QuietHours = o.QuietHours,
        QuietRules = quiet,
    };

    private sealed class WarningEquality : IEqualityComparer<PlanWarning>
    {
        public static readonly WarningEquality Same = new();

        public bool Equals(PlanWarning? x, PlanWarning? y) => x?.Code == y?.Code && (x?.With ?? []).SequenceEqual(y?.With ?? []);

        public int GetHashCode(PlanWarning w) => w.With.Aggregate(w.Code.GetHashCode(StringComparison.Ordinal), HashCode.Combine);
    }
}
