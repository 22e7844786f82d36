using System.IO.Compression;
using System.Text.Json;
using NetTopologySuite.Geometries;

namespace BorderInfo.Server.Geo;

/// <param name="Geometry">Null when the feature has none or it is broken beyond reading.</param>
internal sealed record GeoFeature(string Code, string Name, Geometry? Geometry);

/// <summary>The file is not what it should be; the refusal is for the user.</summary>
internal sealed class BadGeoJson(Refusal why) : Exception(why.ToString())
{
    public Refusal Why => why;
}

/// <summary>Reads a GeoJSON feature collection feature by feature, so that the whole never lies in memory.</summary>
/// <remarks>
/// Plain or gzip, told by the first two bytes. Limits: 200 MB unzipped, 10,000 features, 64 MB a feature. Coordinates are WGS 84, longitude first (RFC 7946).
/// Throws <see cref="BadGeoJson"/> with <c>geo.file-not-json</c>, <c>geo.file-no-features</c>, <c>geo.file-too-big</c>, <c>geo.file-too-many</c>, <c>geo.file-not-gzip</c>.
/// </remarks>
internal sealed class GeoJsonFile(string codeProperty, string nameProperty)
{
    public const long MostBytes = 200_000_000;
    public const int MostFeatures = 10_000;
    private const int MostBytesOfAFeature = 64_000_000;

    public IEnumerable<GeoFeature> Read(string path)
    {
        using var file = File.OpenRead(path);
        var zipped = file.ReadByte() == 0x1f && file.ReadByte() == 0x8b;
        file.Position = 0;
        using var plain = zipped ? new GZipStream(file, CompressionMode.Decompress) : (Stream)file;
        var cursor = new Cursor(plain);
        var count = 0;
        while (cursor.Next() is { } feature)
        {
            using (feature)
            {
                if (++count > MostFeatures)
                    throw new BadGeoJson(new("geo.file-too-many", MostFeatures.ToString("N0", System.Globalization.CultureInfo.CurrentCulture)));
                yield return Made(feature.RootElement);
            }
        }

        if (!cursor.SawFeatures || count == 0)
            throw new BadGeoJson(new("geo.file-no-features"));
    }

    private GeoFeature Made(JsonElement feature)
    {
        var properties = feature.ValueKind == JsonValueKind.Object && feature.TryGetProperty("properties", out var p) && p.ValueKind == JsonValueKind.Object ? p : default;
        var geometry = feature.ValueKind == JsonValueKind.Object && feature.TryGetProperty("geometry", out var g) ? GeoJsonShape.Read(g) : null;
        return new(Text(properties, codeProperty), Text(properties, nameProperty), geometry);
    }

    private static string Text(JsonElement properties, string name) =>
        properties.ValueKind == JsonValueKind.Object && properties.TryGetProperty(name, out var value)
            ? value.ValueKind switch { JsonValueKind.String => value.GetString()!.Trim(), JsonValueKind.Number => value.GetRawText(), _ => "" }
            : "";

    /// <summary>Goes forward through the bytes, keeping only what one feature needs.</summary>
    private sealed class Cursor(Stream stream)
    {
        private byte[] buffer = new byte[1 << 16];
        private int length, used;
        private long total;
        private bool end, inFeatures, wantsArray;
        private JsonReaderState state;

        public bool SawFeatures { get; private set; }

        public JsonDocument? Next()
        {
            try
            {
                while (true)
                {
                    if (Step(out var feature))
                        return feature;
                    if (end)
                        return Finished();
                    Fill();
                }
            }
            catch (JsonException e)
            {
                throw new BadGeoJson(new("geo.file-not-json", ((e.LineNumber ?? 0) + 1).ToString(System.Globalization.CultureInfo.InvariantCulture)));
            }
            catch (InvalidDataException)
            {
                throw new BadGeoJson(new("geo.file-not-gzip"));
            }
        }

        private JsonDocument? Finished() => SawFeatures && !inFeatures ? null : throw new BadGeoJson(new("geo.file-no-features"));

        /// <summary>True: a feature, or null at the end of the list; false: more bytes are needed.</summary>
        private bool Step(out JsonDocument? feature)
        {
            var reader = new Utf8JsonReader(buffer.AsSpan(used, length - used), end, state);
            feature = null;
            while (true)
            {
                var before = reader;
                if (!reader.Read())
                {
                    Keep(reader);
                    return false;
                }

                if (inFeatures && reader.TokenType == JsonTokenType.EndArray)
                {
                    inFeatures = false;
                    Keep(reader);
                    return true;
                }

                if (inFeatures)
                {
                    if (!JsonDocument.TryParseValue(ref reader, out feature))
                    {
                        Keep(before);
                        return false;
                    }

                    Keep(reader);
                    return true;
                }

                if (reader.TokenType == JsonTokenType.StartArray && reader.CurrentDepth == 1 && wantsArray)
                    SawFeatures = inFeatures = true;
                wantsArray = reader.TokenType == JsonTokenType.PropertyName && reader.CurrentDepth == 1 && reader.ValueTextEquals("features"u8);
            }
        }

        private void Keep(in Utf8JsonReader reader)
        {
            used += (int)reader.BytesConsumed;
            state = reader.CurrentState;
        }

        private void Fill()
        {
            buffer.AsSpan(used, length - used).CopyTo(buffer);
            (length, used) = (length - used, 0);
            if (length == buffer.Length)
            {
                if (buffer.Length >= MostBytesOfAFeature)
                    throw new BadGeoJson(new("geo.file-too-big", "64"));
                Array.Resize(ref buffer, buffer.Length * 2);
            }

            var read = stream.ReadAtLeast(buffer.AsSpan(length), buffer.Length - length, throwOnEndOfStream: false);
            end = length + read < buffer.Length;
            length += read;
            if ((total += read) > MostBytes)
                throw new BadGeoJson(new("geo.file-too-big", "200"));
        }
    }
}

/// <summary>GeoJSON geometry to shapes: polygons and lines, two numbers a point; anything else is null. Pure.</summary>
internal static class GeoJsonShape
{
    public static Geometry? Read(JsonElement geometry)
    {
        if (geometry.ValueKind != JsonValueKind.Object || !geometry.TryGetProperty("type", out var type) || !geometry.TryGetProperty("coordinates", out var at))
            return null;
        try
        {
            return type.GetString() switch
            {
                "Polygon" => Polygon(at),
                "MultiPolygon" => Boundaries.Shapes.CreateMultiPolygon([.. at.EnumerateArray().Select(Polygon)]),
                "LineString" => Boundaries.Shapes.CreateLineString(Points(at)),
                "MultiLineString" => Boundaries.Shapes.CreateMultiLineString([.. at.EnumerateArray().Select(l => Boundaries.Shapes.CreateLineString(Points(l)))]),
                _ => null,
            };
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or FormatException or IndexOutOfRangeException)
        {
            // Rings that do not close, points that are not numbers: counted as invalid by the caller.
            return null;
        }
    }

    private static Polygon Polygon(JsonElement rings)
    {
        var made = rings.EnumerateArray().Select(r => Boundaries.Shapes.CreateLinearRing(Points(r))).ToArray();
        return Boundaries.Shapes.CreatePolygon(made[0], made[1..]);
    }

    private static CoordinateSequence Points(JsonElement points)
    {
        var made = Boundaries.Shapes.CoordinateSequenceFactory.Create(points.GetArrayLength(), 2, 0);
        var i = 0;
        foreach (var point in points.EnumerateArray())
        {
            made.SetOrdinate(i, 0, point[0].GetDouble());
            made.SetOrdinate(i++, 1, point[1].GetDouble());
        }

        return made;
    }
}
