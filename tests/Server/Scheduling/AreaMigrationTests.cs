using BorderInfo.Server.Platform.Database;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.Extensions.DependencyInjection;

namespace BorderInfo.Tests.Server.Scheduling;

public sealed class AreaMigrationTests
{
    [Fact]
    public async Task Taken_back_the_migration_gives_each_schedule_the_area_of_its_newest_revision()
    {
        using var world = new SchedulingWorld();
        await world.Save(SchedulingWorld.Wanted("Một tỉnh"), SchedulingWorld.Editor("20"));
        var before = await Text(world, "SELECT Area AS Value FROM schedule_revisions");

        await world.Within(s => To(s, "20261121105104_SecondFactor"));
        var back = await Text(world, "SELECT Area AS Value FROM schedules");
        await world.Within(s => To(s, "20261121114623_Trust"));

        Assert.Contains("\"20\"", before);
        Assert.Equal((before, before), (back, await Text(world, "SELECT Area AS Value FROM schedule_revisions")));
    }

    private static async Task<int> To(IServiceProvider services, string migration)
    {
        await services.GetRequiredService<BorderInfoDb>().GetService<IMigrator>().MigrateAsync(migration);
        return 0;
    }

    private static Task<string> Text(SchedulingWorld world, string sql) => world.Within(s => s.GetRequiredService<BorderInfoDb>().Database.SqlQueryRaw<string>(sql).SingleAsync());
}
