using BorderInfo.Contract.Messages;
using BorderInfo.Server.Fleet;
using BorderInfo.Server.Fleet.Public;
using Microsoft.EntityFrameworkCore;
using static BorderInfo.Tests.Server.Fleet.FleetUnderTest;

namespace BorderInfo.Tests.Server.Fleet;

public sealed class EventTests
{
    [Fact]
    public async Task Events_are_kept_told_and_acknowledged()
    {
        await using var fleet = await Start();
        await fleet.Online(LangSon);

        await fleet.Events(LangSon, 1, 2, 3);

        Assert.Equal([1L, 2, 3], Told(fleet));
        Assert.Equal(new StreamAck(BorderInfo.Contract.Messages.Stream.Event, 3), Assert.Single(fleet.Sent.Acks(LangSon)));
        Assert.Equal(3, await Kept(fleet));
    }

    [Fact]
    public async Task A_batch_that_comes_twice_is_told_once_and_acknowledged_again()
    {
        await using var fleet = await Start();
        await fleet.Online(LangSon);
        await fleet.Events(LangSon, 1, 2);

        await fleet.Events(LangSon, 1, 2, 3);

        Assert.Equal([1L, 2, 3], Told(fleet));
        Assert.Equal([2L, 3], fleet.Sent.Acks(LangSon).Select(a => a.UpTo));
        Assert.Equal(3, await Kept(fleet));
    }

    [Fact]
    public async Task What_was_lost_on_the_way_is_not_acknowledged_and_comes_again()
    {
        await using var fleet = await Start();
        await fleet.Online(LangSon);
        await fleet.Events(LangSon, 1, 2);

        await fleet.Events(LangSon, 5, 6);
        await fleet.Events(LangSon, 3, 4, 5, 6);

        Assert.Equal([2L, 2, 6], fleet.Sent.Acks(LangSon).Select(a => a.UpTo));
        Assert.Equal([1L, 2, 5, 6, 3, 4], Told(fleet));
    }

    [Fact]
    public async Task A_site_that_begins_beyond_the_gap_again_no_longer_has_it()
    {
        await using var fleet = await Start();
        await fleet.Online(LangSon);
        await fleet.Events(LangSon, 1, 2);

        await fleet.Events(LangSon, 5, 6);
        await fleet.Events(LangSon, 5, 6);

        Assert.Equal([2L, 2, 6], fleet.Sent.Acks(LangSon).Select(a => a.UpTo));
    }

    [Fact]
    public async Task A_slice_below_that_fails_leaves_nothing_kept_and_nothing_acknowledged()
    {
        await using var fleet = await Start();
        await fleet.Online(LangSon);
        fleet.News.Fails = true;

        await fleet.Events(LangSon, 1);
        var failed = (Kept: await Kept(fleet), Acks: fleet.Sent.Acks(LangSon).Count);
        fleet.News.Fails = false;
        await fleet.Events(LangSon, 1);

        Assert.Equal((0, 0), failed);
        Assert.Equal((1, 1), (await Kept(fleet), fleet.Sent.Acks(LangSon).Count));
    }

    [Fact]
    public async Task A_new_computer_goes_on_counting_and_its_events_are_no_doubles()
    {
        await using var fleet = await Start();
        await fleet.Online(LangSon);
        await fleet.Events(LangSon, 1, 2);

        await fleet.Online(LangSon);
        await fleet.Events(LangSon, 3);

        Assert.Equal([1L, 2, 3], Told(fleet));
        Assert.Equal([2L, 3], fleet.Sent.Acks(LangSon).Select(a => a.UpTo));
        Assert.Equal([1, 2], fleet.News.Told.OfType<SiteEnrolled>().Select(e => e.Installation));
    }

    private static IEnumerable<long> Told(FleetUnderTest fleet) => fleet.News.Told.OfType<SiteEventHeard>().Select(e => e.Event.Seq);

    private static Task<int> Kept(FleetUnderTest fleet) => fleet.WithDb(db => db.Set<SiteEventRow>().CountAsync());
}
