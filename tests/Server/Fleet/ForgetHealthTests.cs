using BorderInfo.Contract.Messages;
using BorderInfo.Server.Fleet;
using BorderInfo.Server.Fleet.Public;
using BorderInfo.Server.Fleet.Watch;
using BorderInfo.Tests.Server.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace BorderInfo.Tests.Server.Fleet;

public sealed class ForgetHealthTests
{
    [Fact]
    public async Task The_history_of_sites_goes_after_its_time_and_what_stands_now_stays()
    {
        using var server = new ServerUnderTest(settings: ("retention:screensMonths", "1"));
        var now = server.Clock.GetUtcNow();
        var (old, young) = (now.AddMonths(-25), now.AddMonths(-2));
        await server.WithDb(async db =>
        {
            Directory.CreateDirectory(Path.Combine(server.Folder, "screens"));
            foreach (var at in new[] { old, young })
            {
                db.Add(new StandingChangeRow { Site = "LS-0001", At = at, From = Standing.Good, To = Standing.Offline });
                db.Add(new SiteFindingRow { Site = "LS-0001", Code = "disk-low", Since = at, SeenAt = at, ClearedAt = at.AddHours(1) });
                db.Add(new ScreenRow { Site = "LS-0001", Output = "LED-1.A", File = $"{at.Year}.jpg", At = at, HeardAt = at });
                File.WriteAllText(Path.Combine(server.Folder, "screens", $"{at.Year}.jpg"), "");
            }

            foreach (var at in new[] { old, old.AddDays(1) })
                db.Add(new StandingChangeRow { Site = "LS-0002", At = at, From = Standing.Good, To = Standing.Offline });
            db.Add(new SiteFindingRow { Site = "LS-0001", Code = "clock-false", Since = old, SeenAt = old });
            foreach (var seq in new[] { 1, 2, 3 })
                db.Add(new SiteEventRow { Site = "LS-0001", Installation = 1, Seq = seq, At = old, HeardAt = old, Kind = SiteEventKind.PlanReceived });
            return await db.SaveChangesAsync();
        });

        await server.Within(async s =>
        {
            await s.GetRequiredService<ForgetHealth>().Run(default);
            return true;
        });

        Assert.Equal([old.AddDays(1), young], await server.WithDb(db => db.Set<StandingChangeRow>().OrderBy(c => c.At).Select(c => c.At).ToListAsync()));
        Assert.Equal(["clock-false", "disk-low"], await server.WithDb(db => db.Set<SiteFindingRow>().Select(f => f.Code).OrderBy(c => c).ToListAsync()));
        Assert.Equal([3L], await server.WithDb(db => db.Set<SiteEventRow>().Select(e => e.Seq).ToListAsync()));
        Assert.Equal(0, await server.WithDb(db => db.Set<ScreenRow>().CountAsync()));
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(server.Folder, "screens")));
    }
}
