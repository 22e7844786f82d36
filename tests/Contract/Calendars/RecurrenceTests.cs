using System.Globalization;
using BorderInfo.Contract.Calendars;

namespace BorderInfo.Tests.Contract.Calendars;

/// <summary>The RFC's own examples, another implementation's answers, and properties.</summary>
public sealed class RecurrenceTests
{
    private static readonly LocalZone NewYork = new(TimeZoneInfo.FindSystemTimeZoneById("America/New_York"));

    public static TheoryData<string> Examples => [.. Facts.Lines("rfc5545-examples.txt")];

    [Theory]
    [MemberData(nameof(Examples))]
    public void The_examples_of_RFC_5545_and_RFC_7529_give_the_dates_printed_there(string example)
    {
        var part = example.Split('|');
        var start = Facts.Time(part[0]);
        var expected = Expected(part[2], start).ToArray();

        var occurrences = Recurrence.Parse(part[1]).Value.InZone(NewYork).From(start).Take(part[3] == "all" ? 2000 : expected.Length).ToArray();

        Assert.Equal(expected, occurrences);
    }

    [Fact]
    public void Random_rules_give_what_another_implementation_gives()
    {
        var differing = new List<string>();

        foreach (var part in Facts.Lines("cross-check.txt").Select(l => l.Split('|')))
        {
            var expected = part[2].Split(',').Select(Facts.Time).ToArray();
            if (!Recurrence.Parse(part[0]).Value.From(Facts.Time(part[1])).Take(expected.Length).SequenceEqual(expected))
                differing.Add(part[0]);
        }

        Assert.Empty(differing);
    }

    [Fact]
    public void A_rule_written_and_read_again_is_the_same_rule()
    {
        foreach (var text in Facts.Lines("cross-check.txt").Select(l => l.Split('|')[0]).Concat(Facts.Lines("rfc5545-examples.txt").Select(l => l.Split('|')[1])))
        {
            var rule = Recurrence.Parse(text).Value;

            var again = Recurrence.Parse(rule.ToString()).Value;

            Assert.Equal(rule, again);
            Assert.Equal(rule.ToString(), again.ToString());
        }
    }

    [Theory]
    [InlineData("freq=weekly;byday=fr,mo,fr;interval=1;wkst=mo", "FREQ=WEEKLY;BYDAY=MO,FR")]
    [InlineData("RRULE:UNTIL=20261130;FREQ=DAILY", "FREQ=DAILY;UNTIL=20261130")]
    [InlineData("FREQ=MONTHLY;BYDAY=+1MO,-1FR,SU;SKIP=OMIT;RSCALE=GREGORIAN", "FREQ=MONTHLY;BYDAY=-1FR,SU,1MO")]
    [InlineData("FREQ=MONTHLY;SKIP=FORWARD;BYMONTHDAY=31", "RSCALE=GREGORIAN;FREQ=MONTHLY;BYMONTHDAY=31;SKIP=FORWARD")]
    public void A_rule_has_one_canonical_text(string text, string canonical) => Assert.Equal(canonical, Recurrence.Parse(text).Value.ToString());

    [Theory]
    [InlineData("FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=31", "rrule.never", "BYMONTHDAY", "31/11,30/11")]
    [InlineData("FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=30,31;SKIP=OMIT", "rrule.never", "BYMONTHDAY", "30/2,28/2")]
    [InlineData("FREQ=DAILY;BYMONTH=4,6;BYMONTHDAY=31", "rrule.never", "BYMONTHDAY", "31/4,30/4")]
    [InlineData("FREQ=DAILY;UNTIL=20261131", "rrule.range", "UNTIL", "UNTIL,20261131,YYYYMMDD, YYYYMMDDTHHMMSS,20261130")]
    [InlineData("FREQ=DAILY;BYHOUR=24", "rrule.range", "BYHOUR", "BYHOUR,24,0…23,23")]
    [InlineData("FREQ=DAILY;INTERVAL=0", "rrule.range", "INTERVAL", "INTERVAL,0,1…2147483647,1")]
    [InlineData("FREQ=DAILY;BYDAY=XX", "rrule.range", "BYDAY", "BYDAY,XX,MO…SU, ±1…±53,MO")]
    [InlineData("FREQ=DAILY;COUNT=2;UNTIL=20261130", "rrule.count-and-until", "COUNT", "")]
    [InlineData("FREQ=WEEKLY;BYMONTHDAY=5", "rrule.not-with", "BYMONTHDAY", "BYMONTHDAY,FREQ=WEEKLY,FREQ=MONTHLY")]
    [InlineData("FREQ=MONTHLY;BYWEEKNO=5", "rrule.not-with", "BYWEEKNO", "BYWEEKNO,FREQ=MONTHLY,FREQ=YEARLY")]
    [InlineData("FREQ=WEEKLY;BYDAY=1MO", "rrule.ordinal", "BYDAY", "1MO,MO")]
    [InlineData("FREQ=MONTHLY;BYSETPOS=1", "rrule.position-alone", "BYSETPOS", "BYDAY=MO,TU,WE,TH,FR")]
    [InlineData("FREQ=MONTHLY;RSCALE=CHINESE", "rrule.rscale", "RSCALE", "CHINESE,GREGORIAN")]
    [InlineData("FREQ=DAILY;FREQ=DAILY", "rrule.part-twice", "FREQ", "FREQ")]
    [InlineData("FREQ=FORTNIGHTLY", "rrule.no-frequency", "FREQ", "FORTNIGHTLY")]
    [InlineData("FREQ=DAILY;BYEASTER=1", "rrule.unknown-part", "BYEASTER", "BYEASTER")]
    [InlineData("FREQ=DAILY;", "rrule.malformed", "RRULE", "RRULE")]
    [InlineData("", "rrule.malformed", "RRULE", "RRULE")]
    public void What_cannot_be_is_refused_with_the_part_and_a_proposal(string text, string code, string field, string with)
    {
        var why = Recurrence.Parse(text).Why!;

        Assert.Equal((code, field, with), (why.Code, why.Field, string.Join(',', why.With)));
        Assert.Contains(code, Recurrence.Codes);
    }

    [Fact]
    public void A_rule_of_four_thousand_signs_is_too_long() =>
        Assert.Equal("rrule.too-long", Recurrence.Parse("FREQ=DAILY;BYHOUR=" + string.Join(',', Enumerable.Repeat("1", 2000))).Why!.Code);

    [Theory]
    [InlineData("FREQ=HOURLY;INTERVAL=24;BYHOUR=5")]
    [InlineData("FREQ=SECONDLY;INTERVAL=2;BYSECOND=1")]
    [InlineData("FREQ=YEARLY;BYWEEKNO=53;BYMONTH=6;BYDAY=MO")]
    [InlineData("FREQ=YEARLY;INTERVAL=2;BYYEARDAY=366;BYMONTH=1")]
    [InlineData("FREQ=SECONDLY;BYYEARDAY=366;BYMONTH=1")]
    public void Looking_for_an_occurrence_that_never_comes_ends(string text) =>
        Assert.Null(Recurrence.Parse(text).Value.FirstAt(new DateTime(2025, 1, 1, 6, 0, 0), new DateTime(2026, 1, 1)));

    [Fact]
    public void A_bomb_gives_its_first_occurrences_at_once()
    {
        var all = string.Join(',', Enumerable.Range(0, 60));
        var bomb = Recurrence.Parse($"FREQ=YEARLY;BYHOUR={string.Join(',', Enumerable.Range(0, 24))};BYMINUTE={all};BYSECOND={all};BYDAY=MO,TU,WE,TH,FR,SA,SU").Value;

        var first = bomb.From(new DateTime(2026, 1, 1), new DateTime(2090, 7, 1)).Take(3);

        Assert.Equal([new(2090, 7, 1), new(2090, 7, 1, 0, 0, 1), new(2090, 7, 1, 0, 0, 2)], first);
    }

    [Fact]
    public void Beginning_late_gives_what_walking_from_the_start_gives()
    {
        foreach (var part in Facts.Lines("cross-check.txt").Select(l => l.Split('|')))
        {
            var (rule, start) = (Recurrence.Parse(part[0]).Value, Facts.Time(part[1]));
            var walked = rule.From(start).Take(12).ToArray();

            foreach (var (moment, index) in walked.Select((w, i) => (w, i)))
                Assert.Equal(walked[index..], rule.From(start, moment).Take(walked.Length - index));
        }
    }

    [Fact]
    public void A_second_sixty_is_the_last_second_of_the_minute() =>
        Assert.Equal(new DateTime(2026, 1, 1, 0, 0, 59), Recurrence.Parse("FREQ=DAILY;BYSECOND=60").Value.FirstAt(new DateTime(2026, 1, 1), new DateTime(2026, 1, 1)));

    [Fact]
    public void A_week_number_without_a_weekday_takes_the_weekday_of_the_start() =>
        Assert.Equal([new(2026, 5, 13), new(2027, 5, 19)], Recurrence.Parse("FREQ=YEARLY;BYWEEKNO=20").Value.From(new DateTime(2026, 5, 13)).Take(2));

    [Fact]
    public void The_culture_of_the_machine_makes_no_difference()
    {
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("fa-IR");

            Assert.Equal("FREQ=MONTHLY;INTERVAL=2;UNTIL=20261130T073000;BYMONTHDAY=-1", Recurrence.Parse("FREQ=MONTHLY;INTERVAL=2;UNTIL=20261130T073000;BYMONTHDAY=-1").Value.ToString());
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    private static IEnumerable<DateTime> Expected(string text, DateTime start)
    {
        foreach (var group in text.Split("; "))
        {
            var words = group.Split(' ');
            if (words[0].Length == 10)
            {
                foreach (var time in words[1..])
                    yield return Facts.Day(words[0]).ToDateTime(TimeOnly.ParseExact(time, "HH:mm", CultureInfo.InvariantCulture));
                continue;
            }

            foreach (var range in words[1..].Select(w => w.Split('-').Select(d => int.Parse(d, CultureInfo.InvariantCulture)).ToArray()))
            {
                for (var day = range[0]; day <= range[^1]; day++)
                    yield return Facts.Day($"{words[0]}-{day:D2}").ToDateTime(TimeOnly.FromDateTime(start));
            }
        }
    }
}
