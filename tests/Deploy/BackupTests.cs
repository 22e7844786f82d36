using System.Globalization;
using System.Security.Cryptography;

namespace BorderInfo.Tests.Deploy;

/// <summary>Backup of a database that is written to, and back again.</summary>
public sealed class BackupTests : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private readonly Room room = new();

    public BackupTests()
    {
        Directory.CreateDirectory(room["data"]);
        Room.Sql(Database, "PRAGMA journal_mode=WAL; CREATE TABLE plays(n INTEGER PRIMARY KEY, what TEXT); INSERT INTO plays VALUES(1, 'first');");
        room.Write("data/keys/plan.key", "sample key");
        room.Write("data/logs/server-20261121.log", "sample line");
        room.Write("data/work/half.tmp", "half");
        for (var n = 0; n < 20; n++)
            room.WriteContent("data", [.. Enumerable.Range(0, 3000 + n).Select(i => (byte)(i * (n + 3)))]);
        Directory.CreateDirectory(room["data/content/tmp"]);
        File.WriteAllText(room["data/content/tmp/upload"], "coming");
    }

    private string Database => room["data/borderinfo.db"];

    private string Newest => Directory.EnumerateDirectories(room["backups"], "20*Z").Max(StringComparer.Ordinal)!;

    public void Dispose() => room.Dispose();

    [Fact]
    public void A_live_database_comes_back_whole_with_every_row_and_every_file()
    {
        room.Background($"n=1; while n=$((n + 1)); do echo \"INSERT INTO plays VALUES($n, hex(randomblob(200)));\"; done | sqlite3 -cmd '.timeout 10000' -cmd 'PRAGMA synchronous=OFF' '{Database}'");
        SpinWait.SpinUntil(() => Count(Database) > 200, TimeSpan.FromSeconds(20));
        var before = Count(Database);

        Backup().Done();
        var after = Count(Database);
        Room.Deploy("restore", "--from", Newest, "--data", room["again"]).Done();

        var again = room["again/borderinfo.db"];
        Assert.Equal("ok", Room.Sql(again, "PRAGMA integrity_check"));
        Assert.InRange(Count(again), before, after);
        Assert.Equal(Count(again), long.Parse(Room.Sql(again, "SELECT max(n) FROM plays"), CultureInfo.InvariantCulture));
        Assert.True(after > before, "the writer stood still");
        Assert.Equal(Hashes(room["data/content"]), Hashes(room["again/content"]));
        Assert.Equal("sample key", File.ReadAllText(room["again/keys/plan.key"]));
        Assert.False(Directory.Exists(room["again/logs"]) || Directory.Exists(room["again/work"]) || Directory.Exists(room["again/content/tmp"]));
    }

    [Fact]
    public void Only_its_owner_may_look_into_a_backup()
    {
        Backup().Done();

        var others = Directory.EnumerateFileSystemEntries(Newest, "*", SearchOption.AllDirectories).Append(Newest)
            .Where(f => (File.GetUnixFileMode(f) & ~OwnerOnly) != 0);

        Assert.Empty(others);
    }

    [Fact]
    public void The_next_backup_links_what_it_has_and_heals_a_damaged_link()
    {
        Backup().Done();
        var first = Newest;
        var names = Directory.EnumerateFiles(Path.Combine(first, "content"), "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).ToArray();
        Room.FlipByte(names[0], 10);

        Backup().Done();

        Assert.NotEqual(first, Newest);
        Assert.Equal(Hashes(room["data/content"]), Hashes(Path.Combine(Newest, "content")));
        Assert.Equal("2", Links(names[1].Replace(first, Newest, StringComparison.Ordinal)));
        Assert.Equal("1", Links(names[0].Replace(first, Newest, StringComparison.Ordinal)));
    }

    [Fact]
    public void Content_that_is_damaged_on_the_server_is_said()
    {
        Room.FlipByte(Directory.EnumerateFiles(room["data/content"], "*", SearchOption.AllDirectories).First(f => !f.EndsWith("upload", StringComparison.Ordinal)), 5);

        var ended = Backup();

        Assert.Equal(3, ended.Code);
        Assert.Contains("content files are damaged on the server", ended.Errors, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(Newest, "borderinfo.db")));
    }

    [Fact]
    public void Content_that_rots_on_the_server_is_said_although_the_last_backup_has_it_whole()
    {
        Backup().Done();
        var live = Directory.EnumerateFiles(room["data/content"], "*", SearchOption.AllDirectories).First(f => !f.EndsWith("upload", StringComparison.Ordinal));
        Room.FlipByte(live, 5);

        var ended = Backup();

        Assert.Equal(3, ended.Code);
        Assert.Contains(Path.GetFileName(live), ended.Errors, StringComparison.Ordinal);
        Assert.Equal(Path.GetFileName(live), Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(Path.Combine(Newest, Path.GetRelativePath(room["data"], live))))));
    }

    [RootFact]
    public void Content_that_cannot_be_read_is_left_out_and_said_and_the_rest_is_saved()
    {
        var live = Directory.EnumerateFiles(room["data/content"], "*", SearchOption.AllDirectories).First(f => !f.EndsWith("upload", StringComparison.Ordinal));
        // Memory of a process cannot be read at address 0: an input/output error, as on a disk that fails.
        Room.Run("mount", "--bind", $"/proc/{Environment.ProcessId}/mem", live).Done();

        var ended = Backup();
        Room.Run("umount", "-l", live).Done();

        Assert.Equal(3, ended.Code);
        Assert.Contains(Path.GetFileName(live), ended.Errors, StringComparison.Ordinal);
        Assert.Equal(19, Directory.EnumerateFiles(Path.Combine(Newest, "content"), "*", SearchOption.AllDirectories).Count());
        Assert.False(File.Exists(Path.Combine(Newest, Path.GetRelativePath(room["data"], live))));
    }

    [Fact]
    public void Old_backups_go_only_when_asked()
    {
        Backup().Done();
        Backup().Done();
        Backup("--keep", "2").Done();

        Assert.Equal(2, Directory.EnumerateDirectories(room["backups"]).Count());
    }

    [Theory]
    [InlineData("borderinfo.db", 5000)]
    [InlineData("keys/plan.key", 3)]
    [InlineData("content", 100)]
    [InlineData("SHA256SUMS", 3)]
    public void A_flipped_byte_is_refused_and_nothing_is_touched(string where, long at)
    {
        Backup().Done();
        var file = Path.Combine(Newest, where);
        Room.FlipByte(Directory.Exists(file) ? Directory.EnumerateFiles(file, "*", SearchOption.AllDirectories).First() : file, at);

        var ended = Room.Deploy("restore", "--from", Newest, "--data", room["again"], "--replace");

        ended.Refused("bị hỏng, chưa thay đổi gì", "damaged and nothing was changed");
        Assert.False(Directory.Exists(room["again"]));
    }

    [Fact]
    public void A_missing_or_an_added_file_is_refused()
    {
        Backup().Done();
        var extra = Path.Combine(Newest, "keys", "stranger.key");
        File.WriteAllText(extra, "x");
        var added = Room.Deploy("restore", "--from", Newest, "--data", room["again"]);
        File.Delete(extra);
        File.Delete(Path.Combine(Newest, "keys", "plan.key"));

        var missing = Room.Deploy("restore", "--from", Newest, "--data", room["again"]);

        added.Refused("tệp lạ", "not on its list");
        missing.Refused("bị hỏng", "damaged");
        Assert.False(Directory.Exists(room["again"]));
    }

    [Fact]
    public void A_target_with_files_is_refused_and_with_replace_they_are_put_aside()
    {
        Backup().Done();
        room.Write("again/keys/plan.key", "another key");
        var refused = Room.Deploy("restore", "--from", Newest, "--data", room["again"]);
        var untouched = File.ReadAllText(room["again/keys/plan.key"]);

        var done = Room.Deploy("restore", "--from", Newest, "--data", room["again"], "--replace");

        refused.Refused("không rỗng: hãy thêm --replace", "is not empty: add --replace");
        Assert.Equal("another key", untouched);
        done.Done();
        Assert.Contains("/phat-hanh", done.Output, StringComparison.Ordinal);
        Assert.Equal("sample key", File.ReadAllText(room["again/keys/plan.key"]));
        var aside = Assert.Single(Directory.EnumerateDirectories(room["again"], "before-restore-*"));
        Assert.Equal("another key", File.ReadAllText(Path.Combine(aside, "keys", "plan.key")));
    }

    [Fact]
    public void A_database_in_use_is_refused()
    {
        Backup().Done();
        room.Background($"exec 9<'{Database}'; sleep 60");
        SpinWait.SpinUntil(() => Room.Run("bash", "-c", $"find /proc/[0-9]*/fd -lname '{Database}' -print -quit 2>/dev/null").Output.Length > 0, TimeSpan.FromSeconds(10));

        var ended = Room.Deploy("restore", "--from", Newest, "--data", room["data"], "--replace");

        ended.Refused("hãy dừng trước", "stop it first");
        Assert.Equal(1, Count(Database));
    }

    private Ended Backup(params string[] more) => Room.Deploy("backup", ["--data", room["data"], "--to", room["backups"], .. more]);

    private static long Count(string database) => long.Parse(Room.Sql(database, "SELECT count(*) FROM plays"), CultureInfo.InvariantCulture);

    private static string Links(string file) => Room.Run("stat", "-c", "%h", file).Output.Trim();

    private static string[] Hashes(string folder) =>
        [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Where(f => !f.Contains("/tmp/upload", StringComparison.Ordinal))
            .Select(f => $"{Path.GetRelativePath(folder, f)} {Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(f)))}")
            .Order(StringComparer.Ordinal)];
}
