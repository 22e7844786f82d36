using System.Globalization;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using BorderInfo.Server.Geo;
using BorderInfo.Server.Geo.Public;
using BorderInfo.Server.Identity;
using BorderInfo.Server.Identity.Public;
using BorderInfo.Server.Platform.Database;
using BorderInfo.Tests.Server.Support;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;

namespace BorderInfo.Tests.Server.Geo;

/// <summary>The whole server with marks of the test's choice on the map.</summary>
public sealed class GeoUnderTest : IDisposable
{
    private readonly ServerUnderTest server = new();
    private readonly WebApplicationFactory<Program> host;
    private int users;

    public GeoUnderTest() => host = server.WithWebHostBuilder(web => web.ConfigureTestServices(services => services.AddSingleton<IMapMarks>(new OnTheTable(Marks))));

    /// <summary>What stands on the map.</summary>
    public List<MapMark> Marks { get; } = [];

    public FakeClock Clock => server.Clock;

    public IServiceProvider Services => host.Services;

    internal GeoCatalogue Geo => Services.GetRequiredService<GeoCatalogue>();

    public async Task<HttpClient> Browser(string role = Roles.Administrator, string area = "all")
    {
        using var scope = Services.CreateScope();
        var db = scope.ServiceProvider.GetRequiredService<BorderInfoDb>();
        var user = new User { UserName = $"u{++users}", DisplayName = $"Người dùng thử {users}", CreatedAt = Clock.GetUtcNow() };
        user.Roles.Add(new UserRole { Role = role });
        user.Areas.Add(new UserArea { Area = area });
        db.Add(user);
        await db.SaveChangesAsync();
        var secret = await scope.ServiceProvider.GetRequiredService<Sessions>().Open(user.Id, "", "", byLink: false, needsCode: false, CancellationToken.None);
        var browser = host.CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false });
        browser.DefaultRequestHeaders.Add("Cookie", $"bi-session={secret}");
        browser.DefaultRequestHeaders.Add("X-BorderInfo", "1");
        return browser;
    }

    public static async Task<JsonElement> Check(HttpClient browser, byte[] file, string kind = "Communes")
    {
        var answer = await browser.PostAsync($"/api/v1/geo/boundaries/check?kind={kind}", new ByteArrayContent(file));
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    public static async Task<HttpResponseMessage> Apply(HttpClient browser, JsonElement report, string kind = "Communes", string source = "Nguồn thử") =>
        await browser.PostAsJsonAsync("/api/v1/geo/boundaries/apply", new
        {
            checksum = report.GetProperty("checksum").GetString(), fileName = "thử.geojson", kind,
            codeProperty = kind == "Communes" ? "code" : "neighbour", nameProperty = "name", source, decision = "",
        });

    /// <summary>A square around the representative point of each commune, half a side of so many degrees.</summary>
    public byte[] Squares(double half, params string[] codes) => Collection(codes.Select(c => Geo.Commune(c)!).Select(c => Square(c.Code, c.Name, c.Lat!.Value, c.Lon!.Value, half)));

    public static string Square(string code, string name, double lat, double lon, double half) =>
        Polygon(code, name, (lon - half, lat - half), (lon + half, lat - half), (lon + half, lat + half), (lon - half, lat + half), (lon - half, lat - half));

    public static string Polygon(string code, string name, params (double Lon, double Lat)[] ring) =>
        $$$"""{"type":"Feature","properties":{"code":"{{{code}}}","name":"{{{name}}}"},"geometry":{"type":"Polygon","coordinates":[[{{{string.Join(',', ring.Select(p => string.Create(CultureInfo.InvariantCulture, $"[{p.Lon},{p.Lat}]")))}}}]]}}""";

    public static byte[] Collection(IEnumerable<string> features) => Encoding.UTF8.GetBytes($$"""{"type":"FeatureCollection","features":[{{string.Join(',', features)}}]}""");

    public static MapMark Mark(long id, string name, string province, string commune, double lat, double lon, string standing = "Good", string? site = null, string? sector = null) =>
        new(id, name, site is null ? $"/cum/{id}" : $"/diem/{site}", site, province, commune, sector, lat, lon, standing);

    public void Dispose()
    {
        host.Dispose();
        server.Dispose();
    }

    private sealed class OnTheTable(List<MapMark> marks) : IMapMarks
    {
        public IReadOnlyList<MapMark> Within(AreaScope scope) => [.. marks.Where(m => scope.Holds(m.ProvinceCode, m.CommuneCode, m.SectorId))];
    }
}

/// <summary>The shipped units alone, for rules that need no server.</summary>
internal static class Units
{
    public static readonly Shipped Shipped = Shipped.Read(Path.Combine(AppContext.BaseDirectory, "content", "geo"));

    public static UnitsOfADay On(int year, int month, int day) => UnitsOfADay.Of(Shipped, Own.Nothing, new DateOnly(year, month, day));

    public static readonly UnitsOfADay Today = On(2026, 11, 23);

    public static Placement Place(double lat, double lon, BoundaryIndex? areas = null) => new Placing(Today, areas ?? BoundaryIndex.None, Shipped.Languages).Place(lat, lon);
}

/// <summary>Real outlines lie beside the checkout on the machines that have them; they are not part of the project.</summary>
internal static class RealBoundaries
{
    public static readonly string? Folder = Find();

    private static string? Find()
    {
        for (var at = AppContext.BaseDirectory; at is not null; at = Path.GetDirectoryName(at))
        {
            if (File.Exists(Path.Combine(at, "..", "shared", "geo", "communes-2025.geojson.gz")))
                return Path.GetFullPath(Path.Combine(at, "..", "shared", "geo"));
        }

        return null;
    }

    /// <summary>Skips the test, with the reason, where the files are absent.</summary>
    public sealed class NeededFact : FactAttribute
    {
        public NeededFact() => Skip = Folder is null ? "communes-2025.geojson.gz is not there (../shared/geo beside the checkout)" : null!;
    }
}
