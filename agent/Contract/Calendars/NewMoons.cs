namespace BorderInfo.Contract.Calendars;

/// <summary>Pure: instants of new moons.</summary>
/// <remarks>Source: J. Meeus, Astronomical Algorithms, 2nd ed. 1998, ch. 49, all periodic and planetary terms of new moons; its own figure for the error is at most about 17 s in 1980–2020.</remarks>
internal static class NewMoons
{
    /// <summary>Mean length of a lunation. New moons are numbered k; 0 is that of 6 January 2000.</summary>
    public const double SynodicDays = 29.530588861;

    private const double FirstJde = 2451550.09766;

    /// <summary>Coefficient in days, power of E, multiples of M, M′, F, Ω.</summary>
    private static readonly (double Days, int E, int M, int Mp, int F, int Node)[] Periodic =
    [
        (-0.40720, 0, 0, 1, 0, 0), (0.17241, 1, 1, 0, 0, 0), (0.01608, 0, 0, 2, 0, 0), (0.01039, 0, 0, 0, 2, 0), (0.00739, 1, -1, 1, 0, 0),
        (-0.00514, 1, 1, 1, 0, 0), (0.00208, 2, 2, 0, 0, 0), (-0.00111, 0, 0, 1, -2, 0), (-0.00057, 0, 0, 1, 2, 0), (0.00056, 1, 1, 2, 0, 0),
        (-0.00042, 0, 0, 3, 0, 0), (0.00042, 1, 1, 0, 2, 0), (0.00038, 1, 1, 0, -2, 0), (-0.00024, 1, -1, 2, 0, 0), (-0.00017, 0, 0, 0, 0, 1),
        (-0.00007, 0, 2, 1, 0, 0), (0.00004, 0, 0, 2, -2, 0), (0.00004, 0, 3, 0, 0, 0), (0.00003, 0, 1, 1, -2, 0), (0.00003, 0, 0, 2, 2, 0),
        (-0.00003, 0, 1, 1, 2, 0), (0.00003, 0, -1, 1, 2, 0), (-0.00002, 0, -1, 1, -2, 0), (-0.00002, 0, 1, 3, 0, 0), (0.00002, 0, 0, 4, 0, 0),
    ];

    /// <summary>Planetary arguments A1…A14: degrees at k = 0, degrees for each k, coefficient in days.</summary>
    private static readonly (double At, double Rate, double Days)[] Planetary =
    [
        (299.77, 0.107408, 0.000325), (251.88, 0.016321, 0.000165), (251.83, 26.651886, 0.000164), (349.42, 36.412478, 0.000126), (84.66, 18.206239, 0.000110),
        (141.74, 53.303771, 0.000062), (207.14, 2.453732, 0.000060), (154.84, 7.306860, 0.000056), (34.52, 27.261239, 0.000047), (207.19, 0.121824, 0.000042),
        (291.34, 1.844379, 0.000040), (161.72, 24.198154, 0.000037), (239.56, 25.513099, 0.000035), (331.55, 3.592518, 0.000023),
    ];

    /// <summary>Julian ephemeris day (dynamical time) of the new moon number <paramref name="k"/>.</summary>
    public static double JdeOf(int k)
    {
        var t = k / 1236.85;
        var e = 1 - t * (0.002516 + t * 0.0000074);
        var m = 2.5534 + 29.10535670 * k - t * t * (0.0000014 + t * 0.00000011);
        var mp = 201.5643 + 385.81693528 * k + t * t * (0.0107582 + t * (0.00001238 - t * 0.000000058));
        var f = 160.7108 + 390.67050284 * k - t * t * (0.0016118 + t * (0.00000227 - t * 0.000000011));
        var node = 124.7746 - 1.56375588 * k + t * t * (0.0020672 + t * 0.00000215);
        var jde = FirstJde + SynodicDays * k + t * t * (0.00015437 - t * (0.000000150 - t * 0.00000000073));
        foreach (var p in Periodic)
            jde += p.Days * (p.E == 0 ? 1 : p.E == 1 ? e : e * e) * Degrees.Sin(p.M * m + p.Mp * mp + p.F * f + p.Node * node);
        for (var i = 0; i < Planetary.Length; i++)
            jde += Planetary[i].Days * Degrees.Sin(Planetary[i].At + Planetary[i].Rate * k - (i == 0 ? 0.009173 * t * t : 0));
        return jde;
    }

    /// <summary>The number of the mean new moon at or before a Julian day; the true one lies within a day of it.</summary>
    public static int NumberAt(double jd) => (int)Math.Floor((jd - FirstJde) / SynodicDays);
}

/// <summary>Angles in degrees.</summary>
internal static class Degrees
{
    public static double Sin(double degrees) => Math.Sin(degrees * (Math.PI / 180));

    public static double Cos(double degrees) => Math.Cos(degrees * (Math.PI / 180));

    /// <summary>Into 0…360.</summary>
    public static double Turn(double degrees) => degrees - 360 * Math.Floor(degrees / 360);
}
