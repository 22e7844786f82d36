using System.Globalization;
using BorderInfo.Contract.Plans;
using BorderInfo.Server.Platform.Pages;
using BorderInfo.Server.Scheduling.Public;

namespace BorderInfo.Server.Scheduling.Noise;

/// <summary>What stands in the form of a rule, as typed.</summary>
internal sealed record NoiseForm(long Id, string Zone, string Name, string From, string To, Weekdays Weekdays, string Starts, string Ends, string Volume, string Source)
{
    public static NoiseForm Fresh(DateOnly today) => new(0, nameof(NoiseZone.Ordinary), "", Iso(today), "", Weekdays.All, "21:00", "05:00", "", "");

    public static NoiseForm Of(NoiseRule r) => new(
        r.Id, r.Zone.ToString(), r.Name, Iso(r.From), r.To is { } to ? Iso(to) : "", r.Weekdays, Iso(r.Window.From), Iso(r.Window.To), r.VolumePercent?.ToString(CultureInfo.InvariantCulture) ?? "", r.Source);

    public static NoiseForm Of(IFormCollection typed) => new(
        long.TryParse(typed["id"], CultureInfo.InvariantCulture, out var id) ? id : 0, typed["zone"].ToString(), typed["name"].ToString(), typed["from"].ToString(), typed["to"].ToString(),
        (Weekdays)typed["weekday"].Sum(d => int.TryParse(d, CultureInfo.InvariantCulture, out var n) && n is > 0 and < 127 ? n : 0),
        typed["starts"].ToString(), typed["ends"].ToString(), typed["volume"].ToString(), typed["source"].ToString());

    /// <summary>Refuses with <c>noise.no-zone</c>, <c>schedule.not-a-day</c>, <c>schedule.no-such-day</c>, <c>noise.not-a-time</c>, <c>noise.volume</c>, naming the field.</summary>
    public Outcome<NoiseRule> Typed()
    {
        if (!Enum.TryParse<NoiseZone>(Zone, out var zone))
            return new Refusal("noise.no-zone") { Field = "zone" };
        if (!LocalTime.ReadDay(From).Is(out var from, out var why))
            return why with { Field = "from" };
        DateOnly? to = null;
        if (To.Length > 0)
        {
            if (!LocalTime.ReadDay(To).Is(out var last, out why))
                return why with { Field = "to" };
            to = last;
        }

        if (!Time(Starts, out var starts))
            return new Refusal("noise.not-a-time", Starts) { Field = "starts" };
        if (!Time(Ends, out var ends))
            return new Refusal("noise.not-a-time", Ends) { Field = "ends" };
        if (!int.TryParse(Volume, CultureInfo.InvariantCulture, out var percent) && Volume.Length > 0)
            return new Refusal("noise.volume") { Field = "volume" };
        return new NoiseRule(Id, zone, Name, from, to, Weekdays, new(starts, ends), Volume.Length > 0 ? percent : null, Source);
    }

    private static bool Time(string text, out TimeOnly time) => TimeOnly.TryParseExact(text, ["HH:mm", "HH:mm:ss"], CultureInfo.InvariantCulture, DateTimeStyles.None, out time);

    private static string Iso(DateOnly d) => d.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Iso(TimeOnly t) => t.ToString("HH:mm", CultureInfo.InvariantCulture);
}
