using System.Globalization;
using BorderInfo.Contract.Plans;
using BorderInfo.Server.Platform.Pages;

namespace BorderInfo.Server.Content.Public;

/// <summary>One stretch that a notice speaks of: half-open, local to Việt Nam (UTC+7).</summary>
/// <param name="Day">The day it begins on.</param>
/// <param name="To">At or before <paramref name="From"/> = on the next day; 00:00–00:00 = the whole day.</param>
public sealed record NoticeWindow(DateOnly Day, TimeOnly From, TimeOnly To)
{
    public DateTimeOffset Start() => LocalTime.Utc(Day, From);

    public DateTimeOffset End() => Start() + new TimeWindow(From, To).Length;
}

/// <summary>What makes an item a notice (thông báo): when what it says holds, and which notice it takes the place of. It is printed on its slides (<see cref="NoticeText"/>).</summary>
/// <param name="Number">As printed on the document, for example <c>15/TB-BQL</c>; "" = it has none. At most 40 characters.</param>
/// <param name="Windows">1–24, in order, not overlapping, the last within 60 days of the first. The item is valid until the end of the last.</param>
/// <param name="OnlyThen">Shown only from <paramref name="LeadMinutes"/> before each window until its end; else as scheduled until the last window is over.</param>
/// <param name="LeadMinutes">0–1440; means something only with <paramref name="OnlyThen"/>.</param>
/// <param name="Replaces">The notice that goes off the air when this one is approved, and whose schedules play this one from then on.</param>
public sealed record Notice(string Number, IReadOnlyList<NoticeWindow> Windows, bool OnlyThen, int LeadMinutes, ItemId? Replaces)
{
    /// <summary>Number of the replaced notice as it was when this version was saved, since it is printed; "" = it has none, or nothing is replaced.</summary>
    public string ReplacedNumber { get; init; } = "";

    public DateTimeOffset End() => Windows.Max(w => w.End());

    /// <summary>When it may be shown at all, within its validity: in order, merged; empty = all the time.</summary>
    public IReadOnlyList<(DateTimeOffset From, DateTimeOffset Until)> Times(DateTimeOffset validFrom)
    {
        var times = new List<(DateTimeOffset From, DateTimeOffset Until)>();
        foreach (var w in OnlyThen ? Windows.OrderBy(w => w.Start()) : Enumerable.Empty<NoticeWindow>())
        {
            var (from, until) = (Later(w.Start().AddMinutes(-LeadMinutes), validFrom), w.End());
            if (times is [.., var last] && from <= last.Until)
                times[^1] = (last.From, Later(last.Until, until));
            else if (from < until)
                times.Add((from, until));
        }

        return times;
    }

    /// <summary>Everything it says on one line: two notices that say the same have the same.</summary>
    public string Line() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Number.Length}:{Number}|{OnlyThen}|{LeadMinutes}|{Replaces}|{ReplacedNumber.Length}:{ReplacedNumber}|{string.Join(';', Windows.Select(w => string.Create(CultureInfo.InvariantCulture, $"{w.Day:yyyy-MM-dd} {w.From:HH:mm}-{w.To:HH:mm}")))}");

    /// <summary>How a reader names a notice: by its number, else by the item's title.</summary>
    public static string NameOf(ItemVersion item) => item.Notice is { Number.Length: > 0 } notice ? notice.Number : item.Title;

    private static DateTimeOffset Later(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;
}

/// <summary>Notices that were replaced, and by which.</summary>
public interface INotices
{
    /// <summary>From each replaced notice to the one that took its place, one step; kept for good.</summary>
    Task<IReadOnlyDictionary<ItemId, ItemId>> Replaced(CancellationToken stop);

    /// <summary>The released version of the first becomes “đã thay thế”, and the second its successor, inside the caller's transaction; only Approval calls it.</summary>
    Task Replace(Platform.Database.BorderInfoDb db, ItemId old, ItemId by, CancellationToken stop);
}
