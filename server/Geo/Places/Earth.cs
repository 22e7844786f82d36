namespace BorderInfo.Server.Geo;

/// <summary>Distances on WGS 84 for points a few hundred kilometres apart at most. Pure.</summary>
internal static class Earth
{
    /// <summary>Metres a degree of latitude and of longitude measure at a latitude; good to 0.1 % near it.</summary>
    public static (double Lat, double Lon) MetresPerDegree(double lat)
    {
        var phi = lat * Math.PI / 180;
        return (111132.954 - 559.822 * Math.Cos(2 * phi) + 1.175 * Math.Cos(4 * phi), 111412.84 * Math.Cos(phi) - 93.5 * Math.Cos(3 * phi));
    }

    /// <summary>Metres between two points, straight on the ellipsoid at their middle latitude.</summary>
    public static double Metres(double lat1, double lon1, double lat2, double lon2)
    {
        var (perLat, perLon) = MetresPerDegree((lat1 + lat2) / 2);
        return Math.Sqrt(Math.Pow((lat2 - lat1) * perLat, 2) + Math.Pow((lon2 - lon1) * perLon, 2));
    }

    /// <summary>Metres from a point to the nearest place on a line of longitude, latitude pairs; infinity for an empty line.</summary>
    public static double MetresToLine(double lat, double lon, NetTopologySuite.Geometries.CoordinateSequence line)
    {
        var (perLat, perLon) = MetresPerDegree(lat);
        var nearest = double.PositiveInfinity;
        for (var i = 1; i < line.Count; i++)
        {
            var (ax, ay) = ((line.GetX(i - 1) - lon) * perLon, (line.GetY(i - 1) - lat) * perLat);
            var (dx, dy) = ((line.GetX(i) - lon) * perLon - ax, (line.GetY(i) - lat) * perLat - ay);
            var length = dx * dx + dy * dy;
            var t = length == 0 ? 0 : Math.Clamp(-(ax * dx + ay * dy) / length, 0, 1);
            var (x, y) = (ax + t * dx, ay + t * dy);
            nearest = Math.Min(nearest, x * x + y * y);
        }

        return Math.Sqrt(nearest);
    }
}
