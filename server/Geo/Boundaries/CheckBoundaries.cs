using System.Security.Cryptography;
using BorderInfo.Server.Geo.Public;
using BorderInfo.Server.Identity.Public;

namespace BorderInfo.Server.Geo;

/// <summary>“Kiểm tra tệp”: reads a boundary file and says what it would do; nothing changes.</summary>
/// <remarks>
/// The file is kept in the work folder under its checksum, so that <see cref="ApplyBoundaries"/> applies the very file that was checked; only the newest is kept.
/// Refuses with <c>geo.not-allowed</c>, <c>geo.file-missing</c>, <c>geo.file-too-big</c>, <c>geo.file-nothing-usable</c> and what <see cref="GeoJsonFile"/> says.
/// </remarks>
internal sealed class CheckBoundaries(GeoCatalogue catalogue, BoundaryFiles files, IEnumerable<IMapMarks> marks)
{
    /// <param name="CodeProperty">Name of the property with the code; for a land border that with the neighbour (CN, LA, KH).</param>
    public sealed record Ask(string FileName, Stream File, BoundaryKind Kind, string CodeProperty = "code", string NameProperty = "name");

    public async Task<Outcome<BoundaryReport>> Handle(Actor actor, Ask ask, CancellationToken stop)
    {
        if (!actor.Is(Roles.Administrator))
            return new Refusal("geo.not-allowed");
        try
        {
            if (await files.Keep(ask.File, stop) is not { } checksum)
                return new Refusal("geo.file-missing") { Field = "file" };
            var reading = new BoundaryReading(catalogue.Today, ask.Kind);
            reading.Read(new GeoJsonFile(ask.CodeProperty, ask.NameProperty).Read(files.PathOf(checksum)));
            return reading.Shapes.Count == 0
                ? new Refusal("geo.file-nothing-usable", ask.CodeProperty) { Field = "file" }
                : reading.Report(checksum, ask.FileName, marks.SelectMany(m => m.Within(AreaScope.All)));
        }
        catch (BadGeoJson bad)
        {
            return bad.Why with { Field = "file" };
        }
    }
}

/// <summary>Uploaded files between the check and the import, under their SHA-256 in the work folder; one at a time.</summary>
internal sealed class BoundaryFiles(DataFolder data)
{
    private string Folder => Directory.CreateDirectory(Path.Combine(data.Work, "boundaries")).FullName;

    /// <param name="checksum">64 hexadecimal digits.</param>
    public string PathOf(string checksum) => Path.Combine(Folder, checksum);

    public bool Has(string checksum) => checksum.Length == 64 && checksum.All(char.IsAsciiHexDigit) && File.Exists(PathOf(checksum));

    /// <summary>Writes the upload down, forgets others, and gives its checksum; null when it is empty.</summary>
    /// <exception cref="BadGeoJson">More than 200 MB.</exception>
    public async Task<string?> Keep(Stream upload, CancellationToken stop)
    {
        var half = Path.Combine(Folder, $"{Guid.NewGuid():N}.part");
        try
        {
            var (checksum, size) = await Copy(upload, half, stop);
            if (size == 0)
                return null;
            foreach (var old in Directory.EnumerateFiles(Folder).Where(f => f != half))
                File.Delete(old);
            File.Move(half, PathOf(checksum), overwrite: true);
            return checksum;
        }
        finally
        {
            File.Delete(half);
        }
    }

    private static async Task<(string Checksum, long Size)> Copy(Stream upload, string path, CancellationToken stop)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await using var file = File.Create(path);
        var (buffer, size) = (new byte[1 << 16], 0L);
        for (int read; (read = await upload.ReadAsync(buffer, stop)) > 0; size += read)
        {
            if (size + read > GeoJsonFile.MostBytes)
                throw new BadGeoJson(new("geo.file-too-big", "200"));
            hash.AppendData(buffer, 0, read);
            await file.WriteAsync(buffer.AsMemory(0, read), stop);
        }

        return (Convert.ToHexStringLower(hash.GetHashAndReset()), size);
    }
}
