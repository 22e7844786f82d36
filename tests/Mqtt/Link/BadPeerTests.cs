using BorderInfo.Mqtt;
using BorderInfo.Mqtt.Link;
using BorderInfo.Tests.Mqtt.Brokers;
using static BorderInfo.Tests.Mqtt.MessageTexts;

namespace BorderInfo.Tests.Mqtt.Link;

/// <summary>A peer that is silent, strange or hostile ends the link with a reason; the process goes on.</summary>
public sealed class BadPeerTests
{
    [Theory]
    [InlineData("200500000 27F00", 0x81)]       // unknown property: the one that aborts a process using the C library
    [InlineData("20020001", 0x84)]              // MQTT 3.1.1
    [InlineData("2003008700", 0x87)]            // not authorized
    [InlineData("D000", 0x82)]                  // PINGRESP before CONNACK
    [InlineData("E0018B", 0x8B)]                // shutting down
    [InlineData("20FFFFFFFF", 0x81)]            // no such length
    public async Task A_refusal_or_garbage_instead_of_CONNACK_is_an_MqttException(string hex, byte reason)
    {
        using var broker = new ScriptedBroker();
        await using var link = new ManagedMqttLink();

        var connecting = link.ConnectAsync(broker.Options);
        await broker.AnswerAsync(Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal)));
        var refused = await Assert.ThrowsAsync<MqttException>(() => connecting.InTime());

        Assert.Equal(reason, refused.ReasonCode);
        Assert.Equal(reason, Assert.IsType<MqttException>(await link.Closed.InTime()).ReasonCode);
    }

    [Fact]
    public async Task Packets_cut_into_single_bytes_are_read()
    {
        var received = new Received();
        using var broker = new ScriptedBroker();
        await using var link = new ManagedMqttLink { OnMessage = received.TakeAsync };

        var connecting = link.ConnectAsync(broker.Options);
        await broker.AnswerAsync([.. ScriptedBroker.Connack, 0x30, 6, 0, 1, (byte)'t', 0, (byte)'h', (byte)'i'], chunk: 1);
        await connecting.InTime();

        Assert.Equal("hi", await received.NextTextAsync());
    }

    [Fact]
    public async Task A_broker_that_does_not_answer_is_given_up_after_the_connect_timeout()
    {
        using var broker = new ScriptedBroker();
        await using var link = new ManagedMqttLink();

        var connecting = link.ConnectAsync(broker.Options with { ConnectTimeout = TimeSpan.FromMilliseconds(200) });

        await Assert.ThrowsAsync<TimeoutException>(() => connecting.InTime());
    }

    [Fact]
    public async Task A_broker_that_falls_silent_is_asked_and_then_given_up()
    {
        using var broker = new ScriptedBroker();
        await using var link = new ManagedMqttLink();
        var connecting = link.ConnectAsync(broker.Options with { KeepAliveSeconds = 1 });
        await broker.AnswerAsync(ScriptedBroker.Connack);
        await connecting.InTime();

        var heard = await broker.HearAsync().InTime();
        var why = await link.Closed.InTime();

        Assert.Equal([0xC0, 0], heard);
        Assert.Equal(0x8D, Assert.IsType<MqttException>(why).ReasonCode);
    }

    [Fact]
    public async Task A_lost_connection_fails_whoever_waits_for_an_acknowledgement()
    {
        using var broker = new ScriptedBroker();
        await using var link = new ManagedMqttLink();
        var connecting = link.ConnectAsync(broker.Options);
        await broker.AnswerAsync([0x20, 6, 0, 0, 3, 0x21, 0, 1]); // receive maximum 1
        await connecting.InTime();

        var sent = link.PublishAsync(Message("t", "1"));
        var queued = link.PublishAsync(Message("t", "2"));
        var asked = link.SubscribeAsync(["t"], Qos.AtLeastOnce);
        await broker.HangUpAsync();

        await Assert.ThrowsAsync<MqttException>(() => sent.InTime());
        await Assert.ThrowsAsync<MqttException>(() => queued.InTime());
        await Assert.ThrowsAsync<MqttException>(() => asked.InTime());
        Assert.NotNull(await link.Closed.InTime());
    }

    [Fact]
    public async Task More_unacknowledged_messages_than_the_memory_we_announced_end_the_link_with_0x93()
    {
        using var broker = new ScriptedBroker();
        var never = new TaskCompletionSource();
        await using var link = new ManagedMqttLink { OnMessage = _ => new ValueTask(never.Task) };
        var connecting = link.ConnectAsync(broker.Options with { ReceiveMaximum = 1, MaximumPacketSize = 10 });
        byte[] Publish(byte id) => [0x32, 6, 0, 1, (byte)'t', 0, id, 0];

        await broker.AnswerAsync([.. ScriptedBroker.Connack, .. Publish(1), .. Publish(2)]);
        await connecting.InTime();
        var heard = await broker.HearAsync().InTime();
        never.SetResult();

        Assert.Equal([0xE0, 1, 0x93], heard);
        Assert.Equal(0x93, Assert.IsType<MqttException>(await link.Closed.InTime()).ReasonCode);
    }

    [Fact]
    public async Task The_acknowledgement_follows_the_handlers_work()
    {
        using var broker = new ScriptedBroker();
        await using var link = new ManagedMqttLink();
        link.OnMessage = async _ => await link.PublishAsync(Message("d", "done", Qos.AtMostOnce));
        byte[] expected = [0x30, 8, 0, 1, (byte)'d', 0, .. "done"u8, 0x40, 2, 0, 9];

        var connecting = link.ConnectAsync(broker.Options);
        await broker.AnswerAsync([.. ScriptedBroker.Connack, 0x32, 6, 0, 1, (byte)'t', 0, 9, 0]);
        await connecting.InTime();
        var heard = new List<byte>();
        while (heard.Count < expected.Length)
            heard.AddRange(await broker.HearAsync().InTime());

        Assert.Equal(expected, heard);
    }

    [Fact]
    public async Task A_link_is_closed_only_when_its_handler_has_ended()
    {
        using var broker = new ScriptedBroker();
        var (begun, gate) = (new TaskCompletionSource(), new TaskCompletionSource());
        await using var link = new ManagedMqttLink { OnMessage = async _ => { begun.SetResult(); await gate.Task; } };
        var connecting = link.ConnectAsync(broker.Options);
        await broker.AnswerAsync([.. ScriptedBroker.Connack, 0x32, 6, 0, 1, (byte)'t', 0, 9, 0]);
        await connecting.InTime();
        await begun.Task.InTime();

        await broker.HangUpAsync();
        await Assert.ThrowsAsync<MqttException>(() => link.PublishAsync(Message("t", "waits for an answer")).InTime());
        var early = link.Closed.IsCompleted;
        gate.SetResult();

        Assert.False(early);
        Assert.NotNull(await link.Closed.InTime());
    }

    [Fact]
    public async Task On_Linux_the_kernel_gives_up_after_one_and_a_half_keep_alive()
    {
        using var broker = new ScriptedBroker();
        using var transport = await Transport.OpenAsync(broker.Options with { KeepAliveSeconds = 60 }, CancellationToken.None);
        var option = new byte[4];

        if (OperatingSystem.IsLinux())
            transport.Socket.GetRawSocketOption(6, 18, option);

        Assert.Equal(OperatingSystem.IsLinux() ? 90_000 : 0, BitConverter.ToInt32(option));
    }

    [Fact]
    public async Task A_link_lives_once()
    {
        using var broker = new ScriptedBroker();
        await using var link = new ManagedMqttLink();
        var connecting = link.ConnectAsync(broker.Options);
        await broker.AnswerAsync(ScriptedBroker.Connack);
        await connecting.InTime();

        await Assert.ThrowsAsync<InvalidOperationException>(() => link.ConnectAsync(broker.Options));
    }
}
