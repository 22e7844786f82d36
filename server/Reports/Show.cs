using System.Globalization;

namespace BorderInfo.Server.Reports;

/// <summary>Numbers as the reader's language writes them; a dash where there is none.</summary>
internal static class Show
{
    public static string Whole(long number) => number.ToString("N0", CultureInfo.CurrentCulture);

    /// <summary>One decimal.</summary>
    public static string Hours(long? ms) => ms is { } m ? (m / 3_600_000.0).ToString("N1", CultureInfo.CurrentCulture) : "–";

    /// <summary>Cut down, not rounded: 99.96 % is not 100 %.</summary>
    public static string Share(double? share) => share is { } s ? (Math.Floor(s * 1000) / 1000).ToString("P1", CultureInfo.CurrentCulture) : "–";
}
