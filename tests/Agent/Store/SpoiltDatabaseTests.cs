using BorderInfo.Agent.Settings;
using BorderInfo.Agent.Store;
using BorderInfo.Contract.Messages;
using Microsoft.Extensions.Logging.Abstractions;
using Stream = BorderInfo.Contract.Messages.Stream;

namespace BorderInfo.Tests.Agent.Store;

public sealed class SpoiltDatabaseTests
{
    [Theory]
    [InlineData("garbage")]
    [InlineData("cut")]
    [InlineData("zeros-inside")]
    [InlineData("gone")]
    public void A_spoilt_database_stands_aside_and_no_number_is_ever_used_again(string how)
    {
        using var folder = new TestFolder();
        long lastPlay, lastEvent, boot;
        using (var database = Open(folder))
        {
            var journal = new Journal(database, new HighWater(folder.Data));
            for (var i = 0; i < 300; i++)
                Play(journal, $"L-{i}");
            journal.Tell(new SiteEvent { Seq = 0, Boot = 1, At = DateTimeOffset.UtcNow, Kind = SiteEventKind.AgentStarted });
            (lastPlay, lastEvent, boot) = (journal.Last(Stream.Play), journal.Last(Stream.Event), journal.Boot);
        }

        Spoil(folder.Data.Database, how);

        using var after = Open(folder);
        var anew = new Journal(after, new HighWater(folder.Data));
        Assert.True(anew.Boot > boot);
        Assert.True(Play(anew, "new").Seq > lastPlay);
        Assert.True(anew.Tell(new SiteEvent { Seq = 0, Boot = 1, At = DateTimeOffset.UtcNow, Kind = SiteEventKind.AgentStarted }).Seq > lastEvent);
        Assert.Equal("new", Assert.Single(anew.Plays(anew.Acknowledged(Stream.Play), 10)).Entry);
        Assert.Equal(how != "gone", File.Exists(folder.Data.Database + ".spoilt-1"));
    }

    [Fact]
    public void What_is_acknowledged_stays_for_a_week_and_then_goes_and_numbers_go_on()
    {
        using var folder = new TestFolder();
        var now = DateTimeOffset.UtcNow;
        using (var database = Open(folder))
        {
            var journal = new Journal(database, new HighWater(folder.Data));
            for (var i = 0; i < 5; i++)
                Play(journal, $"L-{i}");
            Assert.True(journal.Acknowledge(Stream.Play, 5));
            Assert.False(journal.Acknowledge(Stream.Play, 6));
            Assert.Equal(0, journal.Prune(now.AddDays(-7)));

            var gone = journal.Prune(now.AddMinutes(1));

            Assert.Equal(5, gone);
        }

        using var again = Open(folder);
        Assert.Equal(6, Play(new Journal(again, new HighWater(folder.Data)), "next").Seq);
    }

    [Fact]
    public void Foreign_keys_and_full_synchronisation_are_on_with_the_system_library()
    {
        using var folder = new TestFolder();
        using var database = Open(folder);

        var (keys, synchronous, mode, version) = database.Read(c => (Pragma(c, "PRAGMA foreign_keys"), Pragma(c, "PRAGMA synchronous"), Pragma(c, "PRAGMA journal_mode"), Pragma(c, "SELECT sqlite_version()")));

        Assert.Equal(("1", "2", "wal"), (keys, synchronous, mode));
        Assert.True(Version.Parse(version) >= new Version(3, 38), version);
    }

    [Fact]
    public void A_full_disk_costs_the_reserve_first_and_then_says_so_without_losing_what_was_written()
    {
        using var folder = new TestFolder();
        var reserve = new Reserve(folder.Data, 1024 * 1024);
        reserve.Take();
        using var database = new AgentDatabase(folder.Data, reserve, NullLogger.Instance);
        var journal = new Journal(database, new HighWater(folder.Data));
        var pages = long.Parse(database.Read(c => Pragma(c, "PRAGMA page_count")));
        database.Read(c => Pragma(c, $"PRAGMA max_page_count={pages + 4}"));
        var written = 0;

        var fault = Assert.Throws<StoreFault>(() =>
        {
            for (; written < 10_000; written++)
                Play(journal, $"L-{written}");
        });

        Assert.Contains("full", fault.Message, StringComparison.Ordinal);
        Assert.NotNull(database.Failing);
        Assert.False(reserve.Held);
        database.Read(c => Pragma(c, "PRAGMA max_page_count=1000000"));
        Play(journal, "after");
        Assert.Null(database.Failing);
        Assert.Equal(Enumerable.Range(1, written + 1).Select(n => (long)n), journal.Plays(0, int.MaxValue).Select(p => p.Seq));
    }

    [RootTheory]
    [InlineData(64)]
    [InlineData(1024)]
    public void A_site_starts_again_on_a_disk_that_was_filled_while_the_power_was_off(int reserveKib)
    {
        using var disk = new SmallDisk(8);
        var folder = new DataFolder(Path.Combine(disk.Folder, "site")).Make();
        long boot;
        using (var database = new AgentDatabase(folder, new Reserve(folder, 0), NullLogger.Instance))
        {
            var before = new Journal(database, new HighWater(folder));
            Play(before, "L-1");
            boot = before.Boot;
        }

        var reserve = new Reserve(folder, reserveKib * 1024);
        reserve.Take();
        disk.Fill();

        using var again = new AgentDatabase(folder, reserve, NullLogger.Instance);
        var journal = new Journal(again, new HighWater(folder));

        Assert.Equal((boot + 1, false), (journal.Boot, reserve.Held));
        Assert.Equal("L-1", Assert.Single(journal.Plays(0, 10)).Entry);
        disk.MakeRoom();
        Assert.Equal(2, Play(journal, "L-2").Seq);
    }

    [Fact]
    public void Marks_that_the_disk_does_not_take_hold_for_this_run_and_are_written_with_the_next()
    {
        using var folder = new TestFolder();
        var marks = new HighWater(folder.Data);
        Directory.CreateDirectory(folder.Data.HighWater + ".new/in-the-way");

        marks.RaiseOrRemember(m => m with { Boot = 7 });

        Assert.NotNull(marks.Unsaved);
        Assert.Equal((7, 0), (marks.Marks.Boot, new HighWater(folder.Data).Marks.Boot));
        Assert.Throws<StoreFault>(() => marks.Raise(m => m with { Play = 9 }));
        Directory.Delete(folder.Data.HighWater + ".new", recursive: true);
        marks.Raise(m => m with { Play = 9 });
        Assert.Equal((7, 9, null), (new HighWater(folder.Data).Marks.Boot, new HighWater(folder.Data).Marks.Play, marks.Unsaved));
    }

    private static AgentDatabase Open(TestFolder folder) => new(folder.Data, new Reserve(folder.Data, 0), NullLogger.Instance);

    private static PlayRecord Play(Journal journal, string entry)
    {
        var open = journal.Open(CrashChild.Draft(journal.Boot, entry, DateTimeOffset.UtcNow));
        return journal.Close(open.Id, open.Draft with { End = PlayEnd.Completed });
    }

    private static string Pragma(Microsoft.Data.Sqlite.SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar()!.ToString()!;
    }

    private static void Spoil(string path, string how)
    {
        var bytes = File.ReadAllBytes(path);
        switch (how)
        {
            case "garbage":
                new Random(1).NextBytes(bytes);
                File.WriteAllBytes(path, bytes);
                break;
            case "cut":
                File.WriteAllBytes(path, bytes[..(bytes.Length / 2)]);
                break;
            case "zeros-inside":
                Array.Clear(bytes, 4096, bytes.Length - 8192);
                File.WriteAllBytes(path, bytes);
                break;
            default:
                File.Delete(path);
                break;
        }
    }
}
