using System.Diagnostics;
using System.Net.Security;
using System.Security.Cryptography;
using BorderInfo.Contract.Messages;
using BorderInfo.Contract.Plans;
using Xunit.Abstractions;

namespace BorderInfo.Tests.Agent.Service;

/// <summary>The program itself as a process: enrolled by its command, real broker with certificates, real mpv on a virtual screen.</summary>
/// <remarks><c>BORDERINFO_AGENT</c> may name a published program to be tried in place of the one just built.</remarks>
public sealed class WholeProgramTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Enrolled_by_its_command_it_plays_a_signed_plan_through_mpv_survives_kill_minus_nine_and_tells_everything_once()
    {
        using var folder = new TestFolder();
        using var authority = new Authority();
        using var plans = new SamplePlan(DateTimeOffset.UtcNow);
        await using var https = new MediaServer(authority);
        await using var broker = await new Mosquitto(authority).Start();
        await using var server = await new ServerSide().Connect(broker.Port, ServerTls(authority));
        using var screen = new Child("Xvfb", "-displayfd", "1", "-screen", "0", "640x360x24", "-nolisten", "tcp");
        await Eventually.True(() => screen.Lines.Any(l => int.TryParse(l, out _)), "a virtual screen");
        var display = ":" + screen.Lines.First(l => int.TryParse(l, out _));
        https.Enrol = ask => new EnrolDone
        {
            Site = ask.Site,
            CertificatePem = authority.IssueFor(ask.Site, ask.CsrPem).ExportCertificatePem(),
            AuthorityPem = authority.Certificate.ExportCertificatePem(),
            PlanKeys = [plans.Trusted],
            Brokers = [new BrokerAddress("127.0.0.1", broker.Port)],
            Utc = DateTimeOffset.UtcNow,
        };
        File.WriteAllText(folder.Data.Settings, $$"""{"screens": {"1": "{{display}}"}, "vo": "x11", "healthSeconds": 5, "reserveMb": 1, "keepFreeMb": 0}""");
        var plan = plans.Plan(1, [plans.Item(1, SamplePlan.Screen, 3, bytes: Picture("firebrick")), plans.Item(2, SamplePlan.Screen, 3, bytes: Picture("seagreen"))], [plans.Entry("L-1", Tier.Programme, SamplePlan.Screen, 1, 2)]);
        foreach (var file in plan.Files)
            https.Put(plans.BytesOf(file));

        using (var enrol = Agent("enrol", "--server", https.Address.ToString(), "--site", "LS-0001", "--code", "ABCD-EFGH-JKMN-PQRS", "--fingerprint", authority.Fingerprint, "--data", folder.Data.Root))
            Assert.Equal(0, await enrol.End());
        await server.Plan(plans.Sealed(plan));
        using (var first = Agent("run", "--data", folder.Data.Root))
        {
            await Eventually.True(() => server.Plays.Sum(b => b.Records.Count) >= 3, "three plays: " + string.Join('\n', first.Lines), 90);
            await Eventually.True(() => server.Health.Any(h => h.Outputs is [{ AsPlanned: true }]), "as planned", 30);
            await Eventually.True(() => https.Puts.Any(p => p.Body is [0xFF, 0xD8, ..]), "a picture of the real screen", 30);
            output.WriteLine($"idle with one screen: {first.MemoryBytes / 1024 / 1024} MiB");
            first.KillMinusNine();
        }

        using var second = Agent("run", "--data", folder.Data.Root);
        await Eventually.True(() => server.Plays.SelectMany(b => b.Records).Count(r => r.Boot == 2) >= 2, "plays after the kill: " + string.Join('\n', second.Lines), 90);
        Assert.Equal(0, await second.Stop());

        var records = server.Plays.SelectMany(b => b.Records).DistinctBy(r => r.Seq).OrderBy(r => r.Seq).ToArray();
        Assert.Equal(Enumerable.Range(1, records.Length).Select(n => (long)n), records.Select(r => r.Seq));
        Assert.Equal(records.Length, records.Select(r => (r.Item, r.StartedAt)).Distinct().Count());
        Assert.Equal(PlayEnd.Broken, records.Last(r => r.Boot == 1).End);
        Assert.Contains(records, r => r is { Boot: 1, End: PlayEnd.Completed, DurationMs: > 2_500 and < 3_500 });
        Assert.Contains(second.Lines, l => l.Contains("LS-0001/2026-0001 on air", StringComparison.Ordinal));
        output.WriteLine(string.Join('\n', records.Select(r => $"{r.Seq} boot {r.Boot} {r.Item} {r.StartedAt:HH:mm:ss.fff} {r.DurationMs} ms {r.End}")));
    }

    private static Child Agent(params string[] args) => Environment.GetEnvironmentVariable("BORDERINFO_AGENT") is { Length: > 0 } published
        ? new Child(published, args)
        : new Child("dotnet", ["exec", typeof(BorderInfo.Agent.Service.Commands).Assembly.Location, .. args]);

    private static byte[] Picture(string colour)
    {
        var path = Path.Combine(Path.GetTempPath(), $"bi-{Guid.NewGuid():N}.png");
        using (var convert = Process.Start("convert", ["-size", "640x360", $"xc:{colour}", path]))
            convert.WaitForExit();
        var bytes = File.ReadAllBytes(path);
        File.Delete(path);
        return bytes;
    }

    private static SslClientAuthenticationOptions ServerTls(Authority authority) => new()
    {
        TargetHost = "127.0.0.1",
        ClientCertificateContext = SslStreamCertificateContext.Create(authority.Issue("CN=server", ECDsa.Create(ECCurve.NamedCurves.nistP256)), [], offline: true),
        RemoteCertificateValidationCallback = (_, _, _, _) => true,
    };
}
