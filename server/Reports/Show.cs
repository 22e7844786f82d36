using System.Globalization;

namespace BorderInfo.Server.Reports;

/// <summary>Numbers as the reader's language writes them; a dash where there is none.</summary>
internal static class Show
{
    public static string Whole(long number) => number.ToString("N0", CultureInfo.CurrentCulture);

    /// <summary>Hours, minutes and seconds: 1.250:05:07. Tenths of hours would hide what is missing of a day.</summary>
    public static string Hours(long? ms) => ms is { } m ? Clock(m, CultureInfo.CurrentCulture, "N0") : "–";

    /// <summary>The same for files that programs read: 1250:05:07.</summary>
    public static string Clock(TimeSpan length) => Clock((long)length.TotalMilliseconds, CultureInfo.InvariantCulture, "0");

    private static string Clock(long ms, CultureInfo culture, string whole)
    {
        var seconds = (ms + 500) / 1000;
        return $"{(seconds / 3600).ToString(whole, culture)}:{seconds / 60 % 60:00}:{seconds % 60:00}";
    }

    /// <summary>Cut down, not rounded: 99.96 % is not 100 %.</summary>
    public static string Share(double? share) => share is { } s ? (Math.Floor(s * 1000) / 1000).ToString("P1", CultureInfo.CurrentCulture) : "–";
}
