using BorderInfo.Contract;
using BorderInfo.Contract.Plans;
using static BorderInfo.Tests.Contract.Plans.PlanKit;

namespace BorderInfo.Tests.Contract.Plans;

/// <summary>Order, weights, languages and stops: what a round is made of.</summary>
public sealed class RotationTests
{
    [Fact]
    public void Weights_spread_an_item_over_the_round()
    {
        var plan = Plan([Item(1), Item(2), Item(3)], [Entry("A", Tier.Programme, [1, 2, 3], W("08:00", "09:00")) with { Weights = [4, 2, 1] }]);

        Assert.Equal("1213121 1213121", $"{Shown(plan, 0, 7)} {Shown(plan, 7, 7)}");
    }

    /// <summary>The order is part of the contract: an agent years older or younger shuffles the same way. Orders reckoned apart, by the published SplitMix64.</summary>
    [Theory]
    [InlineData(0, "536412")]
    [InlineData(1, "124356")]
    [InlineData(-7, "634251")]
    public void A_seed_shuffles_the_same_way_for_ever(int seed, string order)
    {
        var plan = Plan(Enumerable.Range(1, 6).Select(i => Item(i)), [Entry("A", Tier.Programme, [1, 2, 3, 4, 5, 6], W("08:00", "09:00")) with { Order = PlayOrder.Shuffled, Seed = seed }]);

        Assert.Equal(order + order, Shown(plan, 0, 12));
    }

    [Fact]
    public void Every_item_keeps_its_place_in_a_shuffled_round()
    {
        for (var seed = 0; seed < 500; seed++)
        {
            var plan = Plan(Enumerable.Range(1, 6).Select(i => Item(i)), [Entry("A", Tier.Programme, [1, 2, 3, 4, 5, 6], W("08:00", "09:00")) with { Order = PlayOrder.Shuffled, Seed = seed, Weights = [1, 1, 1, 1, 1, 3] }]);

            Assert.Equal("12345666", string.Concat(Shown(plan, 0, 8).Order()));
        }
    }

    [Fact]
    public void An_item_without_a_required_language_does_not_play_there()
    {
        var both = Item(2) with { Parts = [Part(Lcd, PartKind.Still, "still", 10), Part(Lcd, PartKind.Still, "still", 10, "zh-Hans")] };
        var wordless = Item(3) with { Parts = [Part(Lcd, PartKind.Still, "still", 10, "zxx")] };
        var plan = Requiring(Plan([Item(1), both, wordless], [Entry("A", Tier.Programme, [1, 2, 3], W("08:00", "09:00"))]), ["zh-Hans"]);

        Assert.Equal("223223", Shown(plan, 0, 6));
        Assert.Equal(WhyItemStanding.LanguageMissing, PlanWhy.At(plan, Lcd, T("08:00")).Entries[0].Items[0].Standing);
    }

    [Fact]
    public void A_language_is_replaced_only_where_that_is_allowed()
    {
        var plan = Plan([Item(1)], [Entry("A", Tier.Programme, [1], W("08:00", "09:00"))]);
        plan = plan with { Outputs = [plan.Outputs[0] with { Languages = ["jra"], RequiredLanguages = ["jra"] }, plan.Outputs[1]] };
        var allowed = plan with { Outputs = [plan.Outputs[0] with { Fallbacks = [new("jra", "bdq"), new("jra", "vi")] }, plan.Outputs[1]] };

        Assert.Null(new PlanClock(plan).At(Lcd, T("08:00")).Item);
        Assert.Equal("vi", new PlanClock(allowed).At(Lcd, T("08:00")).Part?.Language);
    }

    [Fact]
    public void A_stop_silences_its_themes_at_once_and_until_its_end()
    {
        var festive = Item(1, 40) with { Theme = "Lễ hội" };
        var plan = Plan([festive, Item(2, 40)], [Entry("A", Tier.Programme, [1, 2], W("08:00", "09:00"))]) with
        {
            Stops = [new() { Id = "QT-1", Themes = ["lễ hội"], From = T("08:00:20"), Until = T("08:02:00") }],
        };

        var day = plan.Walk(Lcd, T("08:00"), T("08:03:00"));

        Assert.Equal("08:00:00 A:1 | 08:00:20 A:2 | 08:01:00 A:2 | 08:01:40 A:2 | 08:02:20 A:1", day);
        Assert.Equal(WhyItemStanding.Stopped, PlanWhy.At(plan, Lcd, T("08:01")).Entries[0].Items[0].Standing);
        Assert.Equal("08:00:00 A:1 | 08:00:20 A:2 | 08:01:00 -", plan.Walk(Loa, T("08:00"), T("08:03:00")));
    }

    private static PlayPlan Requiring(PlayPlan plan, string[] languages) =>
        plan with { Outputs = [plan.Outputs[0] with { Languages = ["vi", "zh-Hans"], RequiredLanguages = languages }, plan.Outputs[1]] };

    private static string Shown(PlayPlan plan, int skip, int count) =>
        string.Concat(new PlanClock(plan).Between(Lcd, T("08:00"), T("09:00")).Skip(skip).Take(count).Select(a => a.Item!.Id.Number));
}
