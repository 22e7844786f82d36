using System.Security.Authentication;
using BorderInfo.Mqtt;
using BorderInfo.Tests.Mqtt.Brokers;
using static BorderInfo.Tests.Mqtt.MessageTexts;

namespace BorderInfo.Tests.Mqtt.Link;

/// <summary>The site's certificate is its name: at the broker as user and as client.</summary>
public sealed class TlsTests : IAsyncLifetime
{
    private readonly Certificates _ours = new("Sample authority"), _foreign = new("Foreign authority");
    private readonly MosquittoBroker _broker = new(
        "cafile {folder}/ca.pem", "certfile {folder}/server.pem", "keyfile {folder}/server.key",
        "require_certificate true", "use_identity_as_username true", "use_username_as_clientid true", "acl_file {folder}/acl");

    public Task InitializeAsync()
    {
        _ours.WriteServerFiles(_broker.Folder);
        File.WriteAllText(Path.Combine(_broker.Folder, "acl"), "pattern readwrite s/%u/#\n");
        return _broker.StartAsync();
    }

    public async Task DisposeAsync()
    {
        await _broker.DisposeAsync();
        _ours.Dispose();
        _foreign.Dispose();
    }

    [Fact]
    public async Task A_site_speaks_under_the_name_in_its_certificate_only()
    {
        var received = new Received();
        using var own = _ours.ForClient("site-7");
        await using var link = await _broker.LinkAsync(Options("anything") with { Tls = _ours.Trusting(own) }, received.TakeAsync);
        await link.SubscribeAsync(["s/site-7/#"], Qos.AtLeastOnce).InTime();

        var allowed = await link.PublishAsync(Message("s/site-7/up", "mine")).InTime();
        var refused = await link.PublishAsync(Message("s/site-8/up", "not mine")).InTime();

        Assert.Equal((0, 0x87), (allowed, refused));
        Assert.Equal("mine", await received.NextTextAsync());
        await link.DisconnectAsync().InTime();
    }

    [Fact]
    public async Task The_certificate_is_the_client_id_so_a_second_link_takes_over()
    {
        using var own = _ours.ForClient("site-9");
        await using var first = await _broker.LinkAsync(Options("first") with { Tls = _ours.Trusting(own) });

        await using var second = await _broker.LinkAsync(Options("second") with { Tls = _ours.Trusting(own) });
        var why = await first.Closed.InTime();

        Assert.IsAssignableFrom<IOException>(why);
        Assert.Contains("already connected", _broker.Said());
        Assert.Equal(0x10, await second.PublishAsync(Message("s/site-9/up", "mine now")).InTime());
    }

    [Fact]
    public async Task A_broker_of_another_authority_is_refused()
    {
        using var own = _ours.ForClient("site-7");
        await using var link = new ManagedMqttLink();

        var refused = await Assert.ThrowsAsync<AuthenticationException>(() => link.ConnectAsync(Options("a") with { Tls = _foreign.Trusting(own) }).InTime());

        Assert.Same(refused, await link.Closed.InTime());
    }

    [Fact]
    public async Task A_site_of_another_authority_and_one_without_certificate_are_turned_away()
    {
        using var stranger = _foreign.ForClient("site-7");

        foreach (var certificate in new[] { stranger, null })
        {
            await using var link = new ManagedMqttLink();
            var refused = await Record.ExceptionAsync(() => link.ConnectAsync(Options("a") with { Tls = _ours.Trusting(certificate) }).InTime());

            Assert.True(refused is IOException or AuthenticationException, refused?.ToString());
        }
    }

    private MqttOptions Options(string clientId) => _broker.Options(clientId) with { Host = "localhost" };
}
