namespace BorderInfo.Server.Geo;

/// <summary>Geographic coordinates of VN-2000 to WGS 84 and back. Pure.</summary>
/// <remarks>
/// Both stand on an ellipsoid with a = 6378137 m, 1/f = 298.257223563. Seven parameters, coordinate-frame convention, VN-2000 to WGS 84.
/// Source: Ministry of Natural Resources and Environment, decision 05/2007/QĐ-BTNMT. The two lie 222–226 m apart in Việt Nam; the opposite sense of rotation would differ by about a metre.
/// </remarks>
internal static class Vn2000
{
    private const double A = 6378137, F = 1 / 298.257223563, E2 = F * (2 - F), Second = Math.PI / 180 / 3600;
    private const double Dx = -191.90441429, Dy = -39.30318279, Dz = -111.45032835;
    private const double Rx = -0.00928836 * Second, Ry = 0.01975479 * Second, Rz = -0.00427372 * Second, Ds = 0.252906278e-6;

    public static (double Lat, double Lon) ToWgs84(double lat, double lon)
    {
        var (x, y, z) = Cartesian(lat, lon);
        return Geographic(
            Dx + (1 + Ds) * (x + Rz * y - Ry * z),
            Dy + (1 + Ds) * (-Rz * x + y + Rx * z),
            Dz + (1 + Ds) * (Ry * x - Rx * y + z));
    }

    public static (double Lat, double Lon) FromWgs84(double lat, double lon)
    {
        // The shift hardly changes over its own length: two turns leave less than a millimetre.
        var (guessLat, guessLon) = (lat, lon);
        for (var turn = 0; turn < 2; turn++)
        {
            var (backLat, backLon) = ToWgs84(guessLat, guessLon);
            (guessLat, guessLon) = (guessLat + lat - backLat, guessLon + lon - backLon);
        }

        return (guessLat, guessLon);
    }

    private static (double X, double Y, double Z) Cartesian(double lat, double lon)
    {
        var (phi, lambda) = (lat * Math.PI / 180, lon * Math.PI / 180);
        var n = A / Math.Sqrt(1 - E2 * Math.Sin(phi) * Math.Sin(phi));
        return (n * Math.Cos(phi) * Math.Cos(lambda), n * Math.Cos(phi) * Math.Sin(lambda), n * (1 - E2) * Math.Sin(phi));
    }

    private static (double Lat, double Lon) Geographic(double x, double y, double z)
    {
        var p = Math.Sqrt(x * x + y * y);
        var phi = Math.Atan2(z, p * (1 - E2));
        for (var turn = 0; turn < 5; turn++)
        {
            var n = A / Math.Sqrt(1 - E2 * Math.Sin(phi) * Math.Sin(phi));
            phi = Math.Atan2(z + E2 * n * Math.Sin(phi), p);
        }

        return (phi * 180 / Math.PI, Math.Atan2(y, x) * 180 / Math.PI);
    }
}
