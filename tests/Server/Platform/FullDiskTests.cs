using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using BorderInfo.Contract.Messages;
using BorderInfo.Server.Identity.Public;
using BorderInfo.Server.Platform.Database;
using BorderInfo.Server.Platform.Machine;
using BorderInfo.Tests.Server.Content;
using BorderInfo.Tests.Server.Proof;
using BorderInfo.Tests.Server.Scheduling;
using BorderInfo.Tests.Server.Support;
using Microsoft.EntityFrameworkCore;

namespace BorderInfo.Tests.Server.Platform;

/// <summary>On a real file system without a byte left: nothing acknowledged is lost, people can read, and all goes on by itself when there is room.</summary>
public sealed class FullDiskTests : IDisposable
{
    private readonly string elsewhere = Directory.CreateTempSubdirectory("borderinfo-test-").FullName;

    public void Dispose() => Directory.Delete(elsewhere, recursive: true);

    [RootFact]
    public async Task Plays_that_could_not_be_written_are_not_acknowledged_and_come_again()
    {
        using var disk = new SmallDisk(32);
        await using var world = await ProofWorld.Start(folder: disk.Folder);
        var reader = await world.Host.ClientAs(Roles.Administrator);
        await world.Offer(ProofWorld.LangSon, Batch(0));
        await world.WithDb(Drain);
        disk.Fill();

        var trouble = await Record.ExceptionAsync(() => world.Offer(ProofWorld.LangSon, Batch(1)));
        var page = await reader.GetAsync("/");
        var (acknowledged, stored) = (world.LastAck(ProofWorld.LangSon), await world.Stored(ProofWorld.LangSon));
        disk.MakeRoom();
        await world.Offer(ProofWorld.LangSon, Batch(1));

        Assert.True(Disk.IsFull(trouble), $"{trouble}");
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.Equal((100, 100), (acknowledged, stored.Count));
        Assert.Equal(200, world.LastAck(ProofWorld.LangSon));
        Assert.Equal(Enumerable.Range(1, 200).Select(n => (long)n), await world.Stored(ProofWorld.LangSon));
        Assert.Equal(200, await world.CountedPlays(ProofWorld.LangSon));
        Assert.Equal("ok", await world.WithDb(db => Ask(db, "PRAGMA integrity_check")));
    }

    [RootFact]
    public async Task A_plan_that_could_not_be_written_is_not_sent_and_its_number_is_not_used()
    {
        using var disk = new SmallDisk(32);
        using var world = new SchedulingWorld(disk.Folder);
        await world.Published(SchedulingWorld.Wanted("Đang phát"));
        var second = (await world.Save(SchedulingWorld.Wanted("Phát thêm", items: [2]))).Value.Id;
        await world.Within(s => Drain((BorderInfoDb)s.GetService(typeof(BorderInfoDb))!));
        disk.Fill();

        var trouble = await Record.ExceptionAsync(() => world.Publish(null, second));
        var meanwhile = await world.OnItsWay(SchedulingWorld.HuuNghi);
        disk.MakeRoom();
        var again = await world.Publish(null, second);

        Assert.True(Disk.IsFull(trouble), $"{trouble}");
        Assert.Equal("LS-0001/2026-0001", meanwhile!.Number.Value);
        Assert.Equal("LS-0001/2026-0002", Assert.Single(again.Value.Plans).Value);
    }

    [RootFact]
    public async Task An_upload_is_refused_with_a_sentence_and_taken_when_there_is_room()
    {
        using var disk = new SmallDisk(48);
        await using var room = new Newsroom(folder: disk.Folder, settings: ("disk:reserveMiB", "0"));
        var editor = await room.As(Roles.Editor);
        var item = await room.NewItem(editor, ("vi", "Thông báo thử."));
        var picture = await Media.Picture(elsewhere);
        await room.WithDb(Drain);
        disk.Fill();

        var upload = await room.Upload(editor, item, picture);
        var write = await editor.PostAsJsonAsync("/api/v1/items", room.New("Tin khác", ("vi", "Lời.")));
        var told = await write.Content.ReadFromJsonAsync<JsonElement>();
        var page = await editor.GetAsync("/noi-dung");
        var form = await editor.PostForm("/dang-xuat", Array.Empty<KeyValuePair<string, string>>(), "/noi-dung");
        disk.MakeRoom();
        var again = await room.Upload(editor, item, picture);

        Assert.Equal("content.disk-full", upload);
        Assert.Equal((HttpStatusCode.InsufficientStorage, "server.disk-full"), (write.StatusCode, told.GetProperty("code").GetString()));
        Assert.Contains("giải phóng dung lượng", told.GetProperty("title").GetString(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.Equal(HttpStatusCode.InsufficientStorage, form.StatusCode);
        Assert.Contains("Chưa lưu được gì", WebUtility.HtmlDecode(await form.Content.ReadAsStringAsync()), StringComparison.Ordinal);
        Assert.Null(again);
        Assert.True((await room.Ready(editor, item)).GetProperty("readiness").GetProperty("ready").GetBoolean());
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(disk.Folder, "work", "uploads")));
    }

    [RootFact]
    public async Task Media_stop_before_plays_and_plans_do()
    {
        using var disk = new SmallDisk(48);
        await using var room = new Newsroom(folder: disk.Folder, settings: ("disk:reserveMiB", "512"));
        var editor = await room.As(Roles.Editor);
        var item = await room.NewItem(editor, ("vi", "Thông báo thử."));

        var upload = await room.Upload(editor, item, await Media.Picture(elsewhere));

        Assert.Equal("content.disk-full", upload);
        Assert.NotNull(await room.NewItem(editor, ("vi", "Vẫn ghi được.")));
    }

    private static PlayRecord[] Batch(int n) => [.. Enumerable.Range(1 + (n * 100), 100).Select(s => ProofWorld.Short(s))];

    /// <summary>Empties the write-ahead log, so that the next change needs space on the disk.</summary>
    private static Task<string> Drain(BorderInfoDb db) => Ask(db, "PRAGMA wal_checkpoint(TRUNCATE)");

    private static async Task<string> Ask(BorderInfoDb db, string sql)
    {
        await db.Database.OpenConnectionAsync();
        await using var command = db.Database.GetDbConnection().CreateCommand();
        command.CommandText = sql;
        return $"{await command.ExecuteScalarAsync()}";
    }
}
