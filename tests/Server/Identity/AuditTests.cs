using BorderInfo.Server.Identity;
using BorderInfo.Server.Identity.Public;
using BorderInfo.Server.Platform.Database;
using BorderInfo.Tests.Server.Support;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace BorderInfo.Tests.Server.Identity;

public sealed class AuditTests
{
    private static readonly Actor Somebody = new(7, "thu", "Người thử", new HashSet<string>(), AreaScope.All);

    [Fact]
    public async Task Deeds_stand_in_the_chain_and_the_chain_is_whole()
    {
        using var server = new ServerUnderTest();
        var admin = await server.ClientAs(Roles.Administrator);
        await Note(server, "item.approve", "T-1024/3");

        var page = await admin.GetStringAsync("/nhat-ky?viec=item&nguoi=thu&ngay=2026-11-23");
        var verified = await (await admin.PostToPage("/nhat-ky", "verify")).Content.ReadAsStringAsync();

        Assert.Contains("T-1024/3", page);
        Assert.DoesNotContain("user.create", page);
        Assert.DoesNotContain("T-1024/3", await admin.GetStringAsync("/nhat-ky?ngay=2026-11-22"));
        Assert.Contains("Toàn vẹn: đã kiểm tra", verified);
    }

    [Fact]
    public async Task What_the_program_did_is_told_in_words()
    {
        using var server = new ServerUnderTest();
        var admin = await server.ClientAs(Roles.Administrator);
        await server.WithDb(async db =>
        {
            server.Services.GetRequiredService<IAuditTrail>().Note(db, Actor.System, "plan.republish", "ItemReleased T-7", "LS-0001/2026-0002");
            await db.SaveChangesAsync();
            return true;
        });

        var page = System.Net.WebUtility.HtmlDecode(await admin.GetStringAsync("/nhat-ky?viec=plan"));

        Assert.Contains("Bản mới của tin, bài T-7", page, StringComparison.Ordinal);
        Assert.Contains("Hệ thống</td>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("ItemReleased", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("user.change", "Nguyễn; phó phòng; editor approver; p:20 s:LS-CN-1", "Nguyễn; phó phòng; Biên tập viên, Người duyệt; Lạng Sơn, ")]
    [InlineData("stop.start", "Quốc tang: festival law; all; 2026-11-22T17:00:00.0000000+00:00 – 2026-11-24T17:00:00.0000000+00:00", "Quốc tang: Văn hóa, lễ hội, giải trí, Pháp luật; Toàn quốc; 23/11/2026 00:00 – 25/11/2026 00:00")]
    [InlineData("site.command", "Screenshot LED-1", "Chụp màn hình, LED-1")]
    [InlineData("post.import", "3 new, 1 changed, 0 same", "3 đồn mới, 1 đồn được sửa, 0 đồn không đổi")]
    [InlineData("user.link", "printed at start", "in ra khi máy chủ khởi động")]
    [InlineData("item.return", "Sai chính tả; xem lại dòng 2", "Sai chính tả; xem lại dòng 2")]
    public async Task What_a_row_keeps_as_codes_is_read_in_words(string action, string kept, string read)
    {
        using var server = new ServerUnderTest();
        var admin = await server.ClientAs(Roles.Administrator);
        await server.WithDb(async db =>
        {
            server.Services.GetRequiredService<IAuditTrail>().Note(db, Actor.System, action, "x", kept);
            await db.SaveChangesAsync();
            return true;
        });

        var page = System.Net.WebUtility.HtmlDecode(await admin.GetStringAsync($"/nhat-ky?viec={action}"));

        Assert.Contains(read, page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Many_writers_at_once_make_one_chain()
    {
        using var server = new ServerUnderTest();
        server.CreateClient().Dispose();
        var before = (await Verify(server)).Good;

        await Parallel.ForEachAsync(Enumerable.Range(0, 60), new ParallelOptions { MaxDegreeOfParallelism = 12 }, async (i, _) => await Note(server, "thử.ghi", $"{i}", ownTransaction: i % 2 == 0));

        var verdict = await Verify(server);
        Assert.Null(verdict.Broken);
        Assert.Equal(before + 60, verdict.Good);
    }

    [Fact]
    public async Task A_deed_that_was_not_done_leaves_no_row()
    {
        using var server = new ServerUnderTest();
        server.CreateClient().Dispose();
        var before = (await Verify(server)).Good;

        await server.WithDb(async db =>
        {
            await using var transaction = await db.Database.BeginTransactionAsync();
            server.Services.GetRequiredService<IAuditTrail>().Note(db, Somebody, "item.approve", "T-1");
            await db.SaveChangesAsync();
            return true;
        });

        Assert.Equal(before, (await Verify(server)).Good);
    }

    [Fact]
    public async Task A_save_that_failed_can_be_tried_again()
    {
        using var server = new ServerUnderTest();
        server.CreateClient().Dispose();
        var before = (await Verify(server)).Good;

        await server.WithDb(async db =>
        {
            var trail = server.Services.GetRequiredService<IAuditTrail>();
            trail.Note(db, Somebody, "first", "1");
            trail.Note(db, Somebody, "second", "2");
            var bad = new UserSession { Hash = "x", UserId = 999_999 };
            db.Add(bad);
            await Assert.ThrowsAsync<DbUpdateException>(() => db.SaveChangesAsync());
            db.Entry(bad).State = EntityState.Detached;
            return await db.SaveChangesAsync();
        });

        var verdict = await Verify(server);
        var last = await server.WithDb(db => db.Set<AuditRow>().OrderByDescending(r => r.N).Take(2).Select(r => r.Action).ToListAsync());
        Assert.Null(verdict.Broken);
        Assert.Equal(before + 2, verdict.Good);
        Assert.Equal(["second", "first"], last);
    }

    [Theory]
    [InlineData("UPDATE audit_rows SET Detail = 'x' WHERE N = 1")]
    [InlineData("DELETE FROM audit_rows WHERE N = 1")]
    public async Task The_database_refuses_to_change_rows(string sql)
    {
        using var server = new ServerUnderTest();
        server.CreateClient().Dispose();

        var refused = await Assert.ThrowsAsync<SqliteException>(() => server.WithDb(db => db.Database.ExecuteSqlRawAsync(sql)));

        Assert.Contains("audit rows are never", refused.Message);
    }

    /// <summary>Somebody with the database file in hand, who takes the triggers away and knows how plain hashes are made, but not the key.</summary>
    [Fact]
    public async Task Two_hundred_random_tamperings_are_all_found()
    {
        using var server = new ServerUnderTest();
        server.CreateClient().Dispose();
        for (var i = 0; i < 40; i++)
            await Note(server, $"thử.{i % 5}", $"T-{i}", detail: $"chi tiết {i}");
        await server.WithDb(db => db.Database.ExecuteSqlRawAsync("DROP TRIGGER audit_rows_no_update; DROP TRIGGER audit_rows_no_delete; DROP TRIGGER audit_head_no_delete;"));
        var random = new Random(20261121);
        var missed = new List<string>();

        for (var i = 0; i < 200; i++)
        {
            var (sql, verdict) = await server.WithDb(async db =>
            {
                await using var transaction = await db.Database.BeginTransactionAsync();
                var harm = Harm(random, (int)await db.Set<AuditRow>().LongCountAsync());
                await db.Database.ExecuteSqlRawAsync(harm.Replace("{", "{{", StringComparison.Ordinal).Replace("}", "}}", StringComparison.Ordinal));
                return (harm, await AuditTrail.Verify(db, server.Services.GetRequiredService<AuditKey>().Bytes, default));
            });
            if (verdict.Broken is null)
                missed.Add(sql);
        }

        Assert.Empty(missed);
        Assert.Null((await Verify(server)).Broken);
    }

    private static string Harm(Random random, int rows)
    {
        var n = random.Next(1, rows + 1);
        var other = 1 + (n + random.Next(1, rows) - 1) % rows;
        var column = new[] { "ActorId", "ActorName", "Action", "Target", "Detail", "At", "PrevHash", "Hash" }[random.Next(8)];
        return random.Next(6) switch
        {
            0 => $"DELETE FROM audit_rows WHERE N = {n}",
            1 => $"DELETE FROM audit_rows WHERE N > {rows - random.Next(1, 6)}",
            2 => $"UPDATE audit_rows SET N = -1 WHERE N = {n}; UPDATE audit_rows SET N = {n} WHERE N = {other}; UPDATE audit_rows SET N = {other} WHERE N = -1;",
            3 => $"DELETE FROM audit_rows WHERE N = {n}; UPDATE audit_rows SET N = N - 1000 WHERE N > {n}; UPDATE audit_rows SET N = N + 999 WHERE N < 0; UPDATE audit_head SET N = N - 1;",
            4 => $"INSERT INTO audit_rows SELECT {rows + 1}, At, ActorId, ActorName, Action, 'giả', Detail, Hash, Hash FROM audit_rows WHERE N = {rows}; UPDATE audit_head SET N = {rows + 1};",
            _ => column is "ActorId" or "At" ? $"UPDATE audit_rows SET {column} = {column} + 1 WHERE N = {n}" : $"UPDATE audit_rows SET {column} = {column} || 'x' WHERE N = {n}",
        };
    }

    private static Task<AuditVerdict> Verify(ServerUnderTest server) => server.WithDb(db => AuditTrail.Verify(db, server.Services.GetRequiredService<AuditKey>().Bytes, default));

    private static Task<bool> Note(ServerUnderTest server, string action, string target, bool ownTransaction = false, string detail = "") => server.Within(async s =>
    {
        var db = s.GetRequiredService<BorderInfoDb>();
        await using var transaction = ownTransaction ? await db.Database.BeginTransactionAsync() : null;
        s.GetRequiredService<IAuditTrail>().Note(db, Somebody, action, target, detail);
        await db.SaveChangesAsync();
        if (transaction is not null)
            await transaction.CommitAsync();
        return true;
    });
}
