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

/// <summary><c>plan timeline</c> and <c>plan why</c>: what <see cref="PlanClock"/> says, with its reason.</summary>
public static class PlanPages
{
    /// <summary>A plan's JSON, or a sealed plan (whose signature is not checked here).</summary>
    /// <exception cref="PlainTrouble">The file is not a plan.</exception>
    public static PlayPlan Read(string path)
    {
        try
        {
            var bytes = File.ReadAllBytes(path);
            var json = bytes.AsSpan().TrimStart(" \r\n\t"u8) is [(byte)'{', ..] ? bytes : Payload(bytes);
            return JsonSerializer.Deserialize(json, ContractJson.Wire.PlayPlan) ?? throw new JsonException("null");
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

    public static TimelineRow Why(PlayPlan plan, OutputId output, DateTimeOffset at) => Row(new PlanClock(plan).At(output, at));

    /// <summary>A line for people, in the plan's own zone.</summary>
    public static string Line(TimelineRow row, PlayPlan plan)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(plan.TimeZone);
        var what = row.Item is null ? "—" : $"{row.Item} v{row.Version} {row.Language} {row.Page}  {row.Title}  [{row.Entry}]";
        return $"{Local(row.From)} – {Local(row.Until)}  {row.Output,-10}  {row.Tier,-15}  {row.Because,-12}  {what}";

        string Local(DateTimeOffset at) => at <= DateTimeOffset.MinValue.AddDays(1) || at >= DateTimeOffset.MaxValue.AddDays(-1)
            ? "                 …"
            : TimeZoneInfo.ConvertTime(at, zone).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
    }

    private static TimelineRow Row(OnAir air) => new(
        air.From, air.Until, air.Output.Value, air.Because.ToString(), air.Tier.ToString(), air.Entry?.Id, air.Item?.Id.Value, air.Item?.Version, air.Item?.Title, air.Part?.Language, air.Part?.Page);

    private static byte[] Payload(byte[] sealedBytes)
    {
        using var brotli = new BrotliStream(new MemoryStream(sealedBytes), CompressionMode.Decompress);
        using var json = new MemoryStream();
        brotli.CopyTo(json);
        return JsonSerializer.Deserialize(json.ToArray(), ContractJson.Wire.Envelope)?.Payload ?? throw new JsonException("null");
    }
}
