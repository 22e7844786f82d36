using BorderInfo.Agent.Enrol;
using BorderInfo.Agent.Service;
using BorderInfo.Agent.Store;
using BorderInfo.Contract.Messages;
using BorderInfo.Contract;
using Microsoft.Extensions.Logging.Abstractions;

namespace BorderInfo.Tests.Agent.Enrol;

/// <summary>The command <c>enrol</c> against the test's HTTPS door.</summary>
public sealed class EnrolTests
{
    [Fact]
    public async Task Enrolment_brings_certificate_authority_keys_brokers_and_keeps_the_key_to_itself()
    {
        using var folder = new TestFolder();
        using var authority = new Authority();
        using var plans = new SamplePlan(DateTimeOffset.UtcNow);
        await using var server = new MediaServer(authority);
        EnrolAsk? asked = null;
        server.Enrol = ask => Done(authority, plans, asked = ask);

        var (code, said, errors) = await Run("enrol", "--server", server.Address.ToString(), "--site", "LS-0001", "--code", "ABCD-EFGH-JKMN-PQRS", "--fingerprint", authority.Fingerprint, "--data", folder.Data.Root);

        Assert.Equal((0, ""), (code, errors));
        Assert.Contains("LS-0001", said, StringComparison.Ordinal);
        Assert.Equal("ABCD-EFGH-JKMN-PQRS", asked!.Code);
        var identity = SiteIdentity.Load(folder.Data);
        Assert.True(identity.Certificate.HasPrivateKey);
        Assert.Equal(("CN=LS-0001", 8883, plans.Trusted.Kid), (identity.Certificate.Subject, identity.Brokers[0].Port, identity.PlanKeys[0].Kid));
        Assert.True(OperatingSystem.IsWindows() || File.GetUnixFileMode(folder.Data.Key) == (UnixFileMode.UserRead | UnixFileMode.UserWrite));
        var status = await Run("status", "--data", folder.Data.Root);
        Assert.Contains("\"site\": \"LS-0001\"", status.Said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_computer_with_an_empty_disk_goes_on_counting_after_what_the_server_has()
    {
        using var folder = new TestFolder();
        using var authority = new Authority();
        using var plans = new SamplePlan(DateTimeOffset.UtcNow);
        await using var server = new MediaServer(authority);
        server.Enrol = ask => Done(authority, plans, ask) with { LastPlaySeq = 20_417, LastEventSeq = 318, LastBoot = 57 };

        await Run("enrol", "--server", server.Address.ToString(), "--site", "LS-0001", "--code", "ABCD-EFGH-JKMN-PQRS", "--fingerprint", authority.Fingerprint, "--data", folder.Data.Root);

        var highWater = new HighWater(folder.Data);
        using var database = new AgentDatabase(folder.Data, new Reserve(folder.Data, 0), NullLogger.Instance);
        var journal = new Journal(database, highWater);
        Assert.Equal((58L, 20_417L, 318L), (journal.Boot, journal.Last(Contract.Messages.Stream.Play), journal.Last(Contract.Messages.Stream.Event)));
        Assert.Equal(319, journal.Tell(new SiteEvent { Seq = 0, Boot = 0, At = DateTimeOffset.UtcNow, Kind = SiteEventKind.AgentStarted }).Seq);
        Assert.Equal(1, journal.Unacknowledged);
    }

    [Fact]
    public async Task A_server_with_another_fingerprint_never_sees_the_code()
    {
        using var folder = new TestFolder();
        using var authority = new Authority();
        await using var server = new MediaServer(authority);
        var seen = false;
        server.Enrol = _ => seen = true;

        var (code, _, errors) = await Run("enrol", "--server", server.Address.ToString(), "--site", "LS-0001", "--code", "X", "--fingerprint", new string('0', 64), "--data", folder.Data.Root);

        Assert.Equal((2, false), (code, seen));
        Assert.Contains(authority.Fingerprint, errors, StringComparison.Ordinal);
        Assert.False(File.Exists(folder.Data.Identity));
    }

    [Fact]
    public async Task A_refusal_is_told_in_both_languages_and_changes_nothing()
    {
        using var folder = new TestFolder();
        using var authority = new Authority();
        await using var server = new MediaServer(authority);
        server.Enrol = _ => new AgentRefusal("enrol.wrong-code", "sample");

        var (code, _, errors) = await Run("enrol", "--server", server.Address.ToString(), "--site", "LS-0001", "--code", "X", "--fingerprint", authority.Fingerprint, "--data", folder.Data.Root);

        Assert.Equal(2, code);
        Assert.Contains("enrol.wrong-code", errors, StringComparison.Ordinal);
        Assert.StartsWith("Máy chủ từ chối", errors, StringComparison.Ordinal);
        Assert.False(File.Exists(folder.Data.Key));
    }

    private static EnrolDone Done(Authority authority, SamplePlan plans, EnrolAsk ask) => new()
    {
        Site = ask.Site,
        CertificatePem = authority.IssueFor(ask.Site, ask.CsrPem).ExportCertificatePem(),
        AuthorityPem = authority.Certificate.ExportCertificatePem(),
        PlanKeys = [plans.Trusted],
        Brokers = [new BrokerAddress("broker.example", 8883)],
        Utc = DateTimeOffset.UtcNow,
    };

    private static async Task<(int Code, string Said, string Errors)> Run(params string[] args)
    {
        var (said, errors) = (new StringWriter(), new StringWriter());
        return (await Commands.Run(args, said, errors), said.ToString(), errors.ToString());
    }
}
