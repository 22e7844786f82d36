using BorderInfo.Contract;
using BorderInfo.Contract.Calendars;
using BorderInfo.Contract.Plans;
using BorderInfo.Server.Approval.Public;
using BorderInfo.Server.Content.Public;
using BorderInfo.Server.Identity.Public;
using BorderInfo.Server.Scheduling;
using BorderInfo.Server.Scheduling.Public;

namespace BorderInfo.Tests.Server.Scheduling;

/// <summary>What is told of notices that a schedule names, and what is not.</summary>
public sealed class NoticeWarningsTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 1, 0, 0, TimeSpan.Zero);
    private static readonly DateOnly Today = new(2026, 11, 23);

    [Fact]
    public void A_notice_that_ends_or_is_over_while_its_schedule_goes_on_is_no_trouble()
    {
        var (soon, over) = (Item(1, Windows(1)), Item(2, Windows(-2)));
        var schedule = SchedulingWorld.Wanted("Thông báo", items: [1, 2]);

        var warned = Warned(schedule, [soon, over], [soon.Id]);
        var notes = ExpiryNotes.Decide([schedule], new Dictionary<ItemId, ItemVersion> { [soon.Id] = soon, [over.Id] = over }, HolidayTable.Empty, Now);

        Assert.DoesNotContain(warned, w => w.Code.Contains("item-expires", StringComparison.Ordinal) || w.Code == "schedule.warn.not-released");
        Assert.Empty(notes);
    }

    [Fact]
    public void A_replaced_notice_is_named_with_what_plays_instead_and_its_successor_is_what_is_looked_at()
    {
        var (old, successor) = (Item(1, Windows(1)) with { State = ItemState.Replaced, ReplacedBy = new ItemId(2) }, Item(2, Windows(2)));

        var warned = Warned(SchedulingWorld.Wanted("Thông báo", items: [1]), [old, successor], [successor.Id]);

        Assert.Equal(["1/TB", "2/TB"], Assert.Single(warned, w => w.Code == "schedule.warn.replaced").With);
        Assert.DoesNotContain(warned, w => w.Code is "schedule.warn.not-released" or "schedule.warn.never-valid");
    }

    [Fact]
    public void Once_the_successor_is_withdrawn_nothing_says_that_it_plays()
    {
        var (old, successor) = (Item(1, Windows(1)) with { State = ItemState.Replaced, ReplacedBy = new ItemId(2) }, Item(2, Windows(2)) with { State = ItemState.Withdrawn });

        var warned = Warned(SchedulingWorld.Wanted("Thông báo", items: [1]), [old, successor], []);

        Assert.DoesNotContain(warned, w => w.Code == "schedule.warn.replaced");
        Assert.Contains(warned, w => w.Code == "schedule.warn.withdrawn");
    }

    [Theory]
    [InlineData(11, 12, true)]
    [InlineData(6, 8, false)]
    [InlineData(9, 10, false)]
    public void Hours_in_which_a_notice_for_its_windows_only_is_never_shown_are_told(int from, int to, bool told)
    {
        var item = Item(1, Windows(1) with { OnlyThen = true });

        var warned = Warned(SchedulingWorld.Wanted("Thông báo", windows: [new(new(from, 0), new(to, 0))]), [item], [item.Id]);

        Assert.Equal(told, warned.Any(w => w.Code == "schedule.warn.never-then"));
    }

    [Fact]
    public void A_chain_means_its_last_each_once_with_the_weight_of_the_first()
    {
        var successors = new Successors(new Dictionary<ItemId, ItemId> { [new(1)] = new(2), [new(2)] = new(3) });
        var schedule = SchedulingWorld.Wanted("Thông báo", items: [5, 1, 3, 2]) with { Weights = [new(new(1), 4), new(new(5), 2)] };

        var meant = schedule.With(successors);

        Assert.Equal([new(5), new ItemId(3)], meant.Items);
        Assert.Equal([new(new(3), 4), new ItemWeight(new(5), 2)], meant.Weights);
        Assert.Same(schedule, schedule.With(Successors.None));
        Assert.Equal([new(1), new(2), new ItemId(3)], successors.Names([new ItemId(3)]).OrderBy(i => i.Number));
    }

    private static Notice Windows(int ahead) => new("", [new(Today.AddDays(ahead), new(7, 0), new(10, 0))], false, 0, null);

    private static ItemVersion Item(long id, Notice notice) =>
        new(new ItemId(id), 1, $"Thông báo {id}", "law", BulletinClass.Normal, Now.AddDays(-5), notice.End(), ItemState.Approved, [], "", [new("vi", RenditionKind.Text, "Nội dung", null, 10_000, false)], Now) { Notice = notice with { Number = $"{id}/TB" } };

    private static IReadOnlyList<PlanWarning> Warned(ScheduleView schedule, ItemVersion[] items, ItemId[] released) => ScheduleWarnings.Of(
        schedule, AreaScope.All, [TestClusters.Of(1, SchedulingWorld.HuuNghi)], items.ToDictionary(i => i.Id), released.ToHashSet(), (_, _) => [], [], HolidayTable.Empty, NoiseBook.None, [], [], Today);
}
