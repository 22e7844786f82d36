using System.Security.Cryptography;
using System.Text;
using BorderInfo.Contract.Calendars;
using BorderInfo.Contract.Plans;
using BorderInfo.Server.Content.Public;
using BorderInfo.Server.Publishing;
using BorderInfo.Server.Scheduling.Public;
using Microsoft.Extensions.DependencyInjection;

namespace BorderInfo.Tests.Server.Scheduling;

/// <summary>An agent that was never upgraded goes on getting the very bytes it always got, until somebody uses a word it does not know.</summary>
public sealed class PlanBytesTests : IDisposable
{
    private readonly SchedulingWorld world = new();

    /// <summary>The beginning of the hash is that of the compiler before shares, step, required languages and stand-ins came to it (2026-11-21).</summary>
    [Fact]
    public async Task A_plan_without_pace_and_stand_ins_is_byte_for_byte_what_it_was()
    {
        await world.Published(SchedulingWorld.Wanted("Cả ngày", items: [1, 2]));
        await world.Published(SchedulingWorld.Wanted("Ưu tiên", Tier.Priority, number: 20, items: [2], targets: [new(TargetWidth.Device, "1/LED-1"), new(TargetWidth.Province, "20")], to: new DateOnly(2026, 12, 31), windows: [new(new(7, 0), new(8, 30)), new(new(22, 0), new(5, 0))]));
        await world.Published(SchedulingWorld.Wanted("Loa", items: [3], windows: [new(new(6, 0), new(18, 0))], every: 30));
        await world.Published(SchedulingWorld.Wanted("Chợ phiên", Tier.Filler, items: [1, 3]) with { Days = new() { Market = new(Branches.Suu | Branches.Mui) }, Order = PlayOrder.Shuffled, Seed = 7, Weights = [new(new(3), 4)] });
        world.Items.Release(4, languages: ["vi"], kinds: [RenditionKind.Audio, RenditionKind.Text], theme: "festival");
        await world.Published(SchedulingWorld.Wanted("Mặc định", Tier.ClusterDefault, items: [4]));

        var plan = (await world.Within(s => s.GetRequiredService<IPlanCompiler>().Compile(SchedulingWorld.HuuNghi, null, default))).Value.Draft;
        var bytes = PlanBytes.Json(plan);

        var text = Encoding.UTF8.GetString(bytes);
        Assert.DoesNotContain("share", text, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("inStep", text, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("\"times\"", text, StringComparison.Ordinal);
        Assert.Equal((2, 6, "449acf34391e8d281265763aeff619cc4e06dee4319d9838"), (plan.Level, plan.Entries.Count, Convert.ToHexStringLower(SHA256.HashData(bytes))[..48]));
    }

    [Fact]
    public async Task What_uses_none_of_the_newer_words_stays_at_level_one()
    {
        await world.Published(SchedulingWorld.Wanted("Cả ngày"));

        Assert.Equal(1, (await world.OnItsWay(SchedulingWorld.HuuNghi))!.Level);
    }

    public void Dispose() => world.Dispose();
}
