using System.Diagnostics;
using System.Net;
using BorderInfo.Server.Identity.Public;
using BorderInfo.Server.Platform.Backup;
using BorderInfo.Tests.Server.Support;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace BorderInfo.Tests.Server.Platform;

public sealed class BackupTests
{
    [Fact]
    public async Task The_nightly_backup_is_one_that_deploy_restore_takes()
    {
        using var server = new ServerUnderTest(settings: ("backup:minFreeMiB", "1"));
        Content(server, "a1");

        await Run(server);
        Content(server, "b2");
        server.Clock.Advance(TimeSpan.FromDays(1));
        await Run(server);

        var names = Names(server);
        Assert.Equal(["20261124T010000Z", "20261123T010000Z"], names);
        var newest = Path.Combine(server.Folder, "backups", names[0]);
        Assert.Equal(0, Ended("sha256sum", newest, "--check", "--strict", "--quiet", "SHA256SUMS").Code);
        var again = Directory.CreateTempSubdirectory("borderinfo-again-").FullName;
        var restored = Ended(Path.Combine(Root(), "deploy", "restore"), "/", "--from", newest, "--data", again);
        Assert.True(restored.Code == 0, restored.Said);
        Assert.Equal(["a1", "b2"], Directory.EnumerateFiles(Path.Combine(again, "content"), "*", SearchOption.AllDirectories).Select(f => File.ReadAllText(f)).Order());
        using (var second = new ServerUnderTest(again))
            Assert.NotNull(await second.WithDb(db => Task.FromResult(db.Set<BorderInfo.Server.Identity.User>().First(u => u.UserName == "admin"))));
        Directory.Delete(again, recursive: true);
        var card = WebUtility.HtmlDecode(await (await server.ClientAs(Roles.Administrator)).GetStringAsync("/"));
        Assert.Contains("24/11/2026 08:00", card, StringComparison.Ordinal);
        Assert.Contains("2/7", card, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_so_many_are_kept_and_nothing_is_made_before_it_is_due()
    {
        using var server = new ServerUnderTest(settings: [("backup:minFreeMiB", "1"), ("backup:keep", "2")]);
        for (var night = 0; night < 3; night++)
        {
            await Run(server);
            server.Clock.Advance(TimeSpan.FromHours(12));
            await Run(server);
            server.Clock.Advance(TimeSpan.FromHours(12));
        }

        Assert.Equal(["20261125T010000Z", "20261124T010000Z"], Names(server));
    }

    [Fact]
    public async Task A_disk_that_would_be_filled_is_left_alone_and_the_administrator_is_told()
    {
        using var server = new ServerUnderTest(settings: ("backup:minFreeMiB", "100000000"));
        var administrator = await server.ClientAs(Roles.Administrator);
        var editor = await server.ClientAs(Roles.Editor);

        await Run(server);

        Assert.Empty(Directory.EnumerateFileSystemEntries(Path.Combine(server.Folder, "backups")));
        Assert.Contains("Chưa sao lưu được", await administrator.GetStringAsync("/"), StringComparison.Ordinal);
        Assert.DoesNotContain("Chưa sao lưu được", await editor.GetStringAsync("/"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Media_that_arrive_during_a_backup_are_in_it_when_its_database_names_them()
    {
        using var server = new ServerUnderTest(settings: ("backup:minFreeMiB", "1"));
        using var arriving = new SqliteConnection($"Data Source={Path.Combine(server.Folder, "borderinfo.db")}");
        arriving.Open();
        Does(arriving, "CREATE TABLE arrived (hash TEXT)");
        var (begun, over) = (new TaskCompletionSource(), false);
        var arrivals = Task.Run(() =>
        {
            for (var n = 0; n < 100_000 && !Volatile.Read(ref over); n++)
            {
                Does(arriving, $"INSERT INTO arrived VALUES ('{Content(server, $"arrival {n}")}')");
                begun.TrySetResult();
            }
        });
        await begun.Task;

        await Run(server);
        Volatile.Write(ref over, true);
        await arrivals;

        var made = Path.Combine(server.Folder, "backups", Assert.Single(Names(server)));
        using var copy = new SqliteConnection($"Data Source={Path.Combine(made, "borderinfo.db")};Mode=ReadOnly;Pooling=False");
        copy.Open();
        using var rows = new SqliteCommand("SELECT hash FROM arrived", copy).ExecuteReader();
        while (rows.Read())
            Assert.True(File.Exists(Path.Combine(made, "content", rows.GetString(0)[..2], rows.GetString(0)[2..4], rows.GetString(0))), rows.GetString(0));
    }

    [Fact]
    public async Task A_rotten_file_of_an_earlier_backup_is_not_handed_on()
    {
        using var server = new ServerUnderTest(settings: ("backup:minFreeMiB", "1"));
        var hash = Content(server, "a1");
        await Run(server);
        var first = Path.Combine(server.Folder, "backups", Names(server)[0], "content", hash[..2], hash[2..4], hash);
        File.Delete(first);
        File.WriteAllText(first, "rotten");
        server.Clock.Advance(TimeSpan.FromDays(1));

        await Run(server);

        Assert.Equal("a1", File.ReadAllText(Path.Combine(server.Folder, "backups", Names(server)[0], "content", hash[..2], hash[2..4], hash)));
        Assert.Null(server.Services.GetRequiredService<BackupShelf>().Fault);
    }

    [Fact]
    public async Task Content_that_is_damaged_on_the_server_is_told_and_the_backup_can_be_restored_all_the_same()
    {
        using var server = new ServerUnderTest(settings: ("backup:minFreeMiB", "1"));
        var hash = Content(server, "a1");
        File.WriteAllText(Path.Combine(server.Folder, "content", hash[..2], hash[2..4], hash), "rotten");
        var administrator = await server.ClientAs(Roles.Administrator);

        await Run(server);

        var again = Directory.CreateTempSubdirectory("borderinfo-again-").FullName;
        var restored = Ended(Path.Combine(Root(), "deploy", "restore"), "/", "--from", Path.Combine(server.Folder, "backups", Assert.Single(Names(server))), "--data", again);
        Directory.Delete(again, recursive: true);
        Assert.True(restored.Code == 0, restored.Said);
        Assert.Contains($"content/{hash[..2]}/{hash[2..4]}/{hash}", WebUtility.HtmlDecode(await administrator.GetStringAsync("/")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_rots_on_the_server_is_told_although_the_last_backup_has_it_whole()
    {
        using var server = new ServerUnderTest(settings: ("backup:minFreeMiB", "1"));
        var hash = Content(server, "a1");
        await Run(server);
        var live = Path.Combine(server.Folder, "content", hash[..2], hash[2..4], hash);
        File.Delete(live);
        File.WriteAllText(live, "rotten");
        server.Clock.Advance(TimeSpan.FromDays(1));

        await Run(server);

        Assert.Equal("a1", File.ReadAllText(Path.Combine(server.Folder, "backups", Names(server)[0], "content", hash[..2], hash[2..4], hash)));
        Assert.Equal("content-damaged", server.Services.GetRequiredService<BackupShelf>().Fault?.Code);
    }

    [RootFact]
    public async Task A_file_that_cannot_be_read_is_left_out_and_told_also_where_the_backups_lie_on_another_disk()
    {
        using var disk = new SmallDisk(32);
        using var server = new ServerUnderTest(settings: [("backup:minFreeMiB", "1"), ("backup:folder", disk.Folder)]);
        var (bad, good) = (Content(server, "a1"), Content(server, "b2"));
        using var unreadable = new UnreadableFile(Path.Combine(server.Folder, "content", bad[..2], bad[2..4], bad));

        await Run(server);

        var made = Path.Combine(disk.Folder, Assert.Single(Names(server)));
        Assert.Equal("b2", File.ReadAllText(Path.Combine(made, "content", good[..2], good[2..4], good)));
        Assert.False(File.Exists(Path.Combine(made, "content", bad[..2], bad[2..4], bad)));
        Assert.Equal(0, Ended("sha256sum", made, "--check", "--strict", "--quiet", "SHA256SUMS").Code);
        Assert.Equal("content-damaged", server.Services.GetRequiredService<BackupShelf>().Fault?.Code);
    }

    [Fact]
    public async Task A_server_that_never_made_a_backup_says_so_after_two_days()
    {
        using var server = new ServerUnderTest();
        var administrator = await server.ClientAs(Roles.Administrator);
        var before = await administrator.GetStringAsync("/");

        server.Clock.Advance(TimeSpan.FromDays(3));

        Assert.DoesNotContain("Chưa có bản sao lưu nào", WebUtility.HtmlDecode(before), StringComparison.Ordinal);
        Assert.Contains("Chưa có bản sao lưu nào trong 3 ngày", WebUtility.HtmlDecode(await (await server.ClientAs(Roles.Administrator)).GetStringAsync("/")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_damaged_database_replaces_no_good_backup()
    {
        using var server = new ServerUnderTest(settings: [("backup:minFreeMiB", "1"), ("backup:keep", "1")]);
        await Run(server);
        var good = Names(server);
        server.Clock.Advance(TimeSpan.FromDays(1));
        Spoil(server);

        await Run(server);

        Assert.Equal(good, Names(server));
        Assert.Equal("damaged", server.Services.GetRequiredService<BackupShelf>().Fault?.Code);
    }

    [Theory]
    [InlineData(null, "2026-11-23T01:00Z", true)]
    [InlineData("2026-11-22T19:31Z", "2026-11-23T19:00Z", false)]
    [InlineData("2026-11-22T19:31Z", "2026-11-23T19:30Z", true)]
    [InlineData("2026-11-22T19:31Z", "2026-11-25T03:00Z", true)]
    [InlineData("2026-11-23T19:29Z", "2026-11-23T20:00Z", true)]
    public void One_falls_due_every_night_at_half_past_two_in_Viet_Nam(string? latest, string now, bool due) =>
        Assert.Equal(due, BackUpServer.Due(latest is null ? null : DateTimeOffset.Parse(latest), DateTimeOffset.Parse(now), new(2, 30)));

    private static Task<bool> Run(ServerUnderTest server) => server.Within(async s =>
    {
        await s.GetRequiredService<BackUpServer>().Run(default);
        return true;
    });

    private static IReadOnlyList<string> Names(ServerUnderTest server) => server.Services.GetRequiredService<BackupShelf>().Names();

    private static string Content(ServerUnderTest server, string text)
    {
        var hash = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(text)));
        var folder = Directory.CreateDirectory(Path.Combine(server.Folder, "content", hash[..2], hash[2..4])).FullName;
        File.WriteAllText(Path.Combine(folder, hash), text);
        return hash;
    }

    private static void Does(SqliteConnection on, string sql)
    {
        using var command = new SqliteCommand(sql, on);
        command.ExecuteNonQuery();
    }

    /// <summary>Overwrites pages in the middle of the database file.</summary>
    private static void Spoil(ServerUnderTest server)
    {
        SqliteConnection.ClearAllPools();
        using var file = new FileStream(Path.Combine(server.Folder, "borderinfo.db"), FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
        file.Position = 4096 * 3;
        file.Write(new byte[4096 * 30]);
        file.Flush(flushToDisk: true);
    }

    private static (int Code, string Said) Ended(string program, string folder, params string[] words)
    {
        using var run = Process.Start(new ProcessStartInfo(program, words) { WorkingDirectory = folder, RedirectStandardError = true, RedirectStandardOutput = true })!;
        var said = run.StandardError.ReadToEnd();
        run.WaitForExit();
        return (run.ExitCode, said);
    }

    private static string Root()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "BorderInfo.sln")))
            folder = Path.GetDirectoryName(folder)!;
        return folder;
    }
}
