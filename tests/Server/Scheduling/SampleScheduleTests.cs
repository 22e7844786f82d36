using System.Globalization;
using BorderInfo.Server.Samples;
using BorderInfo.Server.Scheduling;

namespace BorderInfo.Tests.Server.Scheduling;

public sealed class SampleScheduleTests
{
    [Fact]
    public void A_schedule_made_at_the_number_that_the_form_proposes_wins_over_the_samples()
    {
        var proposed = int.Parse(new ScheduleDraft().Number, CultureInfo.InvariantCulture);

        var samples = SampleSet.Load(Path.Combine(AppContext.BaseDirectory, "content", "samples")).Schedules;

        Assert.NotEmpty(samples);
        Assert.All(samples, s => Assert.True(s.Number > proposed, $"{s.Name}: {s.Number}"));
    }
}
