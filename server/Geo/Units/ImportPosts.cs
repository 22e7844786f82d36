using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using BorderInfo.Server.Geo.Public;
using BorderInfo.Server.Identity.Public;
using BorderInfo.Server.Platform.Database;

namespace BorderInfo.Server.Geo;

/// <param name="Line">In the file, the names on top are line 1.</param>
/// <param name="Why">Null = it would be taken.</param>
/// <param name="What"><c>New</c>, <c>Changed</c>, <c>Same</c> or <c>Refused</c>.</param>
internal sealed record PostLine(int Line, string Id, string Name, string What, Refusal? Why);

/// <param name="Checksum">SHA-256 of the text, hexadecimal: the import asks for it, so that what was checked is what comes in.</param>
internal sealed record PostsReport(string Checksum, IReadOnlyList<PostLine> Lines)
{
    public bool Good => Lines.All(l => l.Why is null);

    public int Count(string what) => Lines.Count(l => l.What == what);
}

/// <summary>“Kiểm tra” and “Nạp danh sách đồn”: posts from comma- or semicolon-separated values, all lines or none. Posts that the list does not name stay as they are.</summary>
/// <remarks>
/// Refuses with <c>geo.not-allowed</c>, <c>geo.posts-unreadable</c> ({0} what), <c>geo.posts-columns</c> ({0} those that it must have), <c>geo.posts-too-many</c>,
/// <c>geo.posts-not-checked</c> (another text than the one checked), <c>geo.posts-wrong</c> ({0} lines).
/// </remarks>
internal sealed class ImportPosts(BorderInfoDb db, GeoCatalogue catalogue, IAuditTrail trail)
{
    /// <summary>Most lines of one list.</summary>
    public const int Most = 2_000;

    public static readonly IReadOnlyList<string> Columns = ["id", "name", "name_en", "commune", "sector", "lat", "lon", "source"];

    public Outcome<PostsReport> Check(Actor actor, string csv) =>
        !ChangePost.May(actor) ? new Refusal("geo.not-allowed") : Read(csv).Is(out var asks, out var why) ? Report(csv, asks) : why;

    public async Task<Outcome<PostsReport>> Handle(Actor actor, string csv, string checksum, CancellationToken stop)
    {
        if (!ChangePost.May(actor))
            return new Refusal("geo.not-allowed");
        if (!Read(csv).Is(out var asks, out var why))
            return why;
        var report = Report(csv, asks);
        if (report.Checksum != checksum)
            return new Refusal("geo.posts-not-checked");
        if (!report.Good)
            return new Refusal("geo.posts-wrong", Number(report.Count("Refused")));
        await using var whole = await db.Database.BeginTransactionAsync(stop);
        foreach (var (_, ask, _) in asks)
            await ChangePost.Keep(db, ask!, catalogue.Today, stop);
        trail.Note(db, actor, "post.import", checksum, $"{report.Count("New")} new, {report.Count("Changed")} changed, {report.Count("Same")} same");
        await db.SaveChangesAsync(stop);
        await whole.CommitAsync(stop);
        await catalogue.Reload(db, stop);
        return report;
    }

    private static Outcome<IReadOnlyList<(int Line, ChangePost.Ask? Ask, string Id)>> Read(string csv)
    {
        try
        {
            // A spreadsheet's line ends are not part of what was checked.
            var (plain, comma) = (Plain(csv), Csv.IsBySemicolon(csv) ? ',' : '.');
            var rows = Csv.Parse(plain).Take(Most + 1).ToArray();
            if (rows.Length > Most)
                return new Refusal("geo.posts-too-many", Number(Most)) { Field = "csv" };
            return rows.Length == 0 ? new Refusal("geo.posts-unreadable", "") { Field = "csv" } : rows.Select((r, n) => (n + 2, Asked(r, comma), r["id"].Trim())).ToArray();
        }
        catch (Exception e) when (e is FormatException or ArgumentException)
        {
            return new Refusal("geo.posts-unreadable", e.Message) { Field = "csv" };
        }
        catch (KeyNotFoundException)
        {
            return new Refusal("geo.posts-columns", string.Join(", ", Columns)) { Field = "csv" };
        }
    }

    /// <summary>Null where a coordinate is no number.</summary>
    /// <param name="comma">The decimal one: the spreadsheets that write semicolons write 21,96.</param>
    private static ChangePost.Ask? Asked(CsvRow row, char comma) =>
        Degrees(row["lat"].Replace(comma, '.'), out var lat) && Degrees(row["lon"].Replace(comma, '.'), out var lon)
            ? new(row["id"].Trim(), row["name"], row["name_en"], row["commune"].Trim(), row["sector"].Trim(), lat, lon, row["source"])
            : null;

    private static bool Degrees(string text, out double? degrees)
    {
        degrees = double.TryParse(text.Trim(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;
        return degrees is not null || string.IsNullOrWhiteSpace(text);
    }

    private PostsReport Report(string csv, IReadOnlyList<(int Line, ChangePost.Ask? Ask, string Id)> asks)
    {
        var twice = asks.GroupBy(a => a.Id).Where(g => g.Count() > 1).Select(g => g.Key).ToHashSet();
        return new(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Plain(csv)))), [.. asks.Select(a => Judged(a.Line, a.Ask, a.Id, twice.Contains(a.Id)))]);
    }

    private PostLine Judged(int line, ChangePost.Ask? ask, string id, bool twice)
    {
        var why = ask is null ? new Refusal("geo.post-position") : twice ? new("geo.post-twice", id) : ChangePost.Decide(ask, catalogue.Today);
        if (why is not null)
            return new(line, id, ask?.Name ?? "", "Refused", why);
        var post = new BorderPost(
            id.Trim(), ask!.Name.Trim(), ask.NameEn!.Trim(), catalogue.Today.CommuneByCode[ask.CommuneCode].ProvinceCode, ask.CommuneCode, ask.SectorId!.Length == 0 ? null : ask.SectorId, ask.Lat, ask.Lon, ask.Source.Trim());
        return new(line, post.Id, post.Name, catalogue.Post(post.Id) is not { } known ? "New" : known == post ? "Same" : "Changed", null);
    }

    private static string Plain(string csv) => csv.ReplaceLineEndings("\n").Trim() + "\n";

    private static string Number(int n) => n.ToString(CultureInfo.InvariantCulture);
}
