using BorderInfo.Mqtt;
using BorderInfo.Tests.Mqtt.Brokers;
using static BorderInfo.Tests.Mqtt.MessageTexts;

namespace BorderInfo.Tests.Mqtt.Link;

/// <summary>What we promise, against the broker we recommend.</summary>
public sealed class MosquittoTests(SharedMosquitto shared) : IClassFixture<SharedMosquitto>
{
    private readonly MosquittoBroker _broker = shared.Broker;
    private readonly string _root = Unique.Id();

    [Fact]
    public async Task A_message_of_QoS_1_arrives_with_all_its_properties_and_is_acknowledged_both_ways()
    {
        var received = new Received();
        await using var subscriber = await _broker.LinkAsync(handler: received.TakeAsync);
        await using var publisher = await _broker.LinkAsync();
        await subscriber.SubscribeAsync([$"{_root}/#"], Qos.AtLeastOnce).InTime();

        var reason = await publisher.PublishAsync(Message($"{_root}/đồn", "Thông tin đối ngoại 边境 ຊາຍແດນ") with
        {
            ExpirySeconds = 60, ContentType = "application/json", ResponseTopic = "reply", CorrelationData = new byte[] { 0, 255, 1 },
            UserProperties = [new("v", "1"), new("v", "2")],
        }).InTime();
        var message = await received.NextAsync();

        Assert.Equal(0, reason);
        Assert.Equal(($"{_root}/đồn", "Thông tin đối ngoại 边境 ຊາຍແດນ", Qos.AtLeastOnce), (message.Topic, message.Text(), message.Qos));
        Assert.Equal(("application/json", "reply", "00FF01"), (message.ContentType, message.ResponseTopic, Convert.ToHexString(message.CorrelationData.Span)));
        Assert.InRange(message.ExpirySeconds!.Value, 1u, 60u);
        Assert.Equal([new("v", "1"), new("v", "2")], message.UserProperties!);
    }

    [Fact]
    public async Task QoS_0_arrives_and_a_big_payload_is_whole()
    {
        var received = new Received();
        await using var subscriber = await _broker.LinkAsync(_broker.Options(_root) with { MaximumPacketSize = 4_000_000 }, received.TakeAsync);
        await using var publisher = await _broker.LinkAsync();
        await subscriber.SubscribeAsync([_root], Qos.AtMostOnce).InTime();
        var big = new byte[2_000_000];
        Random.Shared.NextBytes(big);

        await publisher.PublishAsync(new MqttMessage(_root, big));
        var message = await received.NextAsync();

        Assert.True(message.Payload.Span.SequenceEqual(big));
        Assert.Equal(Qos.AtMostOnce, message.Qos);
    }

    [Fact]
    public async Task Publishing_to_nobody_says_so()
    {
        await using var publisher = await _broker.LinkAsync();

        var reason = await publisher.PublishAsync(Message(_root, "?")).InTime();

        Assert.Equal(0x10, reason);
    }

    [Fact]
    public async Task Several_filters_are_subscribed_and_unsubscribed_at_once_with_a_code_for_each()
    {
        var received = new Received();
        await using var link = await _broker.LinkAsync(handler: received.TakeAsync);

        var granted = await link.SubscribeAsync([$"{_root}/a", $"{_root}/b/+", $"$share/g/{_root}/c"], Qos.AtLeastOnce).InTime();
        var removed = await link.UnsubscribeAsync([$"{_root}/a", $"{_root}/never"]).InTime();
        await link.PublishAsync(Message($"{_root}/a", "gone")).InTime();
        await link.PublishAsync(Message($"{_root}/b/1", "kept")).InTime();

        Assert.Equal([1, 1, 1], granted);
        Assert.Equal([0, 0x11], removed);
        Assert.Equal("kept", await received.NextTextAsync());
    }

    [Fact]
    public async Task A_retained_message_waits_for_a_late_subscriber()
    {
        var received = new Received();
        await using var publisher = await _broker.LinkAsync();
        await publisher.PublishAsync(Message(_root, "plan 147") with { Retain = true }).InTime();

        await using var late = await _broker.LinkAsync(handler: received.TakeAsync);
        await late.SubscribeAsync([_root], Qos.AtLeastOnce).InTime();
        var message = await received.NextAsync();

        Assert.Equal(("plan 147", true), (message.Text(), message.Retain));
    }

    [Fact]
    public async Task The_will_is_published_when_asked_for_and_kept_back_after_an_ordinary_farewell()
    {
        var received = new Received();
        await using var watcher = await _broker.LinkAsync(handler: received.TakeAsync);
        await watcher.SubscribeAsync([$"{_root}/#"], Qos.AtLeastOnce).InTime();
        var ordinary = await _broker.LinkAsync(WithWill("ordinary"));
        var failing = await _broker.LinkAsync(WithWill("failing"));

        await ordinary.DisconnectAsync().InTime();
        await failing.DisconnectAsync(0x04).InTime();
        var will = await received.NextAsync();

        Assert.Equal(($"{_root}/failing", "lost", "text"), (will.Topic, will.Text(), will.ContentType));
        Assert.Equal(0, received.Waiting);
        Assert.Null(await failing.Closed.InTime());
    }

    [Fact]
    public async Task A_delayed_will_is_not_published_when_the_client_is_back_in_time()
    {
        var received = new Received();
        await using var watcher = await _broker.LinkAsync(handler: received.TakeAsync);
        await watcher.SubscribeAsync([$"{_root}/#"], Qos.AtLeastOnce).InTime();
        var back = WithWill("back") with { WillDelaySeconds = 1, SessionExpirySeconds = 60, CleanStart = false };
        var gone = WithWill("gone") with { WillDelaySeconds = 2, SessionExpirySeconds = 60, CleanStart = false };

        await (await _broker.LinkAsync(gone)).DisconnectAsync(0x04).InTime();
        await (await _broker.LinkAsync(back)).DisconnectAsync(0x04).InTime();
        await using var again = await _broker.LinkAsync(back);
        var published = await received.NextAsync();

        Assert.Equal($"{_root}/gone", published.Topic);
        Assert.Equal(0, received.Waiting);
    }

    [Fact]
    public async Task A_session_keeps_subscriptions_and_queued_messages_but_not_expired_ones()
    {
        var received = new Received();
        var options = _broker.Options(_root) with { CleanStart = false, SessionExpirySeconds = 600 };
        var first = await _broker.LinkAsync(options, received.TakeAsync);
        await first.SubscribeAsync([$"{_root}/#"], Qos.AtLeastOnce).InTime();
        await first.DisconnectAsync().InTime();
        await using var publisher = await _broker.LinkAsync();
        foreach (var text in (string[])["1", "2", "3"])
            await publisher.PublishAsync(Message($"{_root}/q", text)).InTime();
        await publisher.PublishAsync(Message($"{_root}/q", "expired") with { ExpirySeconds = 1 }).InTime();
        await ExpireAsync(publisher);
        await publisher.PublishAsync(Message($"{_root}/q", "last") with { ExpirySeconds = 600 }).InTime();

        await using var second = new ManagedMqttLink { OnMessage = received.TakeAsync };
        var result = await second.ConnectAsync(options).InTime();

        Assert.True(result.SessionPresent);
        foreach (var expected in (string[])["1", "2", "3", "last"])
            Assert.Equal(expected, await received.NextTextAsync());
    }

    [Fact]
    public async Task A_message_whose_handler_failed_ends_the_link_and_comes_again()
    {
        var received = new Received();
        var options = _broker.Options(_root) with { CleanStart = false, SessionExpirySeconds = 600 };
        await using var failing = await _broker.LinkAsync(options, message => message.Text() == "2" ? throw new InvalidDataException("disk full") : received.TakeAsync(message));
        await failing.SubscribeAsync([$"{_root}/#"], Qos.AtLeastOnce).InTime();
        await using var publisher = await _broker.LinkAsync();
        foreach (var text in (string[])["1", "2", "3"])
            await publisher.PublishAsync(Message($"{_root}/x", text)).InTime();

        var why = await failing.Closed.InTime();
        await using var healthy = await _broker.LinkAsync(options, received.TakeAsync);

        Assert.IsType<InvalidDataException>(why);
        Assert.Equal(["1", "2", "3"], [await received.NextTextAsync(), await received.NextTextAsync(), await received.NextTextAsync()]);
    }

    [Fact]
    public async Task A_slow_handler_holds_back_its_own_link_only_and_loses_nothing()
    {
        var (slow, quick, gate) = (new Received(), new Received(), new TaskCompletionSource());
        await using var slowLink = await _broker.LinkAsync(_broker.Options(Unique.Id()) with { ReceiveMaximum = 2 }, async message =>
        {
            await gate.Task;
            await slow.TakeAsync(message);
        });
        await using var quickLink = await _broker.LinkAsync(handler: quick.TakeAsync);
        await slowLink.SubscribeAsync([_root], Qos.AtLeastOnce).InTime();
        await quickLink.SubscribeAsync([_root], Qos.AtLeastOnce).InTime();
        await using var publisher = await _broker.LinkAsync();
        var texts = Enumerable.Range(0, 15).Select(i => $"{i}").ToArray();

        foreach (var text in texts)
            await publisher.PublishAsync(Message(_root, text)).InTime();
        foreach (var text in texts)
            Assert.Equal(text, await quick.NextTextAsync());
        var whileHeld = slow.Waiting;
        gate.SetResult();

        Assert.Equal(0, whileHeld);
        foreach (var text in texts)
            Assert.Equal(text, await slow.NextTextAsync());
    }

    [Fact]
    public async Task A_handler_may_publish_and_wait_even_when_QoS_0_floods_it()
    {
        var (answered, flooded) = (new TaskCompletionSource<byte>(), new TaskCompletionSource());
        await using var link = new ManagedMqttLink();
        link.OnMessage = async message =>
        {
            if (message.Topic.EndsWith("/ask", StringComparison.Ordinal))
            {
                await flooded.Task;
                answered.SetResult(await link.PublishAsync(Message($"{_root}-answer", "done")));
            }
        };
        await link.ConnectAsync(_broker.Options(_root) with { ReceiveMaximum = 2 }).InTime();
        await link.SubscribeAsync([$"{_root}/#"], Qos.AtLeastOnce).InTime();
        await using var publisher = await _broker.LinkAsync();
        await publisher.PublishAsync(Message($"{_root}/ask", "?")).InTime();

        for (var i = 0; i < 20; i++)
            await publisher.PublishAsync(Message($"{_root}/health", "ok", Qos.AtMostOnce));
        await Wait.UntilAsync(() => link.DiscardedQos0 > 0, "QoS 0 is discarded");
        flooded.SetResult();

        Assert.Equal(0x10, await answered.Task.InTime());
    }

    [Fact]
    public async Task A_handler_may_end_its_own_link()
    {
        await using var link = new ManagedMqttLink();
        link.OnMessage = async _ => await link.DisconnectAsync();
        await link.ConnectAsync(_broker.Options(_root)).InTime();
        await link.SubscribeAsync([_root], Qos.AtLeastOnce).InTime();

        await using var publisher = await _broker.LinkAsync();
        await publisher.PublishAsync(Message(_root, "go")).InTime();

        Assert.Null(await link.Closed.InTime());
    }

    [Fact]
    public async Task Many_messages_at_once_keep_to_the_brokers_receive_maximum_and_are_all_acknowledged()
    {
        var received = new Received();
        await using var subscriber = await _broker.LinkAsync(handler: received.TakeAsync);
        await subscriber.SubscribeAsync([_root], Qos.AtLeastOnce).InTime();
        await using var publisher = await _broker.LinkAsync();

        var reasons = await Task.WhenAll(Enumerable.Range(0, 500).Select(i => publisher.PublishAsync(Message(_root, $"{i}")))).InTime();
        var texts = new HashSet<string>();
        for (var i = 0; i < 500; i++)
            texts.Add(await received.NextTextAsync());

        Assert.All(reasons, reason => Assert.Equal(0, reason));
        Assert.Equal(500, texts.Count);
    }

    [Fact]
    public async Task A_publisher_that_stops_waiting_does_not_harm_those_who_follow()
    {
        await using var publisher = await _broker.LinkAsync();
        using var impatient = new CancellationTokenSource();

        var left = publisher.PublishAsync(Message(_root, "1"), impatient.Token);
        await impatient.CancelAsync();
        var reason = await publisher.PublishAsync(Message(_root, "2")).InTime();
        await left.ContinueWith(_ => { }, TaskScheduler.Default).InTime();

        Assert.Equal(0x10, reason);
    }

    [Fact]
    public async Task A_second_client_with_the_same_name_takes_the_session_over()
    {
        await using var first = await _broker.LinkAsync(_broker.Options(_root));

        await using var second = await _broker.LinkAsync(_broker.Options(_root));
        var why = await first.Closed.InTime();

        Assert.IsType<EndOfStreamException>(why); // Mosquitto 2.0.11 hangs up without DISCONNECT 0x8E
        Assert.Equal(0x88, (await Assert.ThrowsAsync<MqttException>(() => first.PublishAsync(Message(_root, "late")))).ReasonCode);
    }

    [Fact]
    public async Task A_client_without_a_name_is_told_the_one_it_was_given()
    {
        await using var link = new ManagedMqttLink();

        var result = await link.ConnectAsync(_broker.Options("")).InTime();

        Assert.NotEmpty(result.ClientId);
    }

    [Fact]
    public async Task What_is_no_topic_is_refused_before_it_is_sent()
    {
        await using var link = await _broker.LinkAsync();

        await Assert.ThrowsAsync<ArgumentException>(() => link.PublishAsync(Message("a/+", "?")));
        await Assert.ThrowsAsync<ArgumentException>(() => link.SubscribeAsync(["a/#/b"], Qos.AtLeastOnce));
        var reason = await link.PublishAsync(Message(_root, "still here")).InTime();

        Assert.Equal(0x10, reason);
    }

    private MqttOptions WithWill(string name) => _broker.Options($"{_root}-{name}") with
    {
        Will = Message($"{_root}/{name}", "lost") with { ContentType = "text" },
    };

    /// <summary>Waits until the broker itself has let a kept message of three seconds expire; it counts whole seconds, queued messages a little more slowly.</summary>
    private async Task ExpireAsync(ManagedMqttLink publisher)
    {
        var topic = $"{_root}-expiring";
        await publisher.PublishAsync(Message(topic, "brief") with { Retain = true, ExpirySeconds = 3 }).InTime();
        await Wait.UntilAsync(async () =>
        {
            var kept = new Received();
            await using var looker = await _broker.LinkAsync(handler: kept.TakeAsync);
            await looker.SubscribeAsync([topic, $"{topic}-end"], Qos.AtLeastOnce).InTime();
            await looker.PublishAsync(Message($"{topic}-end", "end")).InTime();
            return await kept.NextTextAsync() == "end";
        }, "a message of three seconds expires");
    }
}
