using System.Text.RegularExpressions;
using BorderInfo.Server.Geo.Public;
using BorderInfo.Server.Identity.Public;
using BorderInfo.Server.Platform.Database;
using BorderInfo.Server.Platform.Languages;
using Microsoft.EntityFrameworkCore;

namespace BorderInfo.Server.Geo;

/// <summary>“Lưu tuyến biên giới”: changes a sector, shipped or own, or adds one.</summary>
/// <remarks>Refuses with <c>geo.not-allowed</c>, <c>geo.sector-id</c>, <c>geo.name-missing</c>, <c>geo.province-unknown</c>, <c>geo.neighbour-unknown</c>, <c>geo.commune-unknown</c>.</remarks>
internal sealed partial class ChangeSector(BorderInfoDb db, GeoCatalogue catalogue, IAuditTrail trail)
{
    /// <param name="Communes">Codes; empty = every commune of the province at that border or coast.</param>
    public sealed record Ask(string Id, string Name, string NameEn, string ProvinceCode, string Neighbour, IReadOnlyList<string> Communes, string ManagedBy, bool Withdrawn = false);

    public async Task<Outcome<Nothing>> Handle(Actor actor, Ask ask, CancellationToken stop)
    {
        if (!actor.Is(Roles.Administrator) || !actor.Scope.Everything)
            return new Refusal("geo.not-allowed");
        if (Decide(ask, catalogue.Today) is { } why)
            return why;
        var row = await db.Set<SectorRow>().SingleOrDefaultAsync(s => s.Id == ask.Id, stop);
        if (row is null)
            db.Add(row = new SectorRow { Id = ask.Id });
        (row.Name, row.NameEn, row.ProvinceCode, row.Neighbour) = (ask.Name.Typed(), ask.NameEn.Typed(), ask.ProvinceCode, ask.Neighbour);
        (row.Communes, row.ManagedBy, row.Withdrawn) = (string.Join(' ', ask.Communes), ask.ManagedBy.Trim(), ask.Withdrawn);
        trail.Note(db, actor, ask.Withdrawn ? "sector.withdraw" : "sector.change", ask.Id, $"{row.Name}; {row.ManagedBy}; {row.Communes}");
        await db.SaveChangesAsync(stop);
        await catalogue.Reload(db, stop);
        return new Nothing();
    }

    /// <summary>Pure.</summary>
    internal static Refusal? Decide(Ask ask, UnitsOfADay units)
    {
        if (!Shape().IsMatch(ask.Id))
            return new("geo.sector-id") { Field = "id" };
        if (string.IsNullOrWhiteSpace(ask.Name))
            return new("geo.name-missing") { Field = "name" };
        if (!units.ProvinceByCode.ContainsKey(ask.ProvinceCode))
            return new("geo.province-unknown", ask.ProvinceCode) { Field = "provinceCode" };
        if (ask.Neighbour is not ("CN" or "LA" or "KH" or "SEA"))
            return new("geo.neighbour-unknown") { Field = "neighbour" };
        var stranger = ask.Communes.FirstOrDefault(c => units.CommuneByCode.GetValueOrDefault(c)?.ProvinceCode != ask.ProvinceCode);
        return stranger is null ? null : new("geo.commune-unknown", stranger) { Field = "communes" };
    }

    [GeneratedRegex("^[A-Z]{2,3}-(CN|LA|KH|SEA)-[1-9][0-9]?$")]
    private static partial Regex Shape();
}
