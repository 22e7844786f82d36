using BorderInfo.Server.Fleet;
using BorderInfo.Server.Fleet.Registry;
using BorderInfo.Server.Platform.Database;
using BorderInfo.Server.Scheduling.Public;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.Extensions.DependencyInjection;

namespace BorderInfo.Tests.Server.Scheduling;

public sealed class PaceMigrationTests
{
    [Fact]
    public async Task What_was_written_before_has_no_pace_and_requires_all_its_languages()
    {
        using var world = new SchedulingWorld(ownClusters: false);
        await SampleFleet.Ensure(world.Services);
        await world.Save(SchedulingWorld.Wanted("Trước đó"));

        await world.Within(s => To(s, "20261121143211_Posts"));
        await world.Within(s => To(s, null));

        var schedule = Assert.Single(await world.Within(s => s.GetRequiredService<ISchedules>().All(default)));
        Assert.Equal(SchedulePace.None, schedule.Newest.Pace);
        var outputs = world.Services.GetRequiredService<Clusters>().Reload().All.SelectMany(c => c.Outputs).ToArray();
        Assert.NotEmpty(outputs);
        Assert.All(outputs, o => Assert.Equal((0, 0), (o.RequiredLanguages.Count, o.Fallbacks.Count)));
    }

    /// <param name="migration">Null = the newest.</param>
    private static async Task<int> To(IServiceProvider services, string? migration)
    {
        await services.GetRequiredService<BorderInfoDb>().GetService<IMigrator>().MigrateAsync(migration);
        return 0;
    }
}
