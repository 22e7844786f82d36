namespace BorderInfo.Contract.Calendars;

/// <summary>Pure: dynamical time to civil days of UTC+7.</summary>
/// <remarks>Source of ΔT: F. Espenak and J. Meeus, Five Millennium Canon of Solar Eclipses (NASA/TP-2006-214141), polynomial expressions for 1961–2150. What lies ahead is a forecast: some tens of seconds in 2100.</remarks>
internal static class EarthTurn
{
    private const double ZoneHours = 7;

    /// <summary>Julian day of 0001-01-01 0h, the zero of <see cref="DateOnly.DayNumber"/>.</summary>
    private const double DayZero = 1721425.5;

    /// <summary>Dynamical less universal time in seconds.</summary>
    public static double DeltaT(double year)
    {
        if (year < 1986)
            return Of(year - 1975, 45.45, 1.067, -1 / 260.0, -1 / 718.0);
        if (year < 2005)
            return Of(year - 2000, 63.86, 0.3345, -0.060374, 0.0017275, 0.000651814, 0.00002373599);
        if (year < 2050)
            return Of(year - 2000, 62.92, 0.32217, 0.005589);
        return -20 + 32 * ((year - 1820) / 100) * ((year - 1820) / 100) - 0.5628 * (2150 - year);
    }

    /// <summary>Days since 0001-01-01 0h of UTC+7, with the fraction.</summary>
    public static double LocalDays(double jde) => jde - DeltaT(YearOf(jde)) / 86400 + ZoneHours / 24 - DayZero;

    /// <summary>Julian ephemeris day of a local midnight.</summary>
    public static double JdeOf(int dayNumber)
    {
        var jd = dayNumber + DayZero - ZoneHours / 24;
        return jd + DeltaT(YearOf(jd)) / 86400;
    }

    private static double YearOf(double jd) => 2000 + (jd - 2451544.5) / 365.2425;

    private static double Of(double t, params ReadOnlySpan<double> coefficients)
    {
        var sum = 0.0;
        for (var i = coefficients.Length - 1; i >= 0; i--)
            sum = sum * t + coefficients[i];
        return sum;
    }
}
