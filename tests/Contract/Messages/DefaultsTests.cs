using System.Text.Json;
using BorderInfo.Contract;
using BorderInfo.Contract.Plans;

namespace BorderInfo.Tests.Contract.Messages;

public sealed class DefaultsTests
{
    [Fact]
    public void A_member_that_an_older_peer_leaves_out_has_its_default()
    {
        const string Plan = """
            {"level":1,"site":"LS-0001","number":"LS-0001/2026-0001","epoch":1,"counter":1,"madeAt":"2026-11-21T00:00:00Z","validUntil":"2027-01-05T00:00:00Z",
             "outputs":[{"id":"LOA-1","kind":"Speaker","languages":["vi"]}],"files":[],"items":[],
             "entries":[{"id":"L-1","tier":"Programme","since":"2026-11-21T00:00:00Z","items":[],"outputs":["LOA-1"],"from":"2026-11-21","windows":[]}]}
            """;

        var plan = JsonSerializer.Deserialize(Plan, ContractJson.Wire.PlayPlan)!;

        Assert.Equal("Asia/Ho_Chi_Minh", plan.TimeZone);
        Assert.Equal((80, 1, 0), (plan.Outputs[0].VolumePercent, plan.Outputs[0].Screen, plan.Outputs[0].QuietHours.Count));
        Assert.Equal((500, TargetWidth.Cluster, Weekdays.All), (plan.Entries[0].Number, plan.Entries[0].Target, plan.Entries[0].Weekdays));
    }
}
