using BorderInfo.Contract.Plans;
using BorderInfo.Server.Fleet;
using BorderInfo.Server.Fleet.Public;
using BorderInfo.Server.Identity.Public;
using BorderInfo.Server.Messaging.Public;
using BorderInfo.Server.Platform.Startup;

namespace BorderInfo.Server.Samples;

/// <summary>Sample users and clusters, and for each sample site an order for <c>deploy/sample-site</c>: <c>sample/LS-0001.enrol</c> in the data folder, readable by the owner only.</summary>
internal sealed class SampleSites(DataFolder data) : IAtStart
{
    public int Order => 200;

    public async Task<IReadOnlyList<StartLink>> AtStart(IServiceProvider services, bool sample, CancellationToken stop)
    {
        var links = await SampleUsers.Ensure(services, new Dictionary<string, AreaScope>(), stop);
        await SampleFleet.Ensure(services, stop);
        var folder = Directory.CreateDirectory(Path.Combine(data.Root, "sample")).FullName;
        foreach (var cluster in services.GetRequiredService<IClusters>().All.Where(c => c.Site is not null))
            await WriteOrder(services, cluster, Path.Combine(folder, cluster.Site + ".enrol"), stop);
        return [.. links.Select(l => new StartLink(l.DisplayName, l.UserName, "/vao/" + l.Token))];
    }

    private static async Task WriteOrder(IServiceProvider services, Cluster cluster, string file, CancellationToken stop)
    {
        var site = cluster.Site!.Value;
        var certificates = services.GetRequiredService<ISiteCertificates>();
        var enrolled = services.GetRequiredService<ISiteStandings>().Of(site).Standing != Standing.NotEnrolled;
        var code = enrolled ? "" : await SampleFleet.EnrolCode(services, site, stop);
        var speakers = cluster.Outputs.Where(o => o.Kind == OutputKind.Speaker).Select(o => o.Screen).DefaultIfEmpty(0).Max();
        var lines = new[]
        {
            $"site={site}",
            $"code={code}",
            $"fingerprint={certificates.ServerFingerprint}",
            $"door={certificates.AgentDoor}",
            $"screens={string.Join(' ', Screens(cluster))}",
            string.Create(System.Globalization.CultureInfo.InvariantCulture, $"speakers={speakers}"),
        };
        PrivateFile.Write(file, string.Join('\n', lines) + "\n");
    }

    /// <summary>Size of each virtual screen, large enough for its outputs, for example <c>960x540</c>.</summary>
    private static IEnumerable<string> Screens(Cluster cluster) => cluster.Outputs
        .Where(o => o.Kind != OutputKind.Speaker)
        .GroupBy(o => o.Screen)
        .OrderBy(s => s.Key)
        .Select(s => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{s.Max(o => o.X + o.WidthPx)}x{s.Max(o => o.Y + o.HeightPx)}"));
}
