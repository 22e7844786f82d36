using BorderInfo.Server.Geo.Public;

namespace BorderInfo.Server.Geo;

/// <summary>A unit as it was called from one day to another. The code groups versions; it is not identity over time.</summary>
/// <param name="To">Last day, included; null = still valid.</param>
/// <param name="Decision">Number of the legal document.</param>
internal sealed record Version<T>(T Unit, DateOnly From, DateOnly? To, string Decision)
{
    public bool Holds(DateOnly day) => From <= day && (To is null || day <= To);
}

/// <summary>A language spoken beside the state ones, a hint to be confirmed by the province.</summary>
internal sealed record LocalLanguage(string ProvinceCode, string Language, string Name, string NameEn);

/// <param name="ClassSource">Resolution that says so, or the older list.</param>
/// <param name="FormerPlace">Commune, district and province before 7/2025.</param>
/// <param name="PositionSource">Only for quality A.</param>
internal sealed record GatePaper(string ClassSource, string FormerPlace, string PositionSource);

/// <summary>What lies in <c>content/geo</c>, as it was shipped.</summary>
internal sealed record Shipped(
    IReadOnlyList<Version<Province>> Provinces, IReadOnlyDictionary<string, (double Lat, double Lon)> ProvinceLabels, IReadOnlyDictionary<string, string> ProvinceShort,
    IReadOnlyList<Version<Commune>> Communes, IReadOnlyList<BorderSector> Sectors, IReadOnlyList<BorderGate> Gates, IReadOnlyDictionary<string, GatePaper> GatePapers,
    IReadOnlyList<LocalLanguage> Languages)
{
    /// <exception cref="IOException">A file is missing.</exception>
    public static Shipped Read(string folder)
    {
        var provinces = Csv.Read(Path.Combine(folder, "provinces.csv")).ToArray();
        var gates = Csv.Read(Path.Combine(folder, "gates.csv")).ToArray();
        var labels = new Dictionary<string, (double, double)>();
        var shorts = new Dictionary<string, string>();
        foreach (var row in provinces)
            (labels[row["code"]], shorts[row["code"]]) = ((row.Number("lat")!.Value, row.Number("lon")!.Value), row["short"]);
        return new(
            [.. provinces.Select(r => Versioned(r, new Province(r["code"], r["name"], r["name_en"], r["kind"])))], labels, shorts,
            [.. Csv.Read(Path.Combine(folder, "communes.csv")).Select(r => Versioned(r, Commune(r)))],
            [.. Csv.Read(Path.Combine(folder, "sectors.csv")).Select(Sector)],
            [.. gates.Select(Gate)],
            gates.ToDictionary(g => g["id"], g => new GatePaper(g["class_source"], g["former_place"], g["position_source"])),
            [.. Csv.Read(Path.Combine(folder, "languages.csv")).Select(r => new LocalLanguage(r["province"], r["language"], r["name"], r["name_en"]))]);
    }

    private static Version<T> Versioned<T>(CsvRow row, T unit) => new(unit, row.Day("valid_from")!.Value, row.Day("valid_to"), row["decision"]);

    private static Commune Commune(CsvRow row) =>
        new(row["code"], row["name"], row["kind"], row["province"], row.Words("border"), row["coastal"] == "1", row.Number("lat"), row.Number("lon"));

    private static BorderSector Sector(CsvRow row) =>
        new(row["id"], row["name"], row["name_en"], row["province"], row["neighbour"], [], row["managed_by"]);

    private static BorderGate Gate(CsvRow row) => new(
        row["id"], row["name"], row["name_en"], Enum.Parse<GateClass>(row["class"]), row["mode"], row["neighbour"], row["counterpart"], row["province"],
        row["commune"], row.Number("lat"), row.Number("lon"), row["position_quality"], row.Words("languages"));
}
