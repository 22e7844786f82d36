using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using BorderInfo.Contract;
using BorderInfo.Contract.Messages;
using BorderInfo.Contract.Plans;
using BorderInfo.Contract.Signing;

namespace BorderInfo.Tests.Contract.Messages;

public sealed class ExamplesTests
{
    public static readonly Dictionary<string, JsonTypeInfo> Types = new()
    {
        ["plan"] = ContractJson.Wire.PlayPlan,
        ["envelope"] = ContractJson.Wire.Envelope,
        ["state-birth"] = ContractJson.Wire.SiteState,
        ["state-will"] = ContractJson.Wire.SiteState,
        ["health"] = ContractJson.Wire.HealthReport,
        ["event-batch"] = ContractJson.Wire.EventBatch,
        ["play-batch"] = ContractJson.Wire.PlayBatch,
        ["ack"] = ContractJson.Wire.StreamAck,
        ["command"] = ContractJson.Wire.Command,
        ["answer"] = ContractJson.Wire.Answer,
        ["pulse"] = ContractJson.Wire.Pulse,
        ["enrol-ask"] = ContractJson.Wire.EnrolAsk,
        ["enrol-done"] = ContractJson.Wire.EnrolDone,
        ["renew-ask"] = ContractJson.Wire.RenewAsk,
        ["renew-done"] = ContractJson.Wire.RenewDone,
        ["refusal"] = ContractJson.Wire.AgentRefusal,
    };

    public static TheoryData<string> Names => [.. Types.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_example_is_read_and_written_again_the_same(string name)
    {
        var text = Text(name);

        var written = JsonSerializer.Serialize(JsonSerializer.Deserialize(text, Types[name]), Types[name]);

        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(text), JsonNode.Parse(written)), written);
    }

    [Fact]
    public void Every_example_of_the_folder_is_known_here()
    {
        var there = typeof(ContractJson).Assembly.GetManifestResourceNames().Where(n => n.EndsWith(".json", StringComparison.Ordinal));

        Assert.Equal(Types.Keys.Select(Resource).Order(), there.Order());
    }

    [Fact]
    public void The_plan_of_the_example_is_sound_and_plays()
    {
        var plan = JsonSerializer.Deserialize(Text("plan"), ContractJson.Wire.PlayPlan)!;
        var clock = new PlanClock(plan);

        Assert.Null(PlanRules.Check(plan));
        Assert.Equal("L-12", clock.At(new("LCD-1"), At("2026-11-21T10:00:00+07:00")).Entry?.Id);
        Assert.Equal("MD-1", clock.At(new("LCD-1"), At("2026-11-21T19:00:00+07:00")).Entry?.Id);
        Assert.Equal("L-13", clock.At(new("LOA-1"), At("2026-11-23T07:00:10+07:00")).Entry?.Id);
        Assert.Equal("K-1", clock.At(new("LOA-1"), At("2026-11-25T03:10:05+07:00")).Entry?.Id);

        static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
    }

    [Fact]
    public void The_envelope_of_the_example_opens_with_the_key_of_the_enrolment()
    {
        var done = JsonSerializer.Deserialize(Text("enrol-done"), ContractJson.Wire.EnrolDone)!;

        var opened = Sealing.Open(SealingBytes.Fold(Encoding.UTF8.GetBytes(Text("envelope"))), SignedTypes.Command, done.PlanKeys);

        Assert.Equal("C-2026-0031", JsonSerializer.Deserialize(opened.Value, ContractJson.Wire.Command)!.Id);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_member_of_a_later_level_is_passed_over(string name)
    {
        var later = JsonNode.Parse(Text(name))!.AsObject();
        later["ofALaterLevel"] = new JsonObject { ["a"] = new JsonArray(1, 2) };

        var read = JsonSerializer.Deserialize(later.ToJsonString(), Types[name]);

        Assert.NotNull(read);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_member_that_comes_twice_is_refused(string name)
    {
        var first = JsonNode.Parse(Text(name))!.AsObject().First();
        var twice = $"{{\"{first.Key}\":{first.Value!.ToJsonString()},{Text(name).TrimStart()[1..]}";

        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize(twice, Types[name]));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_depth_bomb_is_refused(string name)
    {
        var bomb = $"{{\"x\":{new string('[', 100_000)}{new string(']', 100_000)},{Text(name).TrimStart()[1..]}";

        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize(bomb, Types[name]));
    }

    [Theory]
    [InlineData("plan", "\"LS-0001\"", "\"ls-0001\"")]
    [InlineData("plan", "\"LS-0001\"", "\"LS-0001\\n\"")]
    [InlineData("plan", "\"LS-0001/2026-0147\"", "\"LS-0001/2026-147\"")]
    [InlineData("plan", "\"T-1001\"", "\"T-01001\"")]
    [InlineData("plan", "\"LCD-1\"", "\"LCD/1\"")]
    [InlineData("plan", "\"LCD-1\"", "7")]
    [InlineData("plan", "\"hash\": \"", "\"hash\": \"g")]
    [InlineData("plan", "\"outputs\": [", "\"outputs\": null, \"x\": [")]
    [InlineData("plan", "\"size\"", "\"sizes\"")]
    [InlineData("plan", "\"Programme\"", "3")]
    [InlineData("plan", "\"Programme\"", "\"3\"")]
    [InlineData("plan", "\"Programme\"", "\"Programm\"")]
    [InlineData("plan", "\"title\": ", "\"title\": null, \"x\": ")]
    [InlineData("plan", "\"from\": \"06:00:00\"", "\"from\": \"25:00:00\"")]
    [InlineData("ack", "\"Play\"", "0")]
    [InlineData("ack", "\"upTo\"", "\"upto_\"")]
    [InlineData("command", "\"Screenshot\"", "\"Format\"")]
    [InlineData("state-birth", "\"boot\": 41", "\"boot\": \"41\"")]
    public void Wrong_forms_are_refused(string name, string right, string wrong)
    {
        var text = Text(name);
        Assert.Contains(right, text, StringComparison.Ordinal);

        var changed = text.Replace(right, wrong, StringComparison.Ordinal);

        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize(changed, Types[name]));
    }

    [Fact]
    public void Letters_are_written_as_they_are()
    {
        var json = JsonSerializer.Serialize(new AgentRefusal("x", "Hữu Nghị 友谊"), ContractJson.Wire.AgentRefusal);

        Assert.Equal("""{"code":"x","detail":"Hữu Nghị 友谊"}""", json);
    }

    private static string Text(string name)
    {
        using var stream = typeof(ContractJson).Assembly.GetManifestResourceStream(Resource(name)) ?? throw new FileNotFoundException(name);
        return new StreamReader(stream, Encoding.UTF8).ReadToEnd();
    }

    private static string Resource(string name) => $"BorderInfo.Contract.Examples.{name}.json";
}
