using System.Globalization;
using BorderInfo.Contract.Plans;
using BorderInfo.Server.Platform.Pages;
using BorderInfo.Server.Scheduling.Public;

namespace BorderInfo.Server.Scheduling.Offers;

/// <summary>The commune's own times as typed, so that a refused form comes back as it was.</summary>
public sealed record OwnTimesDraft(string From, string To, Weekdays Weekdays, IReadOnlyList<(string From, string To)> Windows, string EveryMinutes)
{
    /// <summary>So many windows have fields.</summary>
    public const int MostWindows = 4;

    /// <summary>What the source proposed, from today on.</summary>
    public static OwnTimesDraft Proposed(ScheduleView offered, DateOnly today) => new(
        Iso(offered.From > today ? offered.From : today), offered.To is { } to ? Iso(to) : "", offered.Weekdays,
        [.. offered.Windows.Take(MostWindows).Select(w => (Iso(w.From), Iso(w.To)))], offered.EveryMinutes?.ToString(CultureInfo.InvariantCulture) ?? "");

    public static OwnTimesDraft Read(IFormCollection form) => new(
        form["from"].ToString(), form["to"].ToString(),
        (Weekdays)form["weekday"].Sum(d => int.TryParse(d, CultureInfo.InvariantCulture, out var n) ? n : 0) & Weekdays.All,
        [.. form["windowFrom"].Zip(form["windowTo"], (a, b) => (a ?? "", b ?? "")).Where(w => w.Item1.Length + w.Item2.Length > 0).Take(MostWindows)],
        form["everyMinutes"].ToString());

    /// <summary>Refuses with <see cref="LocalTime.ReadDay"/>'s codes, <c>schedule.not-a-time</c>, <c>schedule.every-range</c>.</summary>
    public Outcome<OwnTimes> Typed()
    {
        if (!LocalTime.ReadDay(From).Is(out var from, out var why))
            return why with { Field = "from" };
        DateOnly? to = null;
        if (To.Trim().Length > 0)
        {
            if (!LocalTime.ReadDay(To).Is(out var last, out why))
                return why with { Field = "to" };
            to = last;
        }

        var windows = new List<TimeWindow>();
        foreach (var (start, end) in Windows)
        {
            if (!Time(start, out var a) || !Time(end, out var b))
                return new Refusal("schedule.not-a-time", $"{start}–{end}") { Field = "windows" };
            windows.Add(new(a, b));
        }

        int? every = null;
        if (EveryMinutes.Trim().Length > 0)
        {
            if (!int.TryParse(EveryMinutes, NumberStyles.None, CultureInfo.InvariantCulture, out var minutes))
                return new Refusal("schedule.every-range") { Field = "everyMinutes" };
            every = minutes;
        }

        return new OwnTimes(from, to, Weekdays, windows, every);
    }

    private static bool Time(string text, out TimeOnly time) => TimeOnly.TryParseExact(text, ["HH:mm", "H:mm"], CultureInfo.InvariantCulture, DateTimeStyles.None, out time);

    private static string Iso(DateOnly d) => d.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Iso(TimeOnly t) => t.ToString("HH:mm", CultureInfo.InvariantCulture);
}
