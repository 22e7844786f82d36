using System.Globalization;
using BorderInfo.Contract.Calendars;

namespace BorderInfo.Tests.Contract.Calendars;

/// <summary>RFC 5545 §3.3.5: gaps by the offset before, doubled times the first.</summary>
public sealed class LocalZoneTests
{
    [Theory]
    [InlineData("Asia/Ho_Chi_Minh", "2026-07-01T07:00:00", "2026-07-01T00:00:00")]
    [InlineData("Europe/Berlin", "2026-01-15T12:00:00", "2026-01-15T11:00:00")]
    [InlineData("Europe/Berlin", "2026-03-29T01:59:00", "2026-03-29T00:59:00")]
    [InlineData("Europe/Berlin", "2026-03-29T02:30:00", "2026-03-29T01:30:00")] // gap 02:00–03:00, read as 03:30
    [InlineData("Europe/Berlin", "2026-03-29T03:00:00", "2026-03-29T01:00:00")]
    [InlineData("Europe/Berlin", "2026-10-25T02:30:00", "2026-10-25T00:30:00")] // comes twice, the first
    [InlineData("Europe/Berlin", "2026-10-25T03:00:00", "2026-10-25T02:00:00")]
    [InlineData("America/New_York", "2007-03-11T02:30:00", "2007-03-11T07:30:00")] // the RFC's own example
    [InlineData("America/New_York", "2007-11-04T01:30:00", "2007-11-04T05:30:00")] // the RFC's own example
    [InlineData("America/New_York", "2026-03-08T02:30:00", "2026-03-08T07:30:00")]
    [InlineData("Australia/Lord_Howe", "2026-10-04T02:15:00", "2026-10-03T15:45:00")] // gap of half an hour, read as 02:45
    [InlineData("Australia/Lord_Howe", "2026-04-05T01:45:00", "2026-04-04T14:45:00")] // comes twice within half an hour
    [InlineData("Australia/Lord_Howe", "2026-04-05T02:00:00", "2026-04-04T15:30:00")]
    public void A_local_time_is_the_instant_the_RFC_says(string zone, string local, string utc)
    {
        var instant = Zone(zone).ToInstant(Facts.Time(local));

        Assert.Equal(new DateTimeOffset(Facts.Time(utc), TimeSpan.Zero), instant);
        Assert.Equal(TimeSpan.Zero, instant.Offset);
    }

    [Theory]
    [InlineData("Europe/Berlin")]
    [InlineData("America/New_York")]
    [InlineData("Asia/Ho_Chi_Minh")]
    [InlineData("Australia/Lord_Howe")]
    public void Every_instant_of_two_years_comes_back_or_is_the_second_of_two(string id)
    {
        var zone = Zone(id);
        for (var instant = new DateTimeOffset(2025, 1, 1, 0, 0, 0, TimeSpan.Zero); instant.Year < 2027; instant = instant.AddMinutes(15))
        {
            var local = zone.ToLocal(instant);

            var again = zone.ToInstant(local);

            Assert.True(again == instant || (again < instant && zone.ToLocal(again) == local), $"{instant:O} {local:s} {again:O}");
        }
    }

    [Theory]
    [InlineData("America/Sao_Paulo", "2018-11-04", "2018-11-04T03:00:00")] // midnight was skipped: the day began at 01:00
    [InlineData("Europe/Berlin", "2026-10-25", "2026-10-24T22:00:00")]
    [InlineData("Asia/Ho_Chi_Minh", "2026-11-21", "2026-11-20T17:00:00")]
    public void A_day_begins_at_its_first_instant(string id, string day, string utc)
    {
        var start = Zone(id).StartOf(Facts.Day(day));

        Assert.Equal(new DateTimeOffset(Facts.Time(utc), TimeSpan.Zero), start);
        Assert.Equal(Facts.Day(day), Zone(id).DayOf(start));
        Assert.Equal(Facts.Day(day).AddDays(-1), Zone(id).DayOf(start.AddSeconds(-1)));
    }

    [Fact]
    public void Asking_allocates_nothing()
    {
        var zone = Zone("Europe/Berlin");
        var local = new DateTime(2026, 10, 25, 2, 30, 0);
        zone.ToInstant(local);
        var before = GC.GetAllocatedBytesForCurrentThread();

        for (var i = 0; i < 100; i++)
            zone.ToInstant(local.AddMinutes(i));

        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 1000);
    }

    private static LocalZone Zone(string id) => new(TimeZoneInfo.FindSystemTimeZoneById(id));
}
