using System.Globalization;
using BorderInfo.Server.Geo.Public;

namespace BorderInfo.Server.Geo;

/// <summary>Where a point lies: commune, neighbour, sector, gate and languages, each with its reason. Pure: the units, the areas and the point decide.</summary>
internal sealed class Placing(UnitsOfADay units, BoundaryIndex areas, IReadOnlyList<LocalLanguage> local)
{
    /// <summary>A point this little outside every commune still belongs to the nearest: published positions of gates miss by as much.</summary>
    public const double ToleranceM = 150;

    /// <summary>Nearer than this to another commune's edge, the answer is uncertain.</summary>
    public const double EdgeM = 5;

    /// <summary>Piers and cages: communes this near are named as a choice.</summary>
    public const double OffshoreM = 2_000;

    /// <summary>Without areas: the representative point of the largest communes lies up to about this far from their edge.</summary>
    public const double NearestPointM = 25_000;

    public const double SectorM = 10_000, SectorTieM = 500, BorderLabelM = 5_000, GateM = 50_000, AtGateM = 5_000, PostM = 50_000;

    private readonly List<PlacementNote> notes = [];

    public Placement Place(double lat, double lon)
    {
        if (PositionRules.Refuse(lat, lon) is { } why)
            return new(why, null, null, null, null, null, null, [], !areas.HasAreas, []);
        var commune = areas.HasAreas ? ByArea(lat, lon) : ByNearestPoint(lat, lon);
        var border = areas.Border(lat, lon);
        var (gate, gateM) = NearestGate(lat, lon);
        var sector = Sector(commune, border, gate, gateM);
        var neighbour = sector is { Neighbour: not "SEA" } ? sector.Neighbour : border is [{ Metres: <= SectorM } nearest, ..] ? nearest.Neighbour : null;
        Doubt(commune, sector, border, gate, gateM);
        var languages = Languages(commune, neighbour, gate, gateM);
        var (post, postM) = NearestPost(lat, lon, commune);
        return new(null, commune, sector, gate, gateM, neighbour, border.Count > 0 ? border[0].Metres : null, languages, !areas.HasAreas, [.. notes]) { NearestPost = post, PostDistanceM = postM, LocalLanguages = [.. local.Where(l => l.ProvinceCode == commune?.ProvinceCode).Select(l => l.Language).Distinct()] };
    }

    private Commune? ByArea(double lat, double lon)
    {
        var near = areas.Near(lat, lon, OffshoreM).Where(n => units.CommuneByCode.ContainsKey(n.Code)).OrderBy(n => n.Metres).ToArray();
        var inside = near.Where(n => n.Inside).ToArray();
        if (inside is [var home, ..])
        {
            var others = near.Where(n => n.Code != home.Code && (n.Inside || n.Metres <= EdgeM)).ToArray();
            if (others.Length > 0)
                Warn("geo.note.on-edge", Names(others.Select(n => n.Code)));
            return units.CommuneByCode[home.Code];
        }

        if (near is [{ Metres: <= ToleranceM } nearest, ..])
        {
            Warn("geo.note.outside-by", Metres(nearest.Metres), Name(nearest.Code));
            return units.CommuneByCode[nearest.Code];
        }

        Warn("geo.note.no-commune");
        if (near.Where(n => units.CommuneByCode[n.Code].Coastal).Take(3).ToArray() is { Length: > 0 } choice)
            Note("geo.note.near-coast", Names(choice.Select(n => n.Code)));
        return null;
    }

    private Commune? ByNearestPoint(double lat, double lon)
    {
        var nearest = units.Communes.Where(c => c.Lat is not null).Select(c => (Commune: c, Metres: Earth.Metres(lat, lon, c.Lat!.Value, c.Lon!.Value))).MinBy(x => x.Metres);
        if (nearest.Commune is null || nearest.Metres > NearestPointM)
        {
            Warn("geo.note.no-point-near", Km(NearestPointM));
            return null;
        }

        Warn("geo.note.approximate", Name(nearest.Commune.Code), Km(nearest.Metres));
        return nearest.Commune;
    }

    private (BorderGate? Gate, double? Metres) NearestGate(double lat, double lon)
    {
        var nearest = units.Gates.Where(g => g.Lat is not null && g.Lon is not null)
            .Select(g => (Gate: g, Metres: Earth.Metres(lat, lon, g.Lat!.Value, g.Lon!.Value))).Where(x => x.Metres <= GateM).OrderBy(x => x.Metres).FirstOrDefault();
        return nearest.Gate is null ? (null, null) : (nearest.Gate, nearest.Metres);
    }

    private (BorderPost? Post, double? Metres) NearestPost(double lat, double lon, Commune? commune)
    {
        var nearest = units.Posts.Where(p => p.Lat is not null && p.Lon is not null)
            .Select(p => (Post: p, Metres: Earth.Metres(lat, lon, p.Lat!.Value, p.Lon!.Value))).Where(x => x.Metres <= PostM).OrderBy(x => x.Metres).FirstOrDefault();
        if (nearest.Post is not null)
        {
            Note("geo.why.post", nearest.Post.Name, Km(nearest.Metres));
            return nearest;
        }

        if (commune is null || units.Posts.FirstOrDefault(p => p.CommuneCode == commune.Code) is not { } there)
            return (null, null);
        Note("geo.why.post-commune", there.Name, Name(commune.Code));
        return (there, null);
    }

    private BorderSector? Sector(Commune? commune, IReadOnlyList<BorderDistance> border, BorderGate? gate, double? gateM)
    {
        if (commune is null)
            return null;
        var land = border.Count > 0 ? ByBorder(commune, border) : ByMembership(commune, gate, gateM);
        if (land is not null)
            return land;
        var coast = Of(commune, "SEA");
        if (coast is not null)
            Note("geo.why.coast", Name(commune.Code), coast.Id);
        return coast;
    }

    private BorderSector? ByBorder(Commune commune, IReadOnlyList<BorderDistance> border)
    {
        var reachable = border.Where(b => b.Metres <= SectorM && Of(commune, b.Neighbour, true) is not null).ToArray();
        if (reachable.Length == 0)
            return null;
        var sector = Of(commune, reachable[0].Neighbour, true)!;
        if (reachable.Length > 1 && reachable[1].Metres - reachable[0].Metres < SectorTieM)
            Warn("geo.note.sector-tie", sector.Id, Of(commune, reachable[1].Neighbour, true)!.Id);
        Note("geo.why.border", Km(reachable[0].Metres), sector.Id);
        return sector;
    }

    private BorderSector? ByMembership(Commune commune, BorderGate? gate, double? gateM)
    {
        var choice = commune.Border.Select(n => Of(commune, n)).OfType<BorderSector>().ToArray();
        if (choice.Length == 0)
            return null;
        if (choice.Length == 1)
        {
            Note("geo.why.commune", Name(commune.Code), choice[0].Id);
            return choice[0];
        }

        var byGate = gateM <= SectorM ? choice.FirstOrDefault(s => s.Neighbour == gate!.Neighbour) : null;
        Warn("geo.note.sector-tie", choice[0].Id, choice[1].Id);
        return byGate ?? choice[0];
    }

    /// <summary>The sector that holds the commune; <paramref name="orProvince"/>: else the first of its province at that neighbour.</summary>
    private BorderSector? Of(Commune commune, string neighbour, bool orProvince = false)
    {
        var there = units.Sectors.Where(s => s.Neighbour == neighbour && s.ProvinceCode == commune.ProvinceCode).ToArray();
        return there.FirstOrDefault(s => s.Communes.Contains(commune.Code)) ?? (orProvince ? there.FirstOrDefault() : null);
    }

    private void Doubt(Commune? commune, BorderSector? sector, IReadOnlyList<BorderDistance> border, BorderGate? gate, double? gateM)
    {
        if (commune is { Border.Count: > 0 } && border is [{ Metres: > BorderLabelM } far, ..])
            Warn("geo.note.far-from-border", Name(commune.Code), Km(far.Metres));
        if (gateM > AtGateM || gate is null)
            return;
        if (sector is { Neighbour: not "SEA" } && gate.Neighbour != sector.Neighbour)
            Warn("geo.note.gate-neighbour", gate.Name, sector.Id);
        if (gate.PositionQuality != "A")
            Warn("geo.note.gate-position", gate.Name, gate.PositionQuality);
        if (commune is not null && gate.CommuneCode.Length > 0 && gate.CommuneCode != commune.Code && gateM <= 1_000)
            Warn("geo.note.gate-commune", gate.Name, Name(gate.CommuneCode), Name(commune.Code));
    }

    private List<string> Languages(Commune? commune, string? neighbour, BorderGate? gate, double? gateM)
    {
        List<string> languages = ["vi"];
        if (neighbour is not null && LanguageOf(neighbour) is { } theirs)
        {
            languages.Add(theirs);
            Note("geo.why.neighbour." + neighbour);
        }

        if (gate is not null && gateM <= AtGateM && gate.Languages.Contains("en"))
        {
            languages.Add("en");
            Note("geo.why.gate-english", gate.Name, Km(gateM!.Value));
        }

        if (commune is not null && local.Where(l => l.ProvinceCode == commune.ProvinceCode).ToArray() is { Length: > 0 } spoken)
            Note("geo.why.local", string.Join(", ", spoken.Select(l => l.Name)));
        return languages;
    }

    private static string? LanguageOf(string neighbour) => neighbour switch { "CN" => "zh-Hans", "LA" => "lo", "KH" => "km", _ => null };

    private void Warn(string code, params string[] with) => notes.Add(new(code, true, with));

    private void Note(string code, params string[] with) => notes.Add(new(code, false, with));

    private string Name(string code) => units.CommuneByCode.GetValueOrDefault(code) is { } c ? $"{c.Kind} {c.Name}" : code;

    private string Names(IEnumerable<string> codes) => string.Join(", ", codes.Select(Name));

    private static string Metres(double m) => m.ToString("0", CultureInfo.InvariantCulture);

    private static string Km(double m) => (m / 1000).ToString("0.0", CultureInfo.InvariantCulture);
}
