using BorderInfo.Server.Reports;

namespace BorderInfo.Tests.Server.Reports;

public sealed class ReportPeriodTests
{
    private static readonly DateOnly Today = new(2026, 11, 23);

    [Theory]
    [InlineData("hom-nay", "2026-11-23", "2026-11-23", "2026-11-23")]
    [InlineData("tuan", "2026-11-23", "2026-11-29", "2026-11-23")]
    [InlineData("thang", "2026-11-01", "2026-11-30", "2026-11-23")]
    [InlineData("quy", "2026-10-01", "2026-12-31", "2026-11-23")]
    [InlineData("nua-dau", "2026-01-01", "2026-06-30", "2026-06-30")]
    [InlineData("nam", "2026-01-01", "2026-12-31", "2026-11-23")]
    [InlineData("ky-6-thang", "2025-12-15", "2026-06-14", "2026-06-14")]
    [InlineData("ky-nam", "2025-12-15", "2026-12-14", "2026-11-23")]
    public void A_preset_names_its_days_and_figures_stop_today(string preset, string from, string to, string cutOff)
    {
        var period = ReportPeriod.Of(preset, null, null, null, Today).Value;

        Assert.Equal((from, to, cutOff), (Iso(period.From), Iso(period.To), Iso(period.CutOff)));
    }

    [Fact]
    public void A_cut_off_before_the_end_leaves_the_rest_to_an_estimate()
    {
        var period = ReportPeriod.Of("nua-dau", null, null, "15/5/2026", Today).Value;

        Assert.True(period.Cut);
        Assert.Equal((181, 135), (period.Days, period.DaysIn));
    }

    [Theory]
    [InlineData("31/11/2026", "schedule.no-such-day")]
    [InlineData("hôm qua", "schedule.not-a-day")]
    [InlineData("2026-12-31", "reports.days-reversed")]
    public void Days_that_cannot_be_are_refused(string from, string code)
    {
        Assert.Equal(code, ReportPeriod.Of("chon", from, "2026-11-30", null, Today).Why?.Code);
    }

    private static string Iso(DateOnly day) => day.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
}
