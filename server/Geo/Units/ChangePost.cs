using System.Globalization;
using System.Text.RegularExpressions;
using BorderInfo.Server.Geo.Public;
using BorderInfo.Server.Identity.Public;
using BorderInfo.Server.Platform.Database;
using BorderInfo.Server.Platform.Languages;
using Microsoft.EntityFrameworkCore;

namespace BorderInfo.Server.Geo;

/// <summary>“Lưu đồn”: changes a post of the border guard or adds one.</summary>
/// <remarks>
/// Refuses with <c>geo.not-allowed</c>, <c>geo.post-id</c>, <c>geo.name-missing</c>, <c>geo.commune-unknown</c>, <c>geo.post-sector</c> (none, or of another province),
/// <c>geo.post-source</c>, <c>geo.post-too-long</c>, <c>geo.post-position</c> (half a position) and what <see cref="PositionRules"/> says.
/// </remarks>
internal sealed partial class ChangePost(BorderInfoDb db, GeoCatalogue catalogue, IAuditTrail trail)
{
    public const int LongestName = 120, LongestSource = 300;

    /// <param name="SectorId">Null or empty = not told.</param>
    /// <param name="Source">Public document or page that names the post.</param>
    public sealed record Ask(string Id, string Name, string? NameEn, string CommuneCode, string? SectorId, double? Lat, double? Lon, string Source, bool Withdrawn = false);

    public async Task<Outcome<Nothing>> Handle(Actor actor, Ask ask, CancellationToken stop)
    {
        if (!May(actor))
            return new Refusal("geo.not-allowed");
        if (Decide(ask, catalogue.Today) is { } why)
            return why;
        var row = await Keep(db, ask, catalogue.Today, stop);
        trail.Note(db, actor, ask.Withdrawn ? "post.withdraw" : "post.change", row.Id, $"{row.Name}; {row.CommuneCode}; {row.Source}");
        await db.SaveChangesAsync(stop);
        await catalogue.Reload(db, stop);
        return new Nothing();
    }

    internal static bool May(Actor actor) => actor.Is(Roles.Administrator) && actor.Scope.Everything;

    internal static async Task<PostRow> Keep(BorderInfoDb db, Ask ask, UnitsOfADay units, CancellationToken stop)
    {
        var row = await db.Set<PostRow>().SingleOrDefaultAsync(p => p.Id == ask.Id, stop);
        if (row is null)
            db.Add(row = new PostRow { Id = ask.Id });
        (row.Name, row.NameEn, row.CommuneCode, row.ProvinceCode) = (ask.Name.Typed(), ask.NameEn.Typed(), ask.CommuneCode, units.CommuneByCode[ask.CommuneCode].ProvinceCode);
        (row.SectorId, row.Lat, row.Lon, row.Source, row.Withdrawn) = (string.IsNullOrEmpty(ask.SectorId) ? null : ask.SectorId, ask.Lat, ask.Lon, ask.Source.Trim(), ask.Withdrawn);
        return row;
    }

    /// <summary>Pure.</summary>
    internal static Refusal? Decide(Ask ask, UnitsOfADay units)
    {
        if (!Shape().IsMatch(ask.Id))
            return new("geo.post-id") { Field = "id" };
        if (string.IsNullOrWhiteSpace(ask.Name))
            return new("geo.name-missing") { Field = "name" };
        if (ask.CommuneCode is null || !units.CommuneByCode.TryGetValue(ask.CommuneCode, out var commune))
            return new("geo.commune-unknown", ask.CommuneCode ?? "") { Field = "communeCode" };
        if (!string.IsNullOrEmpty(ask.SectorId) && units.SectorById.GetValueOrDefault(ask.SectorId)?.ProvinceCode != commune.ProvinceCode)
            return new("geo.post-sector", ask.SectorId) { Field = "sectorId" };
        if (string.IsNullOrWhiteSpace(ask.Source))
            return new("geo.post-source") { Field = "source" };
        if (ask.Name.Length > LongestName || ask.NameEn?.Length > LongestName || ask.Source.Length > LongestSource)
            return new("geo.post-too-long", Text(LongestName), Text(LongestSource)) { Field = ask.Source.Length > LongestSource ? "source" : "name" };
        if ((ask.Lat is null) != (ask.Lon is null))
            return new("geo.post-position") { Field = "position" };
        return ask.Lat is null ? null : PositionRules.Refuse(ask.Lat.Value, ask.Lon!.Value);
    }

    private static string Text(int n) => n.ToString(CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^[A-Z0-9-]{2,20}\z")]
    private static partial Regex Shape();
}
