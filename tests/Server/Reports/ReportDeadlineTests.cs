using BorderInfo.Server.Reports;

namespace BorderInfo.Tests.Server.Reports;

public sealed class ReportDeadlineTests
{
    private static readonly ReportDeadlines Usual = new((15, 6), (15, 12));

    [Theory]
    [InlineData("2026-11-30", "")]
    [InlineData("2026-12-01", "note.report-year 15/12/2026 14")]
    [InlineData("2026-12-15", "note.report-year 15/12/2026 0")]
    [InlineData("2026-12-16", "")]
    [InlineData("2027-06-06", "note.report-half-year 15/06/2027 9")]
    public void The_reports_are_reminded_of_from_two_weeks_before_until_their_day(string today, string told)
    {
        var notes = DeadlineNotes.Decide(Usual, DateOnly.Parse(today));

        Assert.Equal(told, string.Join("; ", notes.Select(n => $"{n.TextKey} {n.With[0]} {n.With[1]}")));
    }

    [Fact]
    public void A_province_without_a_day_is_not_reminded() => Assert.Empty(DeadlineNotes.Decide(new(null, null), new(2026, 12, 10)));
}
