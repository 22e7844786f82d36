using System.Text.RegularExpressions;
using BorderInfo.Server.Geo.Public;
using BorderInfo.Server.Identity.Public;
using BorderInfo.Server.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace BorderInfo.Server.Geo;

/// <summary>“Lưu cửa khẩu”: changes a border gate, shipped or own, or adds one.</summary>
/// <remarks>
/// Refuses with <c>geo.not-allowed</c>, <c>geo.gate-id</c>, <c>geo.name-missing</c>, <c>geo.neighbour-unknown</c>, <c>geo.commune-unknown</c>,
/// <c>geo.gate-quality</c> (a position without a grade A–C, or a grade without a position) and what <see cref="PositionRules"/> says.
/// </remarks>
internal sealed partial class ChangeGate(BorderInfoDb db, GeoCatalogue catalogue, IAuditTrail trail)
{
    /// <param name="Languages">Vietnamese first.</param>
    public sealed record Ask(
        string Id, string Name, string NameEn, GateClass Class, string Mode, string Neighbour, string Counterpart, string CommuneCode,
        double? Lat, double? Lon, string PositionQuality, IReadOnlyList<string> Languages, bool Withdrawn = false);

    public async Task<Outcome<Nothing>> Handle(Actor actor, Ask ask, CancellationToken stop)
    {
        if (!actor.Is(Roles.Administrator) || !actor.Scope.Everything)
            return new Refusal("geo.not-allowed");
        if (Decide(ask, catalogue.Today) is { } why)
            return why;
        var row = await db.Set<GateRow>().SingleOrDefaultAsync(g => g.Id == ask.Id, stop);
        if (row is null)
            db.Add(row = new GateRow { Id = ask.Id });
        Copy(ask, row);
        trail.Note(db, actor, ask.Withdrawn ? "gate.withdraw" : "gate.change", ask.Id, $"{row.Name}; {row.Class}; {row.Neighbour}; {row.Lat} {row.Lon} {row.PositionQuality}");
        await db.SaveChangesAsync(stop);
        await catalogue.Reload(db, stop);
        return new Nothing();
    }

    private void Copy(Ask ask, GateRow row)
    {
        (row.Name, row.NameEn, row.Class, row.Mode, row.Neighbour, row.Counterpart) = (ask.Name.Trim(), ask.NameEn.Trim(), ask.Class, ask.Mode, ask.Neighbour, ask.Counterpart.Trim());
        (row.CommuneCode, row.ProvinceCode) = (ask.CommuneCode, catalogue.Commune(ask.CommuneCode)?.ProvinceCode ?? "");
        (row.Lat, row.Lon, row.PositionQuality, row.Languages, row.Withdrawn) = (ask.Lat, ask.Lon, ask.PositionQuality, string.Join(' ', ask.Languages), ask.Withdrawn);
    }

    /// <summary>Pure.</summary>
    internal static Refusal? Decide(Ask ask, UnitsOfADay units)
    {
        if (!Shape().IsMatch(ask.Id))
            return new("geo.gate-id") { Field = "id" };
        if (string.IsNullOrWhiteSpace(ask.Name))
            return new("geo.name-missing") { Field = "name" };
        if (ask.Neighbour is not ("CN" or "LA" or "KH" or "SEA"))
            return new("geo.neighbour-unknown") { Field = "neighbour" };
        if (!units.CommuneByCode.ContainsKey(ask.CommuneCode))
            return new("geo.commune-unknown", ask.CommuneCode) { Field = "communeCode" };
        if ((ask.Lat is null) != (ask.Lon is null) || ask.PositionQuality is not ("A" or "B" or "C" or "D") || (ask.PositionQuality == "D") != (ask.Lat is null))
            return new("geo.gate-quality") { Field = "positionQuality" };
        return ask.Lat is null ? null : PositionRules.Refuse(ask.Lat.Value, ask.Lon!.Value);
    }

    [GeneratedRegex("^[A-Z0-9-]{2,20}$")]
    private static partial Regex Shape();
}
