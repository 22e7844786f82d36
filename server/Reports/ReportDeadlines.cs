using System.Globalization;
using System.Security.Claims;
using BorderInfo.Server.Platform.Notes;
using BorderInfo.Server.Platform.Pages;
using BorderInfo.Server.Platform.Startup;

namespace BorderInfo.Server.Reports;

/// <summary>When the two periodic reports are due: day and month of each year, by the province's own plan.</summary>
/// <param name="HalfYear">Setting <c>reports:halfYearDue</c>, <c>d/M</c>. Default: 15/6; <c>off</c> = no reminder.</param>
/// <param name="Year">Setting <c>reports:yearDue</c>. Default: 15/12.</param>
/// <remarks>The defaults are the day after the period ends by Decree 09/2019/NĐ-CP. Provinces differ (05/6, 15/5, 15/11 have been seen).</remarks>
internal sealed record ReportDeadlines((int Day, int Month)? HalfYear, (int Day, int Month)? Year)
{
    public static ReportDeadlines From(IConfiguration settings) => new(Read(settings, "reports:halfYearDue", "15/6"), Read(settings, "reports:yearDue", "15/12"));

    /// <summary>The next day it falls due, today included.</summary>
    public static DateOnly Next((int Day, int Month) due, DateOnly today)
    {
        var thisYear = In(due, today.Year);
        return thisYear >= today ? thisYear : In(due, today.Year + 1);
    }

    /// <summary>29/2 falls on 28/2 in most years.</summary>
    private static DateOnly In((int Day, int Month) due, int year) => new(year, due.Month, Math.Min(due.Day, DateTime.DaysInMonth(year, due.Month)));

    /// <exception cref="CannotStart">A day that no year has, such as 31/11: seen in a real plan, and better asked about than guessed.</exception>
    private static (int, int)? Read(IConfiguration settings, string key, string other)
    {
        var text = settings[key] ?? other;
        if (text == "off")
            return null;
        var parts = text.Split('/');
        if (parts.Length == 2 && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var day) && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var month)
            && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(2028, month))
            return (day, month);
        throw new CannotStart($"Ngày {text} ở mục {key} không có trong lịch. Hãy ghi ngày/tháng, ví dụ {other}, hoặc “off” nếu không cần nhắc.",
            $"The day {text} of {key} is not in the calendar. Write day/month, for example {other}, or “off” for no reminder.");
    }
}

/// <summary>Reminds of the half-year and the annual report from two weeks before their day. Whether one was sent is not known here, so nothing is said after it.</summary>
internal sealed class DeadlineNotes(ReportDeadlines deadlines, TimeProvider clock) : ITellNotes
{
    public const int DaysAhead = 14;

    public IReadOnlyList<string> Roles { get; } = [Identity.Public.Roles.Editor, Identity.Public.Roles.Administrator];

    public Task<IReadOnlyList<Note>> Tell(ClaimsPrincipal? reader, CancellationToken stop) =>
        Task.FromResult<IReadOnlyList<Note>>([.. Decide(deadlines, LocalTime.Day(clock.GetUtcNow()))]);

    /// <summary>Pure.</summary>
    internal static IEnumerable<Note> Decide(ReportDeadlines deadlines, DateOnly today) =>
        from d in new[] { (Due: deadlines.HalfYear, Key: "half-year", Preset: "ky-6-thang"), (Due: deadlines.Year, Key: "year", Preset: "ky-nam") }
        where d.Due is not null
        let day = ReportDeadlines.Next(d.Due ?? default, today)
        let left = day.DayNumber - today.DayNumber
        where left <= DaysAhead
        select new Note(left <= 3 ? NoteWeight.Warning : NoteWeight.Reminder, $"note.report-{d.Key}", LocalTime.Text(day), left) { Url = $"/bao-cao?ky={d.Preset}", About = LocalTime.Text(day) };
}

/// <summary>A day that does not exist is refused at the start, not when somebody opens the overview.</summary>
internal sealed class DeadlinesAreDays : IAtStart
{
    public int Order => 100;

    public Task<IReadOnlyList<StartLink>> AtStart(IServiceProvider services, bool sample, CancellationToken stop)
    {
        services.GetRequiredService<ReportDeadlines>();
        return Task.FromResult<IReadOnlyList<StartLink>>([]);
    }
}
