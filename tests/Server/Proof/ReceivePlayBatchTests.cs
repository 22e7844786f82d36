using System.Data.Common;
using System.Text.Json.Nodes;
using BorderInfo.Contract;
using BorderInfo.Contract.Messages;
using BorderInfo.Server.Fleet.Public;
using BorderInfo.Server.Platform.News;
using BorderInfo.Server.Proof;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using static BorderInfo.Tests.Server.Proof.ProofWorld;

namespace BorderInfo.Tests.Server.Proof;

public sealed class ReceivePlayBatchTests
{
    [Fact]
    public async Task A_batch_is_stored_counted_on_its_day_and_acknowledged()
    {
        await using var world = await Start();

        await world.Offer(LangSon, Record(1), Record(2), Record(3));

        Assert.Equal([1L, 2, 3], await world.Stored(LangSon));
        Assert.Equal(3, world.LastAck(LangSon));
        var day = await world.WithDb(db => db.Set<PlayDayRow>().SingleAsync());
        Assert.Equal((new DateOnly(2026, 11, 23), 3, 2_700_000L), (day.Day, day.Plays, day.Ms));
    }

    [Fact]
    public async Task A_batch_that_comes_twice_counts_once_and_is_acknowledged_twice()
    {
        await using var world = await Start();

        await world.Offer(LangSon, Record(1), Record(2));
        await world.Offer(LangSon, Record(1), Record(2));

        Assert.Equal([1L, 2], await world.Stored(LangSon));
        Assert.Equal(2, await world.CountedPlays(LangSon));
        Assert.Equal([2L, 2], world.Sent.Acks(LangSon).Select(a => a.UpTo));
    }

    [Fact]
    public async Task A_hole_keeps_the_acknowledgement_below_it_until_it_is_filled()
    {
        await using var world = await Start();
        await world.Offer(LangSon, Record(1), Record(4));
        var gap = Assert.Single(await world.Gaps(LangSon));

        await world.Offer(LangSon, Record(3));
        await world.Offer(LangSon, Record(2));

        Assert.Equal((2, 3), (gap.FromSeq, gap.ToSeq));
        Assert.Equal([1L, 1, 4], world.Sent.Acks(LangSon).Select(a => a.UpTo));
        Assert.Empty(await world.Gaps(LangSon));
    }

    [Fact]
    public async Task A_hole_that_the_site_no_longer_has_is_given_up_but_not_at_once()
    {
        await using var world = await Start();
        await world.Offer(LangSon, Record(1));

        for (var i = 0; i < 3; i++)
        {
            await world.Offer(LangSon, Record(3), Record(4));
            world.Clock.Advance(TimeSpan.FromSeconds(30));
        }

        Assert.Equal([1L, 1, 1, 4], world.Sent.Acks(LangSon).Select(a => a.UpTo));
        Assert.NotNull(Assert.Single(await world.Gaps(LangSon)).LostAt);
    }

    [Fact]
    public async Task A_hole_that_was_given_up_is_still_filled_when_its_records_come()
    {
        await using var world = await Start();
        for (var i = 0; i < 3; i++)
        {
            await world.Offer(LangSon, Record(2));
            world.Clock.Advance(TimeSpan.FromSeconds(30));
        }

        await world.Offer(LangSon, Record(1));

        Assert.Equal([1L, 2], await world.Stored(LangSon));
        Assert.Empty(await world.Gaps(LangSon));
    }

    [Fact]
    public async Task Nothing_is_acknowledged_when_the_commit_fails()
    {
        var failing = new FailingCommit();
        await using var world = await Start(failing);
        failing.Fails = true;

        await Assert.ThrowsAsync<IOException>(() => world.Offer(LangSon, Record(1)));

        Assert.Null(world.LastAck(LangSon));
        Assert.Empty(await world.Stored(LangSon));
        failing.Fails = false;
        await world.Offer(LangSon, Record(1));
        Assert.Equal(1, world.LastAck(LangSon));
    }

    [Fact]
    public async Task Ten_thousand_records_in_any_order_and_number_are_each_counted_once()
    {
        await using var world = await Start();
        var dice = new Random(20261121);
        var all = Enumerable.Range(1, 10_000).Select(n => Short(n)).ToArray();
        var batches = all.Chunk(100).Concat(all.Chunk(73)).OrderBy(_ => dice.Next()).Take(150).ToList();

        foreach (var batch in batches)
            await world.Offer(LangSon, batch.Reverse().ToArray());
        // Then as an agent does: from the number acknowledged on, until all is.
        for (var at = world.LastAck(LangSon)!.Value; at < 10_000; at = world.LastAck(LangSon)!.Value)
            await world.Offer(LangSon, all.Skip((int)at).Take(100).ToArray());

        Assert.Equal(Enumerable.Range(1, 10_000).Select(n => (long)n), await world.Stored(LangSon));
        Assert.Equal(10_000, await world.CountedPlays(LangSon));
        Assert.Empty(await world.Gaps(LangSon));
    }

    [Fact]
    public async Task A_rebuilt_computer_that_begins_at_1_again_loses_nothing_and_is_acknowledged_by_its_own_numbers()
    {
        await using var world = await Start();
        await world.Offer(LangSon, Record(1, boot: 5), Record(2, boot: 5), Record(3, boot: 5));
        await Enrolled(world);

        await world.Offer(LangSon, Record(1, boot: 1, at: Seven.AddMinutes(50), seconds: 60));

        Assert.Equal([1L, 2, 3, 1], await world.Stored(LangSon));
        Assert.Equal(1, world.LastAck(LangSon));
        Assert.Equal(4, await world.CountedPlays(LangSon));
    }

    [Fact]
    public async Task A_journal_that_went_back_without_an_enrolment_is_noticed_by_its_contents()
    {
        await using var world = await Start();
        await world.Offer(LangSon, Record(1, boot: 5), Record(2, boot: 5));

        await world.Offer(LangSon, Record(2, boot: 6, at: Seven.AddMinutes(40), seconds: 60));

        Assert.Equal([1L, 2, 2], await world.Stored(LangSon));
        Assert.Equal((2, 0L), ((await world.Stream(LangSon)).Run, world.LastAck(LangSon)));
    }

    [Fact]
    public async Task A_computer_enrolled_again_that_kept_its_journal_goes_on_and_nothing_counts_twice()
    {
        await using var world = await Start();
        await world.Offer(LangSon, Record(1), Record(2));
        await Enrolled(world);

        await world.Offer(LangSon, Record(2), Record(3, boot: 2));

        Assert.Equal([1L, 2, 3], await world.Stored(LangSon));
        Assert.Equal((1, 3L), ((await world.Stream(LangSon)).Run, world.LastAck(LangSon)));
    }

    public static TheoryData<string, string> BadBatches => new()
    {
        { "unreadable", """{"records":[{"seq":1}]}""" },
        { "unreadable", "not json" },
        { "empty", """{"records":[]}""" },
        { "unreadable", """{"records":null}""" },
    };

    [Theory]
    [MemberData(nameof(BadBatches))]
    public async Task What_cannot_be_read_is_refused_and_counted(string why, string payload)
    {
        await using var world = await Start();

        await world.Offer(LangSon, System.Text.Encoding.UTF8.GetBytes(payload));

        var stream = await world.Stream(LangSon);
        Assert.Equal((1L, why), (stream.RefusedBatches, stream.LastRefusal));
        Assert.Null(world.LastAck(LangSon));
    }

    [Fact]
    public async Task A_batch_that_cannot_be_true_is_refused_whole()
    {
        await using var world = await Start();
        (string Why, PlayRecord[] Batch)[] bad =
        [
            ("too-many", [.. Enumerable.Range(1, 101).Select(n => Short(n))]),
            ("foreign-plan", [Record(1), Record(2, site: GiaLai)]),
            ("impossible-time", [Record(1, at: Seven.AddDays(2))]),
            ("impossible-time", [Record(1) with { EndedAt = Seven.AddDays(-1) }]),
            ("impossible-time", [Record(1) with { DurationMs = -5 }]),
            ("bad-record", [Record(1), Record(1) with { Entry = "L-2" }]),
            ("bad-record", [Record(0)]),
        ];

        foreach (var (why, batch) in bad)
        {
            await world.Offer(LangSon, batch);
            Assert.Equal(why, (await world.Stream(LangSon)).LastRefusal);
        }

        Assert.Equal(bad.Length, (await world.Stream(LangSon)).RefusedBatches);
        Assert.Empty(await world.Stored(LangSon));
    }

    [Fact]
    public async Task A_wrong_clock_that_owns_to_it_is_kept_but_counts_on_no_day()
    {
        await using var world = await Start();

        await world.Offer(LangSon, Record(1, at: new(1970, 1, 1, 0, 0, 9, TimeSpan.Zero), clock: ClockTrust.False));

        Assert.Equal((1L, 0L), (world.LastAck(LangSon), await world.CountedPlays(LangSon)));
        Assert.Equal([1L], await world.Stored(LangSon));
    }

    [Fact]
    public async Task A_second_and_a_third_computer_go_on_after_the_number_they_are_told_and_nothing_below_it_is_missing()
    {
        await using var world = await Start();
        await world.Offer(LangSon, Short(1), Short(2), Short(5));

        await Enrolled(world);
        var second = await Told(world);
        await world.Offer(LangSon, Short(second + 1, boot: 2));
        var acknowledged = world.LastAck(LangSon);
        await world.Offer(LangSon, Short(1, boot: 3));
        await Enrolled(world);
        var third = await Told(world);
        await world.Offer(LangSon, Short(third + 1, boot: 4));

        Assert.Equal((5L, 6L, 6L, 7L), (second, acknowledged, third, world.LastAck(LangSon)));
        Assert.Equal([(1, 3L, 4L)], (await world.Gaps(LangSon)).Select(g => (g.Run, g.FromSeq, g.ToSeq)));
        Assert.Equal([1L, 2, 5, 6, 1, 7], await world.Stored(LangSon));
    }

    [Fact]
    public async Task Members_of_a_later_level_are_passed_over()
    {
        await using var world = await Start();
        var json = JsonNode.Parse(System.Text.Json.JsonSerializer.Serialize(new PlayBatch([Record(1)]), ContractJson.Wire.PlayBatch))!;
        json["records"]![0]!["mood"] = "good";

        await world.Offer(LangSon, System.Text.Encoding.UTF8.GetBytes(json.ToJsonString()));

        Assert.Equal(1, world.LastAck(LangSon));
    }

    private static async Task<long> Told(ProofWorld world)
    {
        using var scope = world.Services.CreateScope();
        return (await scope.ServiceProvider.GetRequiredService<ILastPlay>().Of(LangSon, default)).Seq;
    }

    private static Task<int> Enrolled(ProofWorld world) => world.WithDb(async db =>
    {
        using var scope = world.Services.CreateScope();
        await scope.ServiceProvider.GetRequiredService<NewsDesk>().Tell(new SiteEnrolled(LangSon, 2), db, default);
        return 0;
    });

    private sealed class FailingCommit : DbTransactionInterceptor
    {
        public bool Fails { get; set; }

        public override ValueTask<InterceptionResult> TransactionCommittingAsync(DbTransaction transaction, TransactionEventData eventData, InterceptionResult result, CancellationToken cancellationToken = default) =>
            Fails ? throw new IOException("the disk is full") : ValueTask.FromResult(result);
    }
}
