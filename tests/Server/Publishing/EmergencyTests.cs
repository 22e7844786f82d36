using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using BorderInfo.Contract;
using BorderInfo.Contract.Plans;
using BorderInfo.Server.Identity.Public;
using BorderInfo.Server.Platform.Pages;
using BorderInfo.Server.Publishing;
using BorderInfo.Server.Publishing.Public;
using BorderInfo.Tests.Server.Scheduling;
using BorderInfo.Tests.Server.Support;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using Microsoft.Extensions.DependencyInjection;

namespace BorderInfo.Tests.Server.Publishing;

/// <summary>An emergency plays at once, also in quiet hours, and is written down with who, when and why (Circular 39/2020/TT-BTTTT).</summary>
public sealed class EmergencyTests : IDisposable
{
    private readonly SchedulingWorld world = new();

    [Fact]
    public async Task An_emergency_is_heard_at_once_in_quiet_hours_and_written_down()
    {
        world.Clock.Set(LocalTime.Utc(new(2026, 11, 24), new(22, 0)));
        await world.Published(SchedulingWorld.Wanted("Chương trình", items: [3], every: 5));
        var hush = new PlanClock((await world.OnItsWay(SchedulingWorld.HuuNghi))!).At(TestClusters.Speaker, world.Clock.GetUtcNow());
        var id = (await world.Save(SchedulingWorld.Wanted("Lũ quét", Tier.Emergency, items: [3], every: 5), SchedulingWorld.Approver)).Value.Id;

        var done = (await Publish(id, "Mưa lũ, sơ tán dân")).Value;

        var heard = new PlanClock((await world.OnItsWay(SchedulingWorld.HuuNghi))!).At(TestClusters.Speaker, world.Clock.GetUtcNow());
        Assert.Equal((Because.QuietHours, Because.Scheduled, Tier.Emergency), (hush.Because, heard.Because, heard.Tier));
        var told = Assert.Single(await Book());
        Assert.Equal(("L-2", "Lũ quét", "Mưa lũ, sơ tán dân", "Người duyệt mẫu", true, null), (told.Schedule, told.Name, told.Reason, told.By, told.AtOnce, told.EndedAt));
        Assert.Equal([SchedulingWorld.HuuNghi], told.Sites);
        Assert.Equal(world.Clock.GetUtcNow(), told.At);
        Assert.Equal("Mưa lũ, sơ tán dân", await world.Noted("schedule.emergency", "L-2/1"));
        Assert.Contains(world.Lines.All, l => l.StartsWith("1830 ", StringComparison.Ordinal) && l.Contains("sơ tán", StringComparison.Ordinal));
        Assert.Single(done.Plans);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("  lũ  ")]
    public async Task Without_a_reason_it_is_refused_and_nothing_is_sent(string? reason)
    {
        var id = (await world.Save(SchedulingWorld.Wanted("Khẩn", Tier.Emergency), SchedulingWorld.Approver)).Value.Id;

        var refused = await Publish(id, reason);

        Assert.Equal(("publish.emergency-reason", "reason"), (refused.Why?.Code, refused.Why?.Field));
        Assert.Null(await world.OnItsWay(SchedulingWorld.HuuNghi));
        Assert.Empty(await Book());
    }

    [Fact]
    public async Task Who_stops_it_and_when_stands_beside_it()
    {
        var id = (await world.Save(SchedulingWorld.Wanted("Khẩn", Tier.Emergency), SchedulingWorld.Approver)).Value.Id;
        await Publish(id, "Diễn tập mẫu");
        world.Clock.Advance(TimeSpan.FromMinutes(20));

        await world.StopIt(id, SchedulingWorld.Approver);

        Assert.Equal((world.Clock.GetUtcNow(), "Người duyệt mẫu"), Assert.Single(await Book()) is var e ? (e.EndedAt!.Value, e.EndedBy) : default);
    }

    [Fact]
    public async Task The_preview_says_when_it_would_not_play_at_once()
    {
        var id = (await world.Save(SchedulingWorld.Wanted("Khẩn", Tier.Emergency, windows: [new(new(20, 0), new(21, 0))]), SchedulingWorld.Approver)).Value.Id;

        var preview = (await world.Within(s => s.GetRequiredService<PreviewPublish>().Handle(new(SchedulingWorld.Approver, [id]), default))).Value;
        await Publish(id, "Diễn tập mẫu");

        Assert.True(preview.Emergency);
        Assert.Contains(preview.Warnings, w => w.Code == "publish.warn.emergency-later");
        Assert.False(Assert.Single(await Book()).AtOnce);
    }

    [Fact]
    public async Task It_stands_in_the_report_of_its_area_and_in_no_other()
    {
        var browser = await world.Server.ClientAs([Roles.Approver, Roles.Editor]);
        var id = (await world.Save(SchedulingWorld.Wanted("Lũ quét", Tier.Emergency), SchedulingWorld.Approver)).Value.Id;

        var asked = await browser.GetStringAsync($"/phat-hanh/xem-truoc?lich={id}");
        var bare = await browser.PostForm("/phat-hanh/gui", [new("lich", $"{id}")], $"/phat-hanh/xem-truoc?lich={id}");
        await browser.PostForm("/phat-hanh/gui", [new("lich", $"{id}"), new("reason", "Mưa lũ, sơ tán dân")], $"/phat-hanh/xem-truoc?lich={id}");
        var elsewhere = await world.Server.ClientAs(Roles.Editor, new AreaScope(false, ["52"], [], []));
        var report = await browser.GetStringAsync("/bao-cao?ky=thang");
        var api = await browser.GetFromJsonAsync<JsonElement>("/api/v1/publish/emergencies");

        Assert.Contains("name=\"reason\"", asked, StringComparison.Ordinal);
        Assert.StartsWith("-“Lũ quét” là bản tin khẩn cấp", SignedIn.FlashOf(bare), StringComparison.Ordinal);
        Assert.Contains("Mưa lũ, sơ tán dân", report, StringComparison.Ordinal);
        Assert.Equal("Mưa lũ, sơ tán dân", Assert.Single(api.EnumerateArray()).GetProperty("reason").GetString());
        Assert.DoesNotContain("Mưa lũ", await elsewhere.GetStringAsync("/bao-cao?ky=thang"), StringComparison.Ordinal);
        Assert.Empty((await elsewhere.GetFromJsonAsync<JsonElement>("/api/v1/publish/emergencies")).EnumerateArray());
    }

    [Fact]
    public async Task Every_file_of_the_report_tells_who_sent_it_when_and_why()
    {
        var id = (await world.Save(SchedulingWorld.Wanted("Lũ quét", Tier.Emergency), SchedulingWorld.Approver)).Value.Id;
        await Publish(id, "Mưa lũ, sơ tán dân");
        var reader = await world.Server.ClientAs(Roles.Editor);
        var elsewhere = await world.Server.ClientAs(Roles.Editor, new AreaScope(false, ["52"], [], []));

        var csv = await reader.GetStringAsync("/bao-cao/khan-cap.csv?ky=thang");
        using var book = SpreadsheetDocument.Open(new MemoryStream(await reader.GetByteArrayAsync("/bao-cao/xuat.xlsx?ky=thang")), false);
        using var draft = WordprocessingDocument.Open(new MemoryStream(await reader.GetByteArrayAsync("/bao-cao/xuat.docx?ky=thang")), false);
        using var other = SpreadsheetDocument.Open(new MemoryStream(await elsewhere.GetByteArrayAsync("/bao-cao/xuat.xlsx?ky=thang")), false);

        Assert.Equal($"Lũ quét (L-{id}),{LocalTime.Exact(world.Clock.GetUtcNow())},Người duyệt mẫu,\"Mưa lũ, sơ tán dân\",1,Chưa có người kết thúc", csv.TrimEnd().Split("\r\n")[1]);
        Assert.Equal("Tin khẩn cấp", book.WorkbookPart!.Workbook.Sheets!.Elements<Sheet>().Last().Name?.Value);
        Assert.Contains("Mưa lũ, sơ tán dân", book.WorkbookPart.WorksheetParts.Last().Worksheet.InnerText, StringComparison.Ordinal);
        Assert.Contains("Mưa lũ, sơ tán dân", draft.MainDocumentPart!.Document.Body!.InnerText, StringComparison.Ordinal);
        Assert.Equal(2, other.WorkbookPart!.WorksheetParts.Count());
        Assert.DoesNotContain("Mưa lũ", await elsewhere.GetStringAsync("/bao-cao/khan-cap.csv?ky=thang"), StringComparison.Ordinal);
    }

    private Task<Outcome<PublishPlan.Done>> Publish(long id, string? reason) =>
        world.Within(s => s.GetRequiredService<PublishPlan>().Handle(new(SchedulingWorld.Approver, [id], reason), default));

    private Task<IReadOnlyList<Emergency>> Book() => world.Within(s => s.GetRequiredService<IEmergencies>().Between(AreaScope.All, DateTimeOffset.MinValue, DateTimeOffset.MaxValue, default));

    public void Dispose() => world.Dispose();
}
