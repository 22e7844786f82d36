using BorderInfo.Agent.Play;
using BorderInfo.Contract.Plans;

namespace BorderInfo.Tests.Agent.Play;

public sealed class ShowingBookTests
{
    private readonly ShowingBook book = new(new("LED-1"), TimeProvider.System);

    [Fact]
    public void A_replacement_ends_the_one_before_in_the_instant_it_starts()
    {
        book.Ask(Clip("a"), At(0));
        book.Started("a", At(1));
        book.Ask(Clip("b"), At(9));

        var news = book.Started("b", At(10));

        Assert.Collection(
            news,
            one => Assert.Equal(new ShowingEnded(new("LED-1"), At(10).At, At(10).Stamp, "a", Broken: false), one),
            one => Assert.Equal(new ShowingStarted(new("LED-1"), At(10).At, At(10).Stamp, "b"), one));
    }

    [Fact]
    public void A_death_ends_it_at_the_last_instant_it_was_heard_and_it_goes_on_at_its_place()
    {
        book.Ask(Clip("a"), At(0));
        book.Started("a", At(1));

        var news = book.Died(At(4), At(6), blame: true);

        Assert.Equal(new ShowingEnded(new("LED-1"), At(4).At, At(4).Stamp, "a", Broken: true), Assert.Single(news));
        Assert.Equal(TimeSpan.FromSeconds(7), book.Resume(At(8))!.Offset);
        Assert.IsType<ShowingStarted>(Assert.Single(book.Started("a", At(8))));
    }

    [Fact]
    public void What_failed_is_not_started_again_after_a_death_but_the_picture_that_stayed_is()
    {
        book.Ask(Clip("a"), At(0));
        book.Started("a", At(1));
        book.Ask(Clip("b"), At(2));
        book.Failed("b", "broken", At(3));

        book.Died(At(4), At(4), blame: true);

        Assert.Equal("a", book.Resume(At(5))!.Key);
        Assert.False(book.Ask(Clip("b"), At(5)));
    }

    [Fact]
    public void What_came_to_its_end_is_not_shown_again_after_a_death()
    {
        book.Ask(Clip("a"), At(0));
        book.Started("a", At(1));
        book.Ended("a", At(2));

        Assert.Empty(book.Died(At(3), At(3), blame: true));
        Assert.Null(book.Resume(At(4)));
    }

    [Fact]
    public void Three_deaths_in_a_minute_are_given_up_but_not_when_the_display_is_to_blame()
    {
        book.Ask(Clip("a"), At(0));
        for (var i = 0; i < 9; i++)
            Assert.Empty(book.Died(At(i), At(i), blame: false));
        book.Died(At(10), At(10), blame: true);
        book.Died(At(75), At(75), blame: true);
        book.Died(At(76), At(76), blame: true);

        var news = book.Died(At(77), At(77), blame: true);

        Assert.IsType<ShowingFailed>(Assert.Single(news));
        Assert.Null(book.Resume(At(78)));
    }

    private static Showing Clip(string key) => new(key, "/shelf/" + key, PartKind.Clip, TimeSpan.Zero);

    private static Moment At(int seconds) => new(DateTimeOffset.UnixEpoch.AddSeconds(seconds), seconds * TimeProvider.System.TimestampFrequency);
}
