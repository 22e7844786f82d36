using BorderInfo.Contract;

namespace BorderInfo.Tests.Contract.Ids;

public sealed class IdsTests
{
    [Fact]
    public void A_plan_number_tells_site_year_and_counter()
    {
        var number = new PlanNumber(new("LS-0001"), 2026, 147);

        Assert.Equal(("LS-0001/2026-0147", "LS-0001", 2026, 147L), (number.Value, number.Site.Value, number.Year, number.Counter));
        Assert.True(PlanNumber.TryParse(number.Value, out _));
    }

    [Theory]
    [InlineData("LS-0001", true)]
    [InlineData("LSON-000123", true)]
    [InlineData("L-0001", false)]
    [InlineData("LS-001", false)]
    [InlineData("LS-0001 ", false)]
    [InlineData("LS-٠٠٠١", false)]
    [InlineData(null, false)]
    public void A_site_id_has_one_form(string? text, bool sound) => Assert.Equal(sound, SiteId.TryParse(text, out _));

    [Theory]
    [InlineData("bi/v1/s/LS-0001/up/state", true)]
    [InlineData("bi/v1/s/LS-0001/up/state/x", false)]
    [InlineData("bi/v1/s/LS-0001/dn/plan", false)]
    [InlineData("bi/v1/s/+/up/state", false)]
    [InlineData("bi/v1/s/LS-0001/up/other", false)]
    [InlineData("/bi/v1/s/LS-0001/up/state", false)]
    public void An_uplink_topic_is_read_by_its_segments(string topic, bool sound) => Assert.Equal(sound, Topics.TryUplink(topic, out _, out _));
}
