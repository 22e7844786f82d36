using BorderInfo.Contract;
using BorderInfo.Contract.Calendars;
using BorderInfo.Contract.Plans;
using static BorderInfo.Tests.Contract.Plans.PlanKit;

namespace BorderInfo.Tests.Contract.Plans;

/// <summary>Windows where the clocks change, and where they once did.</summary>
public sealed class ZoneTests
{
    [Theory]
    [InlineData("Asia/Ho_Chi_Minh", 2026)]
    [InlineData("Asia/Ho_Chi_Minh", 1975)]
    [InlineData("Europe/Berlin", 2026)]
    [InlineData("America/New_York", 2026)]
    [InlineData("America/Sao_Paulo", 2018)]
    [InlineData("Australia/Lord_Howe", 2026)]
    [InlineData("Africa/Casablanca", 2026)]
    [InlineData("Pacific/Apia", 2011)]
    public void Every_window_of_a_year_opens_and_closes_when_the_zone_says(string zone, int year)
    {
        var local = new LocalZone(TimeZoneInfo.FindSystemTimeZoneById(zone));
        var (first, last) = (new DateOnly(year, 1, 3), new DateOnly(year, 12, 29));
        var since = new DateTimeOffset(year, 1, 1, 0, 0, 0, TimeSpan.Zero);

        foreach (var window in (TimeWindow[])[W("00:00", "01:30"), W("01:15", "02:30"), W("02:15", "03:10"), W("22:30", "02:45"), W("23:15", "00:00")])
        {
            var plan = Plan([Item(1, 10, since, since.AddYears(1))], [Entry("A", Tier.Programme, [1], window) with { Since = since, From = first, To = last }], zone: zone);

            var open = new PlanClock(plan).Scenes(Lcd, since, since.AddYears(1)).Where(s => s.Entries.Count > 0).Select(s => (s.From, s.Until));

            var said = Enumerable.Range(0, last.DayNumber - first.DayNumber + 1).Select(n => first.AddDays(n))
                .Select(d => (From: local.ToInstant(d, window.From), Until: local.ToInstant(window.OverMidnight ? d.AddDays(1) : d, window.To)))
                .Where(w => w.From < w.Until);
            Assert.Equal(said, open);
        }
    }
}
