using BorderInfo.Contract.Plans;
using BorderInfo.Server.Fleet.Enrol;
using BorderInfo.Server.Fleet.Public;
using BorderInfo.Server.Fleet.Registry;
using BorderInfo.Server.Geo.Public;
using BorderInfo.Server.Identity.Public;
using BorderInfo.Server.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace BorderInfo.Server.Fleet;

/// <summary>
/// Clusters to try the program with, tagged “mẫu”. The places are real and public; outputs and sizes are invented.
/// </summary>
/// <remarks>Positions: gates from the public list of border gates, approximate; the coastal commune by its beach. Made only where absent, by name.</remarks>
internal sealed class SampleFleet(BorderInfoDb db, SaveCluster save, SaveOutput saveOutput, OpenSite open, AddPanel addPanel, Clusters clusters, IServiceProvider services)
{
    private static readonly TimeWindow Night = new(new(21, 0), new(5, 0));

    private sealed record Sample(string? Site, SaveCluster.Ask Cluster, IReadOnlyList<ClusterOutput> Outputs, IReadOnlyList<AddPanel.Ask> Panels);

    private static readonly IReadOnlyList<Sample> Samples =
    [
        new("LS-0001", Place("Cửa khẩu quốc tế Hữu Nghị", ClusterKinds.Gate, "20", "06184", 21.9728, 106.7117), [
            Screen("LCD-1", "Màn hình LCD nhà kiểm soát", 1, 960, 540, "vi", "zh-Hans", "en"),
            Region("LED-1.A", "Bảng LED, nửa trái", 2, 0, 320, 320, "vi"),
            Region("LED-1.B", "Bảng LED, nửa phải", 2, 320, 320, 320, "zh-Hans"),
            Speaker("LOA-1", "Cụm loa cửa khẩu", 1, "vi", "zh-Hans")], []),
        new("GL-0001", Place("Cửa khẩu quốc tế Lệ Thanh", ClusterKinds.Gate, "52", "23872", 13.80377, 107.45736), [
            Region("LED-1", "Bảng LED nhà liên hợp", 1, 0, 384, 192, "vi", "km", "jra"),
            Screen("LCD-1", "Màn hình LCD phòng chờ", 2, 960, 540, "vi", "km", "jra"),
            Speaker("LOA-1", "Cụm loa cửa khẩu", 1, "vi")], []),
        new("QN-0001", Place("Điểm thông tin ven biển xã Tịnh Khê", ClusterKinds.Coastal, "51", "21211", 15.18, 108.893), [
            Screen("BANG-1", "Bảng tin điện tử", 1, 800, 600, "vi", "en"),
            Speaker("LOA-1", "Loa bến cá", 1, "vi"),
            Speaker("LOA-2", "Loa khu dân cư", 2, "vi")], []),
        new(null, Place("Cụm pa nô cửa khẩu Tà Lùng", ClusterKinds.Printed, "04", "01648", 22.47508, 106.58002), [], [
            new(0, "Pa nô tuyên truyền bảo vệ chủ quyền, an ninh biên giới (mẫu)", 6, 4, ["vi", "zh-Hans"]),
            new(0, "Pa nô nội quy khu vực cửa khẩu (mẫu)", 3, 2, ["vi", "zh-Hans", "en"])]),
    ];

    /// <summary>Doing it twice is doing it once.</summary>
    public static async Task Ensure(IServiceProvider services, CancellationToken stop = default)
    {
        using var scope = services.CreateScope();
        var sample = scope.ServiceProvider.GetRequiredService<SampleFleet>();
        foreach (var wanted in Samples)
            await sample.Make(wanted, stop);
    }

    /// <summary>A fresh enrolment code for a sample site, also when it holds a certificate.</summary>
    /// <exception cref="InvalidOperationException">There is no such site.</exception>
    public static async Task<string> EnrolCode(IServiceProvider services, SiteId site, CancellationToken stop = default)
    {
        using var scope = services.CreateScope();
        var made = await scope.ServiceProvider.GetRequiredService<MakeEnrolCode>().Handle(site, replacesComputer: true, Actor.System, stop);
        return made.Value.Code;
    }

    private async Task Make(Sample wanted, CancellationToken stop)
    {
        if (await db.Set<ClusterRow>().AnyAsync(c => c.Name == wanted.Cluster.Name, stop) || (wanted.Site is { } taken && clusters.BySite(new SiteId(taken)) is not null))
            return;
        var id = (await save.Handle(WithPlace(wanted.Cluster), Actor.System, stop)).Value.Id;
        foreach (var output in wanted.Outputs)
            Must(await saveOutput.Handle(id, output, isNew: true, Actor.System, stop));
        foreach (var panel in wanted.Panels)
            Must(await addPanel.Handle(panel with { Cluster = id }, Actor.System, stop));
        if (wanted.Site is { } site)
            Must(await open.Handle(id, site, Actor.System, stop));
    }

    /// <summary>Sector and gate as the catalogue says, where there is one.</summary>
    private SaveCluster.Ask WithPlace(SaveCluster.Ask ask)
    {
        if (services.GetService<IGeoCatalogue>() is not { } geo || geo.Place(ask.Lat, ask.Lon) is not { Refused: null } place)
            return ask;
        var gate = place.GateDistanceM < 3000 ? place.NearestGate : null;
        return ask with { SectorId = place.Sector?.Id, GateId = ask.Kind == ClusterKinds.Coastal ? null : gate?.Id };
    }

    private static void Must<T>(Outcome<T> outcome) => _ = outcome.Value;

    private static SaveCluster.Ask Place(string name, string kind, string province, string commune, double lat, double lon) =>
        new(null, name, kind, province, commune, null, null, lat, lon, ["mẫu"], "", "", "");

    private static ClusterOutput Screen(string id, string name, int screen, int width, int height, params string[] languages) =>
        new(OutputId.Parse(id), name, OutputKind.Screen, screen, 0, 0, width, height, languages, 80, []);

    private static ClusterOutput Region(string id, string name, int screen, int x, int width, int height, params string[] languages) =>
        new(OutputId.Parse(id), name, OutputKind.LedRegion, screen, x, 0, width, height, languages, 80, []);

    private static ClusterOutput Speaker(string id, string name, int device, params string[] languages) =>
        new(OutputId.Parse(id), name, OutputKind.Speaker, device, 0, 0, 0, 0, languages, 80, [Night]);
}
