using System.Buffers;
using BorderInfo.Mqtt;
using BorderInfo.Mqtt.Wire;

namespace BorderInfo.Tests.Mqtt.Wire;

/// <summary>Bytes as the OASIS MQTT 5.0 standard prints them (its figures and tables are named), completed to whole packets by hand.</summary>
public sealed class OasisVectorTests
{
    [Theory]
    [InlineData(0, "00")]
    [InlineData(127, "7F")]
    [InlineData(128, "8001")]
    [InlineData(16_383, "FF7F")]
    [InlineData(16_384, "808001")]
    [InlineData(2_097_151, "FFFF7F")]
    [InlineData(2_097_152, "80808001")]
    [InlineData(268_435_455, "FFFFFF7F")]
    public void Variable_byte_integers_are_those_of_table_1_1(int value, string hex)
    {
        var written = new byte[ByteWriter.VarIntLength(value)];

        ByteWriter.PutVarInt(written, value);
        var read = new ByteReader(Convert.FromHexString(hex)).VarInt();

        Assert.Equal(hex, Convert.ToHexString(written));
        Assert.Equal((uint)value, read);
    }

    [Fact]
    public void The_string_of_figure_1_2_is_encoded_as_there()
    {
        using var to = new ByteWriter();

        to.Text("A\U0002A6D4");

        Assert.Equal("C0070005" + "41F0AA9B94", Convert.ToHexString(to.Finish(PacketType.Pingreq)));
    }

    [Fact]
    public void CONNECT_is_that_of_figure_3_6_with_our_two_limits_and_a_will()
    {
        using var to = new ByteWriter();
        var options = new MqttOptions
        {
            ClientId = "id", KeepAliveSeconds = 10, SessionExpirySeconds = 10, UserName = "u", Password = "p", WillDelaySeconds = 30,
            Will = new MqttMessage("w", "x"u8.ToArray()) { Qos = Qos.AtLeastOnce },
        };

        var packet = ConnectPacket.Write(to, options);

        Assert.Equal(
            "102E" + "00044D515454" + "05" + "CE" + "000A"     // MQTT, version 5, flags, keep alive
            + "0D" + "110000000A" + "210014" + "2700040000"    // session expiry 10, receive maximum 20, packet 262,144
            + "00026964"                                       // client id
            + "05" + "180000001E" + "000177" + "000178"        // will: delay 30, topic, payload
            + "000175" + "000170",                             // user, password
            Convert.ToHexString(packet));
    }

    [Fact]
    public void PUBLISH_is_that_of_figure_3_9()
    {
        using var to = new ByteWriter();

        var packet = PublishPacket.Write(to, new MqttMessage("a/b", default) { Qos = Qos.AtLeastOnce }, 10);

        Assert.Equal("3208" + "0003612F62" + "000A" + "00", Convert.ToHexString(packet));
    }

    [Fact]
    public void PUBLISH_with_every_property_is_read()
    {
        var body = Convert.FromHexString(
            "0003612F62" + "000A" + "29"
            + "0101" + "020000003C" + "03000474657874" + "08000172" + "09000300FF01" + "0B8001" // format, expiry 60, "text", "r", data, subscription 128
            + "26000161000162" + "26000161000163");                                            // a=b, a=c

        var (message, id, duplicate) = PublishPacket.Read(0b1011, (byte[])[.. body, .. "hi"u8]);

        Assert.Equal((10, true, Qos.AtLeastOnce, true), (id, duplicate, message.Qos, message.Retain));
        Assert.Equal(("a/b", "hi", 60u, "text", "r"), (message.Topic, message.Text(), message.ExpirySeconds!.Value, message.ContentType, message.ResponseTopic));
        Assert.Equal("00FF01", Convert.ToHexString(message.CorrelationData.Span));
        Assert.Equal([new("a", "b"), new("a", "c")], message.UserProperties!);
    }

    [Fact]
    public void SUBSCRIBE_and_UNSUBSCRIBE_carry_the_filters_of_figures_3_21_and_3_31()
    {
        using var subscribe = new ByteWriter();
        using var unsubscribe = new ByteWriter();

        var asked = SubscribePacket.Write(subscribe, ["a/b", "c/d"], Qos.AtLeastOnce, 10);
        var removed = SubscribePacket.WriteRemoval(unsubscribe, ["a/b", "c/d"], 10);

        Assert.Equal("820F" + "000A00" + "0003612F6201" + "0003632F6401", Convert.ToHexString(asked));
        Assert.Equal("A20D" + "000A00" + "0003612F62" + "0003632F64", Convert.ToHexString(removed));
    }

    [Fact]
    public void PUBACK_PINGREQ_and_DISCONNECT_have_their_shortest_form()
    {
        var puback = AckPacket.Puback(0x1234);

        Assert.Equal("40021234", Convert.ToHexString(puback));
        Assert.Equal("C000", Convert.ToHexString(PingPacket.Request));
        Assert.Equal("E000", Convert.ToHexString(DisconnectPacket.Bytes(0)));
        Assert.Equal("E00104", Convert.ToHexString(DisconnectPacket.Bytes(4)));
    }

    [Fact]
    public void CONNACK_tells_what_the_broker_allows()
    {
        var body = Convert.FromHexString("0100" + "1A" + "21000A" + "2700001000" + "2400" + "2500" + "12000361622D" + "13001E" + "220000" + "2A00");

        var connack = ConnackPacket.Read(body);

        Assert.Equal((0, true, 10, 4096u), (connack.Reason, connack.SessionPresent, connack.ReceiveMaximum, connack.MaximumPacketSize));
        Assert.Equal((false, false, "ab-", (ushort?)30), (connack.TakesQos1, connack.TakesRetain, connack.AssignedClientId, connack.KeepAliveSeconds));
    }

    [Fact]
    public void Absent_CONNACK_properties_mean_the_limits_of_the_standard()
    {
        var connack = ConnackPacket.Read([0, 0, 0]);

        Assert.Equal((65535, uint.MaxValue, true, true), (connack.ReceiveMaximum, connack.MaximumPacketSize, connack.TakesQos1, connack.TakesRetain));
    }

    [Theory]
    [InlineData("000A", "00")]
    [InlineData("000A10", "10")]
    [InlineData("000A8700", "87")]
    [InlineData("000A87051F00026E6F", "87")]
    public void PUBACK_is_read_in_all_its_lengths(string body, string reason)
    {
        var ack = AckPacket.Read(PacketType.Puback, Convert.FromHexString(body));

        Assert.Equal((10, reason), (ack.PacketId, Convert.ToHexString(ack.Reasons)));
    }

    [Fact]
    public void SUBACK_has_one_code_a_filter()
    {
        var ack = AckPacket.Read(PacketType.Suback, Convert.FromHexString("000A" + "00" + "010087"));

        Assert.Equal("010087", Convert.ToHexString(ack.Reasons));
    }

    [Theory]
    [InlineData("", 0x00)]
    [InlineData("8B", 0x8B)]
    [InlineData("9C061C000361622D", 0x9C)]
    public void DISCONNECT_is_read_in_all_its_lengths(string body, byte reason)
    {
        var said = DisconnectPacket.Read(Convert.FromHexString(body));

        Assert.Equal(reason, said.ReasonCode);
    }

    [Theory]
    [InlineData("00", 0x81)]                        // no reason code
    [InlineData("0200", 0x81)]                      // reserved flag
    [InlineData("0001", 0x84)]                      // an MQTT 3.1.1 broker
    [InlineData("000003210000", 0x82)]              // receive maximum 0
    [InlineData("00000621000A21000A", 0x82)]        // property twice
    [InlineData("0000027F00", 0x81)]                // unknown property
    [InlineData("0000020100", 0x82)]                // a property of PUBLISH
    [InlineData("000002240200", 0x82)]              // maximum QoS 2
    [InlineData("000005120002C328", 0x81)]          // not UTF-8
    [InlineData("00000000", 0x81)]                  // a byte too many
    public void A_garbled_CONNACK_is_refused(string body, byte reason)
    {
        var refused = Assert.Throws<MqttException>(() => ConnackPacket.Read(Convert.FromHexString(body)));

        Assert.Equal(reason, refused.ReasonCode);
    }

    [Theory]
    [InlineData(0b0100, "000161000A00", 0x9B)]      // QoS 2
    [InlineData(0b0110, "000161000A00", 0x81)]      // QoS 3
    [InlineData(0b1000, "00016100", 0x81)]          // duplicate of QoS 0
    [InlineData(0b0010, "000161000000", 0x82)]      // packet identifier 0
    [InlineData(0, "000000", 0x90)]                 // no topic
    [InlineData(0, "00012300", 0x90)]               // wildcard
    [InlineData(0, "0001000000", 0x81)]             // U+0000
    [InlineData(0, "00016103230001", 0x94)]         // topic alias
    [InlineData(0, "00016102080000", 0x81)]         // properties end early
    public void A_garbled_PUBLISH_is_refused(byte flags, string body, byte reason)
    {
        var refused = Assert.Throws<MqttException>(() => PublishPacket.Read(flags, Convert.FromHexString(body)));

        Assert.Equal(reason, refused.ReasonCode);
    }

    [Theory]
    [InlineData("30FFFFFFFF01", 0x81)]
    [InlineData("30E807", 0x95)]
    public void A_length_that_is_malformed_or_beyond_our_limit_is_refused_before_the_body(string hex, byte reason)
    {
        var buffer = new ReadOnlySequence<byte>(Convert.FromHexString(hex));

        var refused = Assert.Throws<MqttException>(() => Frame.TryRead(ref buffer, 1000, out _));

        Assert.Equal(reason, refused.ReasonCode);
    }

    [Theory]
    [InlineData("a/b", true)]
    [InlineData("+/b/#", true)]
    [InlineData("#", true)]
    [InlineData("$share/srv/bi/v1/s/+/up/#", true)]
    [InlineData("a/#/b", false)]
    [InlineData("a#", false)]
    [InlineData("a+/b", false)]
    [InlineData("", false)]
    public void A_filter_has_wildcards_only_as_whole_levels(string filter, bool allowed)
    {
        var isFilter = TopicName.IsFilter(filter);

        Assert.Equal(allowed, isFilter);
    }
}
