using NetTopologySuite.Algorithm;
using NetTopologySuite.Geometries;

namespace BorderInfo.Server.Geo;

/// <summary>
/// Coarser outlines for drawing: every point goes to the nearest crossing of a grid, so that neighbours keep the very same edge and no gap opens between them. Pure.
/// </summary>
internal static class GridRings
{
    internal readonly record struct Point(int X, int Y);

    /// <summary>Rings of an area in grid steps, outer ones counter-clockwise, closed by their first point; those that vanish are left out.</summary>
    public static IEnumerable<Point[]> Of(Geometry area, double grid)
    {
        for (var i = 0; i < area.NumGeometries; i++)
        {
            if (area.GetGeometryN(i) is not Polygon polygon)
                continue;
            if (Ring(polygon.ExteriorRing, grid, false) is { } outer)
                yield return outer;
            foreach (var hole in polygon.InteriorRings)
            {
                if (Ring(hole, grid, true) is { } inner)
                    yield return inner;
            }
        }
    }

    /// <summary>One outline around areas that share edges: an edge that two of them walk in opposite directions is inside and goes.</summary>
    public static IEnumerable<Point[]> Dissolved(IEnumerable<Point[]> rings)
    {
        var edges = new Dictionary<(Point From, Point To), int>();
        foreach (var ring in rings)
        {
            for (var i = 1; i < ring.Length; i++)
            {
                if (edges.TryGetValue((ring[i], ring[i - 1]), out var back) && back > 0)
                    edges[(ring[i], ring[i - 1])] = back - 1;
                else
                    edges[(ring[i - 1], ring[i])] = edges.GetValueOrDefault((ring[i - 1], ring[i])) + 1;
            }
        }

        var onward = new Dictionary<Point, Stack<Point>>();
        foreach (var ((from, to), times) in edges)
        {
            for (var i = 0; i < times; i++)
            {
                if (!onward.TryGetValue(from, out var ways))
                    onward[from] = ways = new();
                ways.Push(to);
            }
        }

        return Walks(onward);
    }

    /// <summary>First point, then differences.</summary>
    public static IEnumerable<int[]> Packed(IEnumerable<Point[]> rings)
    {
        foreach (var ring in rings)
        {
            var packed = new int[(ring.Length - 1) * 2];
            for (var i = 0; i < ring.Length - 1; i++)
                (packed[2 * i], packed[2 * i + 1]) = i == 0 ? (ring[0].X, ring[0].Y) : (ring[i].X - ring[i - 1].X, ring[i].Y - ring[i - 1].Y);
            yield return packed;
        }
    }

    /// <summary>As many edges lead into each point as out of it, so every walk comes home.</summary>
    private static IEnumerable<Point[]> Walks(Dictionary<Point, Stack<Point>> onward)
    {
        foreach (var start in onward.Keys.ToArray())
        {
            while (onward[start].Count > 0)
            {
                List<Point> walk = [start];
                do
                    walk.Add(onward[walk[^1]].Pop());
                while (walk[^1] != start);
                if (walk.Count > 3)
                    yield return [.. walk];
            }
        }
    }

    private static Point[]? Ring(LineString ring, double grid, bool hole)
    {
        var line = ring.CoordinateSequence;
        var points = new List<Point>(line.Count);
        for (var i = 0; i < line.Count; i++)
        {
            var point = new Point((int)Math.Round(line.GetX(i) / grid), (int)Math.Round(line.GetY(i) / grid));
            if (points.Count == 0 || points[^1] != point)
                points.Add(point);
        }

        if (points.Count < 4 || points.Distinct().Count() < 3)
            return null;
        if (Orientation.IsCCW(line) == hole)
            points.Reverse();
        return [.. points];
    }
}
