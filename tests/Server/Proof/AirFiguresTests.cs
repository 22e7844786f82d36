using BorderInfo.Contract;
using BorderInfo.Contract.Messages;
using BorderInfo.Contract.Plans;
using BorderInfo.Server.Proof.Air;
using BorderInfo.Server.Proof.Public;
using Microsoft.Extensions.DependencyInjection;
using static BorderInfo.Tests.Server.Proof.ProofWorld;

namespace BorderInfo.Tests.Server.Proof;

public sealed class AirFiguresTests
{
    private static readonly DateOnly Monday = new(2026, 11, 23);

    [Fact]
    public async Task Three_of_four_parts_played_and_one_missed()
    {
        await using var world = await Start();
        await world.PlanOnAir(LangSon);
        await world.Offer(LangSon, Record(1), Record(2), Record(3, at: Seven.AddMinutes(45)));

        var sum = await Sum(world);

        Assert.Equal((4L, 3L, 1L, 0L), (sum.Slots, sum.SlotsPlayed, sum.SlotsMissed, sum.SlotsUnknown));
        Assert.Equal((3_600_000L, 2_700_000L, 900_000L, 0L), (sum.Scheduled, sum.Played, sum.Missed, sum.Unknown));
        Assert.Equal(0.75, sum.Availability);
    }

    [Fact]
    public async Task After_the_last_record_of_a_silent_site_nothing_is_known_until_the_records_come()
    {
        await using var world = await Start();
        await world.PlanOnAir(LangSon);
        await world.Offer(LangSon, Record(1));
        var offline = await Sum(world);

        await world.Offer(LangSon, Record(2), Record(3, at: Seven.AddMinutes(45)));
        var back = await Sum(world);

        Assert.Equal((1L, 0L, 3L), (offline.SlotsPlayed, offline.SlotsMissed, offline.SlotsUnknown));
        Assert.Equal((2_700_000L, 1.0), (offline.Unknown, offline.Availability));
        Assert.Equal((3L, 1L, 0L), (back.SlotsPlayed, back.SlotsMissed, back.SlotsUnknown));
    }

    [Fact]
    public async Task Inside_a_gap_of_the_journal_nothing_is_known()
    {
        await using var world = await Start();
        await world.PlanOnAir(LangSon);
        await world.Offer(LangSon, Record(1), Record(4));
        var open = await Sum(world);

        await world.Offer(LangSon, Record(2), Record(3));
        var filled = await Sum(world);

        Assert.Equal((2L, 0L, 2L), (open.SlotsPlayed, open.SlotsMissed, open.SlotsUnknown));
        Assert.Equal((4L, 0L, 0L), (filled.SlotsPlayed, filled.SlotsMissed, filled.SlotsUnknown));
    }

    [Fact]
    public async Task Another_version_on_air_is_not_what_was_scheduled()
    {
        await using var world = await Start();
        await world.PlanOnAir(LangSon);

        await world.Offer(LangSon, Record(1, version: 2), Record(2), Record(3), Record(4));

        Assert.Equal(1, (await Sum(world)).SlotsMissed);
    }

    [Fact]
    public async Task Quiet_hours_of_a_speaker_are_neither_scheduled_nor_missed()
    {
        await using var world = await Start();
        await world.PlanOnAir(LangSon, p => p with
        {
            Outputs = [p.Outputs[0] with { Kind = OutputKind.Speaker, QuietHours = [new(new(7, 30), new(9, 0))] }],
            Entries = [p.Entries[0] with { EveryMinutes = 30 }],
        });
        await world.Offer(LangSon, Record(1), Record(4));

        var sum = await Sum(world);

        Assert.Equal((900_000L, 900_000L, 1_800_000L), (sum.Scheduled, sum.Played, sum.Silenced));
    }

    [Fact]
    public async Task The_day_log_joins_neighbours_of_one_verdict()
    {
        await using var world = await Start();
        await world.PlanOnAir(LangSon);
        await world.Offer(LangSon, Record(1), Record(2), Record(3, at: Seven.AddMinutes(45)));

        var log = await Within(world, a => a.Day(LangSon, Monday, default));

        Assert.Equal([(AirVerdict.Played, 2), (AirVerdict.Missed, 1), (AirVerdict.Played, 1)], log.Select(s => (s.Verdict, s.Slots)));
    }

    [Fact]
    public void A_site_that_said_nothing_is_waiting_is_known_until_then()
    {
        var said = new HealthReport { Boot = 1, Seq = 1, At = Seven.AddHours(1), Outputs = [], OutboxCount = 0, Clock = ClockTrust.Confirmed };

        Assert.Equal(Seven.AddMinutes(59), KnownTime.Until(Seven, said));
        Assert.Equal(Seven, KnownTime.Until(Seven, said with { OutboxCount = 3 }));
        Assert.Equal(Seven, KnownTime.Until(Seven, said with { Clock = ClockTrust.False }));
        Assert.Null(KnownTime.Until(null, null));
    }

    private static async Task<AirSum> Sum(ProofWorld world)
    {
        var answer = await Within(world, a => a.Sum([LangSon.Value], Monday, Monday, AirBy.Site, default));
        Assert.Equal(0, answer.Pending);
        return Assert.Single(answer.Sums);
    }

    private static async Task<T> Within<T>(ProofWorld world, Func<IAirFigures, Task<T>> work)
    {
        using var scope = world.Services.CreateScope();
        return await work(scope.ServiceProvider.GetRequiredService<IAirFigures>());
    }
}
