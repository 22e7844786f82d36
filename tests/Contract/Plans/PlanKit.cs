using BorderInfo.Contract;
using BorderInfo.Contract.Plans;

namespace BorderInfo.Tests.Contract.Plans;

/// <summary>Short words for plans in tests. Times are local at UTC+7 on 2026-11-21, a Saturday, unless a day is named.</summary>
internal static class PlanKit
{
    public static readonly DateOnly Day = new(2026, 11, 21);
    public static readonly OutputId Lcd = new("LCD-1");
    public static readonly OutputId Loa = new("LOA-1");

    public static DateTimeOffset T(string time, int day = 21) => new(new DateTime(2026, 11, 1).AddDays(day - 1) + TimeSpan.Parse(time, null), TimeSpan.FromHours(7));

    public static TimeWindow W(string from, string to) => new(TimeOnly.Parse(from, null), TimeOnly.Parse(to, null));

    public static MediaHash File(string name) => MediaHash.Of(System.Text.Encoding.UTF8.GetBytes(name));

    /// <summary>An item with one part of so many seconds at each output, a still on the screen and speech on the loudspeaker.</summary>
    public static PlanItem Item(int id, int seconds = 10, DateTimeOffset? from = null, DateTimeOffset? until = null) => new()
    {
        Id = new(id),
        Version = 1,
        Title = $"Mẫu {id}",
        ValidFrom = from ?? T("00:00", 1),
        ValidUntil = until ?? T("00:00", 30),
        ApprovedBy = "mau",
        ApprovedAt = T("00:00", 1),
        Parts = [Part(Lcd, PartKind.Still, "still", seconds), Part(Loa, PartKind.Speech, "speech", seconds)],
    };

    public static PlanPart Part(OutputId output, PartKind kind, string file, int seconds, string language = "vi", int page = 1) =>
        new() { Output = output, Language = language, Page = page, Kind = kind, File = File(file), DurationMs = seconds * 1000 };

    public static PlanEntry Entry(string id, Tier tier, int[] items, params TimeWindow[] windows) => new()
    {
        Id = id,
        Tier = tier,
        Since = T("00:00", 2),
        Items = [.. items.Select(i => new ItemId(i))],
        Outputs = [Lcd, Loa],
        From = new(2026, 11, 2),
        Windows = windows.Length > 0 ? windows : [TimeWindow.WholeDay],
    };

    public static PlayPlan Plan(IEnumerable<PlanItem> items, IEnumerable<PlanEntry> entries, TimeWindow[]? quiet = null, string zone = "Asia/Ho_Chi_Minh") => new()
    {
        Level = ContractLevel.Current,
        Site = new("LS-0001"),
        Number = new("LS-0001/2026-0001"),
        Epoch = 1,
        Counter = 1,
        MadeAt = T("00:00", 2),
        ValidUntil = T("00:00", 30),
        TimeZone = zone,
        Outputs =
        [
            new() { Id = Lcd, Kind = OutputKind.Screen, WidthPx = 1920, HeightPx = 1080, Languages = ["vi", "en"] },
            new() { Id = Loa, Kind = OutputKind.Speaker, Languages = ["vi", "en"], QuietHours = quiet ?? [] },
        ],
        Files = [new(File("still"), 10, "image/png"), new(File("speech"), 10, "audio/flac")],
        Items = [.. items],
        Entries = [.. entries],
    };

    /// <summary>What is on, as <c>entry:item from–until</c> in local time of day; <c>-</c> for the safe screen or silence, <c>quiet</c> in quiet hours.</summary>
    public static string Told(this PlayPlan plan, OutputId output, DateTimeOffset at) => Told(new PlanClock(plan).At(output, at));

    public static string Told(OnAir air) => air switch
    {
        { Because: Because.QuietHours } => "quiet",
        { Item: null } => "-",
        _ => $"{air.Entry!.Id}:{air.Item.Id.Number} {Clock(air.From)}–{Clock(air.Until)}",
    };

    /// <summary>The stretches of a part of the day in one line.</summary>
    public static string Walk(this PlayPlan plan, OutputId output, DateTimeOffset from, DateTimeOffset to) =>
        string.Join(" | ", new PlanClock(plan).Between(output, from, to).Select(a =>
            $"{Clock(a.From)} {(a.Because == Because.QuietHours ? "quiet" : a.Item is null ? "-" : $"{a.Entry!.Id}:{a.Item.Id.Number}")}"));

    public static string Clock(DateTimeOffset at) => at == DateTimeOffset.MaxValue ? "∞" : at.ToOffset(TimeSpan.FromHours(7)).ToString("HH:mm:ss", System.Globalization.CultureInfo.InvariantCulture);
}
