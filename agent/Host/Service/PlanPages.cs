using System.Globalization;
using System.IO.Compression;
using System.Text.Json;
using BorderInfo.Agent.Settings;
using BorderInfo.Contract;
using BorderInfo.Contract.Plans;

namespace BorderInfo.Agent.Service;

/// <summary>One stretch of a timeline. Times in UTC.</summary>
public sealed record TimelineRow(
    DateTimeOffset From, DateTimeOffset Until, string Output, string Because, string Tier, string? Entry, string? Item, int? Version, string? Title, string? Language, int? Page);

/// <summary>What is on, the chain of rules that made it so, and every candidate with its reason. Times in UTC.</summary>
public sealed record WhyPage(TimelineRow OnAir, IReadOnlyList<WhyStep> Chain, IReadOnlyList<EntryWhy> Entries);

/// <summary><c>plan timeline</c> and <c>plan why</c>: what <see cref="PlanClock"/> says, with its reason.</summary>
public static class PlanPages
{
    private static readonly string[] Draft = ["plan.number", "plan.order", "plan.level", "plan.validity"];

    /// <summary>A plan's JSON, or a sealed plan (whose signature is not checked here).</summary>
    /// <exception cref="PlainTrouble">The file is not a plan.</exception>
    public static PlayPlan Read(string path)
    {
        try
        {
            var bytes = File.ReadAllBytes(path);
            var json = bytes.AsSpan().TrimStart(" \r\n\t"u8) is [(byte)'{', ..] ? bytes : Payload(bytes);
            return Playable(JsonSerializer.Deserialize(json, ContractJson.Wire.PlayPlan) ?? throw new JsonException("null"), path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException or InvalidDataException or InvalidOperationException)
        {
            throw new PlainTrouble(
                $"Tệp {path} không đọc được hoặc không phải kế hoạch phát: hãy chọn tệp JSON hoặc tệp đã ký do máy chủ xuất ra ({e.Message}).",
                $"The file {path} cannot be read or is not a play plan: choose a JSON file or a sealed file that the server made ({e.Message}).",
                e);
        }
    }

    public static IReadOnlyList<TimelineRow> Timeline(PlayPlan plan, OutputId output, DateTimeOffset from, DateTimeOffset to) =>
        [.. new PlanClock(plan).Between(output, from, to).Select(Row)];

    public static WhyPage Why(PlayPlan plan, OutputId output, DateTimeOffset at)
    {
        var why = PlanWhy.At(plan, output, at);
        return new(Row(why.OnAir), why.Chain, why.Entries);
    }

    /// <summary>What is on, the chain of rules, and every candidate with its reason, for people.</summary>
    public static IEnumerable<string> Lines(WhyPage why, PlayPlan plan)
    {
        yield return Line(why.OnAir, plan);
        foreach (var step in why.Chain)
            yield return $"  {WhyWords.Of(step.Rule)}: {(step.Entries.Count == 0 ? "—" : string.Join(", ", step.Entries))}";
        foreach (var entry in why.Entries)
        {
            yield return $"  {entry.Entry,-12} {WhyWords.Of(entry.Standing)}{(entry.By is null ? "" : $" ({entry.By})")}{When(" → ", entry.Until)}{When(" ↻ ", entry.Opens)}";
            foreach (var item in entry.Items.Where(i => i.Standing != WhyItemStanding.InForce))
                yield return $"  {"",-12}   {item.Item}: {WhyWords.Of(item.Standing)}{When(" ↻ ", item.Next)}";
        }

        string When(string sign, DateTimeOffset? at) => at is { } instant ? sign + Local(instant, plan) : "";
    }

    /// <summary>A line for people, in the plan's own zone.</summary>
    public static string Line(TimelineRow row, PlayPlan plan)
    {
        var what = row.Item is null ? "—" : $"{row.Item} v{row.Version} {row.Language} {row.Page}  {row.Title}  [{row.Entry}]";
        return $"{Local(row.From, plan)} – {Local(row.Until, plan)}  {row.Output,-10}  {row.Tier,-15}  {row.Because,-12}  {what}";
    }

    private static string Local(DateTimeOffset at, PlayPlan plan) => at <= DateTimeOffset.MinValue.AddDays(1) || at >= DateTimeOffset.MaxValue.AddDays(-1)
        ? "                 …"
        : TimeZoneInfo.ConvertTime(at, TimeZoneInfo.FindSystemTimeZoneById(plan.TimeZone)).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    private static TimelineRow Row(OnAir air) => new(
        air.From, air.Until, air.Output.Value, air.Because.ToString(), air.Tier.ToString(), air.Entry?.Id, air.Item?.Id.Value, air.Item?.Version, air.Item?.Title, air.Part?.Language, air.Part?.Page);

    /// <summary>The rules a clock cannot do without; a draft may lack its number.</summary>
    private static PlayPlan Playable(PlayPlan plan, string path) => PlanRules.Check(plan) is { } refusal && !Draft.Contains(refusal.Code)
        ? throw new PlainTrouble($"Kế hoạch trong tệp {path} không hợp lệ: {refusal}.", $"The plan in {path} is not sound: {refusal}.")
        : plan;

    private static byte[] Payload(byte[] sealedBytes)
    {
        using var brotli = new BrotliStream(new MemoryStream(sealedBytes), CompressionMode.Decompress);
        using var json = new MemoryStream();
        brotli.CopyTo(json);
        return JsonSerializer.Deserialize(json.ToArray(), ContractJson.Wire.Envelope)?.Payload ?? throw new JsonException("null");
    }
}
