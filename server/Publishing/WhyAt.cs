using System.Globalization;
using BorderInfo.Server.Platform.Pages;

namespace BorderInfo.Server.Publishing;

/// <summary>Pure: addresses of the timeline and of “why”, and what they carry.</summary>
internal static class WhyAt
{
    public static string Timeline(string site, DateOnly day, PlanBasis wish, string? more = null) => $"/lich/diem/{site}?ngay={Iso(day)}{Wish(wish)}{more}";

    public static string Why(string site, string output, DateTimeOffset at, PlanBasis wish)
    {
        var local = LocalTime.Of(at);
        return string.Create(CultureInfo.InvariantCulture, $"/lich/diem/{site}/vi-sao?ngay={local:yyyy-MM-dd}&luc={(local.Second == 0 ? $"{local:HH:mm}" : $"{local:HH:mm:ss}")}&thiet-bi={output}{Wish(wish)}");
    }

    /// <summary>Of the query word <c>ban</c>: none = each moment by the plan that counts for it.</summary>
    public static PlanBasis Wish(string? word) => word switch { "nhap" => PlanBasis.Draft, "moi" => PlanBasis.Newest, _ => PlanBasis.InForce };

    public static string? Word(PlanBasis wish) => wish switch { PlanBasis.Draft => "nhap", PlanBasis.Newest => "moi", _ => null };

    public static TimeOnly? Time(string? text) => TimeOnly.TryParseExact(text, ["HH:mm", "HH:mm:ss"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var at) ? at : null;

    public static DateOnly? Day(string? text) => text is not null && LocalTime.ReadDay(text).Is(out var day, out _) && day.Year is > 2000 and < 2100 ? day : null;

    public static string Iso(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Wish(PlanBasis wish) => Word(wish) is { } word ? $"&ban={word}" : "";
}
