using BorderInfo.Agent.Store;
using BorderInfo.Agent.Time;
using BorderInfo.Contract.Messages;

namespace BorderInfo.Tests.Agent.Time;

/// <summary>A real handshake with a real broker while the machine's clock is dead.</summary>
public sealed class TlsTrustTests
{
    [Theory]
    [InlineData(1970)]
    [InlineData(2000)]
    [InlineData(2099)]
    public async Task The_link_comes_up_over_mutual_tls_with_a_dead_clock_and_the_pulse_sets_it(int year)
    {
        using var authority = new Authority();
        await using var broker = await new Mosquitto(authority).Start();
        var machine = new FakeClock(new DateTimeOffset(year, 3, 1, 0, 0, 0, TimeSpan.Zero));
        await using var rig = new AgentRig(machine, broker.Port, brokerTls: true, authority: authority);

        rig.Start();

        await Eventually.True(
            () =>
            {
                if (!rig.Agent.Link.IsUp)
                    machine.Advance(TimeSpan.FromMilliseconds(50));
                return rig.Agent.Link.IsUp;
            },
            "the link is up");
        Assert.Equal(ClockTrust.False, rig.Agent.Clock.Trust);
    }

    [Fact]
    public void A_certificate_that_ended_before_the_floor_one_of_a_stranger_and_a_wrong_name_are_refused()
    {
        using var folder = new TestFolder();
        var clock = new SiteClock(new FakeClock(SiteClock.BuiltOn.AddDays(1)), new HighWater(folder.Data));
        using var ours = new Authority();
        using var old = new Authority(SiteClock.BuiltOn.AddDays(-400), SiteClock.BuiltOn.AddDays(-30));
        using var stranger = new Authority();
        using var future = new Authority(SiteClock.BuiltOn.AddDays(40), SiteClock.BuiltOn.AddDays(200));
        TlsTrust Trust(Authority authority) => new(clock, authority.Server, [authority.Certificate]);

        Assert.True(Trust(ours).Judge(ours.Server, null, System.Net.Security.SslPolicyErrors.RemoteCertificateChainErrors));
        Assert.True(Trust(future).Judge(future.Server, null, System.Net.Security.SslPolicyErrors.RemoteCertificateChainErrors));
        Assert.False(Trust(ours).Judge(stranger.Server, null, System.Net.Security.SslPolicyErrors.RemoteCertificateChainErrors));
        Assert.False(Trust(old).Judge(old.Server, null, System.Net.Security.SslPolicyErrors.RemoteCertificateChainErrors));
        Assert.False(Trust(ours).Judge(ours.Server, null, System.Net.Security.SslPolicyErrors.RemoteCertificateNameMismatch));
    }
}
