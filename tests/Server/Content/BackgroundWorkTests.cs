using BorderInfo.Contract;
using BorderInfo.Server.Content;
using BorderInfo.Server.Content.Parts;
using BorderInfo.Server.Content.Uploads;
using BorderInfo.Server.Identity.Public;
using BorderInfo.Tests.Server.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace BorderInfo.Tests.Server.Content;

/// <summary>What works in the background survives a database that answers with errors, and begins after the leavings of the last run are gone.</summary>
public sealed class BackgroundWorkTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("borderinfo-test-").FullName;
    private readonly Lines log = new();

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task Parts_that_could_not_be_noted_are_prepared_again_when_the_database_answers()
    {
        await using var room = new Newsroom(s => s.AddSingleton<ILoggerProvider>(log));
        var editor = await room.As(Roles.Editor);
        var item = await room.NewItem(editor, ("vi", "Thông báo thử."));
        await room.Ready(editor, item);
        var version = await room.WithDb(db => db.Set<PreparationRow>().Select(p => p.VersionId).SingleAsync());
        await Does(room, "UPDATE item_preparations SET Ready = 0, Stamp = -1");
        await Does(room, "ALTER TABLE item_preparations RENAME TO away");

        room.Services.GetRequiredService<PreparationQueue>().Ask(version);
        await Logged("1521 ");
        await Does(room, "ALTER TABLE away RENAME TO item_preparations");
        await room.Ready(editor, item);

        Assert.False(room.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping.IsCancellationRequested);
    }

    [Fact]
    public async Task Uploads_go_on_after_the_database_refused_to_note_the_end_of_some()
    {
        await using var room = new Newsroom(s => s.AddSingleton<ILoggerProvider>(log));
        var editor = await room.As(Roles.Editor);
        var item = await room.NewItem(editor, ("vi", "Thông báo thử."));
        var picture = await Media.Picture(folder);
        var worker = room.Services.GetRequiredService<UploadWorker>();
        await Does(room, "ALTER TABLE item_uploads RENAME TO away");

        for (var n = 0; n < 3; n++)
            worker.Ask(new(Guid.NewGuid(), new ItemId(item), Actor.System));
        await Newsroom.Until(() => Task.FromResult(Stops(room) || log.All.Count(l => l.StartsWith("1533 ", StringComparison.Ordinal)) >= 2), done => done);
        await Does(room, "ALTER TABLE away RENAME TO item_uploads");

        Assert.False(Stops(room));
        Assert.Null(await room.Upload(editor, item, picture));
    }

    [Fact]
    public async Task What_the_last_run_left_half_made_is_cleared_away_before_anybody_works()
    {
        await using (var last = new Newsroom(folder: folder))
            await last.WithDb(db => db.Add(new UploadRow { Id = Guid.NewGuid(), State = UploadState.Converting }).Context.SaveChangesAsync());
        var half = Path.Combine(Directory.CreateDirectory(Path.Combine(folder, "content", "tmp")).FullName, "half");
        var upload = Path.Combine(Directory.CreateDirectory(Path.Combine(folder, "work", "uploads")).FullName, Guid.NewGuid().ToString("N"));
        await File.WriteAllTextAsync(half, "half");
        await File.WriteAllTextAsync(upload, "half");

        await using var room = new Newsroom(NobodyWorks, folder);
        var states = await room.WithDb(db => db.Set<UploadRow>().Select(u => u.State).ToListAsync());

        Assert.Equal([UploadState.Refused], states);
        Assert.Equal((false, false), (File.Exists(half), File.Exists(upload)));
    }

    private static void NobodyWorks(IServiceCollection services)
    {
        Type[] workers = [typeof(UploadWorker), typeof(PreparationQueue)];
        foreach (var hosted in services.Where(d => d.ServiceType == typeof(IHostedService) && workers.Contains(d.ImplementationFactory?.GetType().GenericTypeArguments[1])).ToArray())
            services.Remove(hosted);
    }

    private static bool Stops(Newsroom room) => room.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping.IsCancellationRequested;

    private static Task<int> Does(Newsroom room, string sql) => room.WithDb(db => db.Database.ExecuteSqlRawAsync(sql));

    private Task<bool> Logged(string beginning) =>
        Newsroom.Until(() => Task.FromResult(log.All.Any(l => l.StartsWith(beginning, StringComparison.Ordinal))), found => found);
}
