namespace BorderInfo.Contract.Plans;

/// <summary>
/// Pure: whether a plan may be signed by the compiler and accepted by an agent. What passes, <see cref="PlanClock"/> answers for without an exception.
/// </summary>
/// <remarks>
/// Not asked here: signature, whether it is for this site, whether it is newer (<see cref="PlanOrder"/>), whether it has expired.
/// The first rule broken is told; limits stand in <see cref="PlanLimits"/>. <c>With</c> names the id concerned.
/// </remarks>
public static class PlanRules
{
    /// <summary>Every code that <see cref="Check"/> can give; each needs a text.</summary>
    public static readonly IReadOnlyList<string> Codes =
    [
        "plan.malformed", "plan.level", "plan.number", "plan.order", "plan.validity", "plan.time-zone", "plan.too-many", "plan.text",
        "plan.output-twice", "plan.geometry", "plan.volume", "plan.language", "plan.window",
        "plan.file-twice", "plan.file-size", "plan.media-type",
        "plan.item-twice", "plan.item-version", "plan.item-validity", "plan.item-times",
        "plan.part-output", "plan.part-file", "plan.part-kind", "plan.part-page", "plan.part-duration",
        "plan.entry-twice", "plan.entry-item", "plan.entry-output", "plan.entry-dates", "plan.entry-weekdays",
        "plan.entry-tier", "plan.entry-number", "plan.every-minutes", "plan.withdrawn",
        "plan.holidays", "plan.days", "plan.starts", "plan.weights", "plan.stop", "plan.fallback", "plan.quiet-rule",
        "plan.share", "plan.shares", "plan.pace", "plan.slot", "plan.in-step",
    ];

    /// <summary>Null = the plan is sound.</summary>
    public static Refusal? Check(PlayPlan plan)
    {
        if (Holes(plan))
            return new("plan.malformed");
        return First(Head(plan), () => Outputs(plan), () => Files(plan), () => Items(plan), () => Withdrawn(plan), () => Stops(plan), () => EntryRules.Check(plan));
    }

    /// <summary>Windows shorter than a minute are refused; equal ends are the whole day, so none is empty.</summary>
    internal static bool Sound(TimeWindow window) => window.Length >= TimeSpan.FromMinutes(1);

    /// <summary>Members that JSON leaves null inside lists, or a caller left default.</summary>
    private static bool Holes(PlayPlan plan) =>
        plan.Outputs.Any(o => o is null || !OutputId.TryParse(o.Id.Value, out _) || o.Languages.Contains(null!) || o.QuietHours.Contains(null!) || o.QuietRules.Any(q => q?.Window is null))
        || plan.Files.Any(f => f is null || !MediaHash.TryParse(f.Hash.Value, out _))
        || plan.Items.Any(i => i is null || !ItemId.TryParse(i.Id.Value, out _) || i.Parts.Contains(null!) || i.Times.Contains(null!))
        || plan.Entries.Any(e => e is null || e.Windows.Contains(null!)) || plan.Holidays.Contains(null!)
        || plan.Outputs.Any(o => o.RequiredLanguages.Contains(null!) || o.Fallbacks.Contains(null!)) || plan.Stops.Any(s => s is null || s.Themes.Contains(null!))
        || plan.Withdrawn.Any(w => w is null || !ItemId.TryParse(w.Item.Value, out _))
        || !SiteId.TryParse(plan.Site.Value, out _) || !PlanNumber.TryParse(plan.Number.Value, out _);

    private static Refusal? Head(PlayPlan plan)
    {
        if (plan.Level < PlanLevels.Of(plan) || plan.Level > ContractLevel.Current)
            return new("plan.level", $"{plan.Level}");
        if (plan.Epoch < 0 || plan.Counter < 1)
            return new("plan.order", $"{plan.Epoch}", $"{plan.Counter}");
        if (plan.Number != new PlanNumber(plan.Site, plan.Number.Year, plan.Counter))
            return new("plan.number", plan.Number.Value);
        if (plan.ValidUntil <= plan.MadeAt)
            return new("plan.validity");
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(plan.TimeZone, out _))
            return new("plan.time-zone", plan.TimeZone);
        if (plan.ClusterName.Length > PlanLimits.TextLength)
            return new("plan.text", "clusterName");
        return TooMany("outputs", plan.Outputs.Count, PlanLimits.Outputs) ?? TooMany("files", plan.Files.Count, PlanLimits.Files)
            ?? TooMany("items", plan.Items.Count, PlanLimits.Items) ?? TooMany("entries", plan.Entries.Count, PlanLimits.Entries)
            ?? TooMany("withdrawn", plan.Withdrawn.Count, PlanLimits.Withdrawn);
    }

    private static Refusal? Outputs(PlayPlan plan)
    {
        if (Twice(plan.Outputs.Select(o => o.Id)) is { } twice)
            return new("plan.output-twice", twice.Value);
        return plan.Outputs.Select(Output).FirstOrDefault(r => r is not null);
    }

    private static Refusal? Output(PlanOutput o)
    {
        var id = o.Id.Value;
        if (!Enum.IsDefined(o.Kind))
            return new("plan.malformed", id);
        if (o.Name.Length > PlanLimits.TextLength)
            return new("plan.text", id);
        if (o.Screen < 1 || (o.Kind != OutputKind.Speaker && !OnScreen(o)))
            return new("plan.geometry", id);
        if (o.VolumePercent is < 0 or > 100)
            return new("plan.volume", id);
        if (o.Fallbacks.FirstOrDefault(f => string.Equals(f.Language, f.Instead, StringComparison.OrdinalIgnoreCase)) is { } self)
            return new("plan.fallback", id, self.Language);
        if (o.Languages.Concat(o.RequiredLanguages).Concat(o.Fallbacks.SelectMany(f => new[] { f.Language, f.Instead })).FirstOrDefault(l => !LanguageTag.IsWellFormed(l)) is { } tag)
            return new("plan.language", id, tag);
        if (!o.QuietHours.All(Sound))
            return new("plan.window", id);
        foreach (var rule in o.QuietRules)
        {
            if (rule.Name.Length is 0 or > PlanLimits.TextLength)
                return new("plan.text", id);
            if (o.Kind != OutputKind.Speaker || rule.VolumePercent is < 1 or > 100 || rule.To < rule.From || (rule.Weekdays & Weekdays.All) == 0 || !Sound(rule.Window))
                return new("plan.quiet-rule", id, rule.Name);
        }

        return TooMany(id, o.Languages.Count, PlanLimits.LanguagesPerOutput) ?? TooMany(id, o.RequiredLanguages.Count, PlanLimits.LanguagesPerOutput)
            ?? TooMany(id, o.Fallbacks.Count, PlanLimits.Fallbacks) ?? TooMany(id, o.QuietHours.Count, PlanLimits.QuietHours) ?? TooMany(id, o.QuietRules.Count, PlanLimits.QuietRules);
    }

    private static bool OnScreen(PlanOutput o) =>
        o.X is >= 0 and <= PlanLimits.Pixels && o.Y is >= 0 and <= PlanLimits.Pixels
        && o.WidthPx is >= 1 and <= PlanLimits.Pixels && o.HeightPx is >= 1 and <= PlanLimits.Pixels;

    private static Refusal? Files(PlayPlan plan)
    {
        if (Twice(plan.Files.Select(f => f.Hash)) is { } twice)
            return new("plan.file-twice", twice.Value);
        foreach (var file in plan.Files)
        {
            if (file.Size is < 1 or > PlanLimits.FileBytes)
                return new("plan.file-size", file.Hash.Value);
            if (KindsOf(file.MediaType) is null)
                return new("plan.media-type", file.Hash.Value, file.MediaType);
        }

        return null;
    }

    private static Refusal? Items(PlayPlan plan)
    {
        if (Twice(plan.Items.Select(i => i.Id)) is { } twice)
            return new("plan.item-twice", twice.Value);
        var outputs = plan.Outputs.ToDictionary(o => o.Id);
        var files = plan.Files.ToDictionary(f => f.Hash);
        return plan.Items.Select(i => Item(i) ?? i.Parts.Select(p => Part(i, p, outputs, files)).FirstOrDefault(r => r is not null)).FirstOrDefault(r => r is not null);
    }

    private static Refusal? Item(PlanItem item)
    {
        var id = item.Id.Value;
        if (!Enum.IsDefined(item.Class))
            return new("plan.malformed", id);
        if (item.Version < 1)
            return new("plan.item-version", id);
        if (item.ValidUntil <= item.ValidFrom)
            return new("plan.item-validity", id);
        if (item.Title.Length > PlanLimits.TextLength || item.Theme.Length > PlanLimits.TextLength || item.ApprovedBy.Length > PlanLimits.TextLength)
            return new("plan.text", id);
        return TooMany(id, item.Parts.Count, PlanLimits.PartsPerItem) ?? TooMany($"{id} times", item.Times.Count, PlanLimits.TimesPerItem) ?? Times(item);
    }

    /// <summary>The member that is wrong comes second: <c>times[2].from</c>.</summary>
    private static Refusal? Times(PlanItem item)
    {
        for (var i = 0; i < item.Times.Count; i++)
        {
            var time = item.Times[i];
            if (time.From < (i == 0 ? item.ValidFrom : item.Times[i - 1].Until))
                return new("plan.item-times", item.Id.Value, $"times[{i}].from");
            if (time.Until <= time.From || time.Until > item.ValidUntil)
                return new("plan.item-times", item.Id.Value, $"times[{i}].until");
        }

        return null;
    }

    private static Refusal? Part(PlanItem item, PlanPart part, Dictionary<OutputId, PlanOutput> outputs, Dictionary<MediaHash, PlanFile> files)
    {
        var id = item.Id.Value;
        if (part.Output.Value is null || !outputs.TryGetValue(part.Output, out var output))
            return new("plan.part-output", id, part.Output.Value ?? "");
        if (part.File.Value is null || !files.TryGetValue(part.File, out var file))
            return new("plan.part-file", id, part.File.Value ?? "");
        if (!KindsOf(file.MediaType)!.Contains(part.Kind) || (part.Kind == PartKind.Speech) != (output.Kind == OutputKind.Speaker))
            return new("plan.part-kind", id, output.Id.Value, $"{part.Kind}");
        if (!LanguageTag.IsWellFormed(part.Language))
            return new("plan.language", id, part.Language);
        if (part.Page < 1)
            return new("plan.part-page", id);
        return part.DurationMs is < PlanLimits.MinPartMs or > PlanLimits.MaxPartMs ? new("plan.part-duration", id, $"{part.DurationMs}") : null;
    }

    /// <summary>A plan may not carry what it withdraws.</summary>
    private static Refusal? Withdrawn(PlayPlan plan)
    {
        var until = plan.Withdrawn.ToLookup(w => w.Item, w => w.Version);
        foreach (var withdrawn in plan.Withdrawn)
        {
            if (withdrawn.Version < 1)
                return new("plan.item-version", withdrawn.Item.Value);
        }

        return plan.Items.FirstOrDefault(i => until[i.Id].Any(v => v >= i.Version)) is { } carried ? new("plan.withdrawn", carried.Id.Value) : null;
    }

    private static Refusal? Stops(PlayPlan plan)
    {
        foreach (var stop in plan.Stops)
        {
            if (stop.Id.Length is 0 or > PlanLimits.IdLength || stop.Name.Length > PlanLimits.TextLength || stop.Themes.Any(t => t.Length > PlanLimits.TextLength))
                return new("plan.text", stop.Id);
            if (stop.Until <= stop.From || stop.Themes.Count == 0)
                return new("plan.stop", stop.Id);
            if (TooMany(stop.Id, stop.Themes.Count, PlanLimits.ThemesPerStop) is { } many)
                return many;
        }

        return TooMany("stops", plan.Stops.Count, PlanLimits.Stops);
    }

    /// <summary>What a file of the media type can be played as; null = not allowed.</summary>
    private static PartKind[]? KindsOf(string mediaType) => mediaType switch
    {
        "image/png" or "image/jpeg" => [PartKind.Still],
        "video/mp4" => [PartKind.Clip],
        "audio/mp4" or "audio/flac" => [PartKind.Speech],
        _ => null,
    };

    internal static Refusal? TooMany(string what, int count, int most) => count > most ? new("plan.too-many", what, $"{count}", $"{most}") : null;

    internal static T? Twice<T>(IEnumerable<T> ids)
        where T : struct
    {
        var seen = new HashSet<T>();
        foreach (var id in ids)
        {
            if (!seen.Add(id))
                return id;
        }

        return null;
    }

    private static Refusal? First(Refusal? first, params ReadOnlySpan<Func<Refusal?>> rules)
    {
        foreach (var rule in rules)
            first ??= rule();
        return first;
    }
}
