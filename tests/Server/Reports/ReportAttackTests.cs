using System.Net;
using System.Net.Http.Json;
using BorderInfo.Server.Identity.Public;
using BorderInfo.Server.Proof;
using BorderInfo.Tests.Server.Support;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Validation;
using static BorderInfo.Tests.Server.Proof.ProofWorld;

namespace BorderInfo.Tests.Server.Reports;

/// <summary>Attempts on reports and their files: names that no XML may carry, formulas, days at the ends of the calendar, tokens with less right than is asked for.</summary>
public sealed class ReportAttackTests
{
    private const string Monday = "?from=2026-11-23&to=2026-11-23";

    [Theory]
    [InlineData("=HYPERLINK(\"http://la\")\u0001\u000b")]
    [InlineData("Cụm\ud83d\ude00 \uffff\ufffe lạ")]
    [InlineData("\u0007@SUM(1+1)")]
    public async Task A_name_that_no_file_may_carry_keeps_nobody_from_the_report(string name)
    {
        await using var world = await Start();
        await world.WithDb(db =>
        {
            db.Add(new PlayItemRow { Item = "T-0001", Version = 1, Title = name, Theme = "", Class = BorderInfo.Contract.Plans.BulletinClass.Normal });
            return db.SaveChangesAsync();
        });
        await world.Offer(LangSon, Record(1, seconds: 60));
        var technician = (await world.Host.ClientAs(Roles.Technician)).AsScript();
        var made = await technician.PutAsJsonAsync("/api/v1/clusters/1", new { name, kind = "gate", provinceCode = "20", communeCode = "06184", lat = 21.97, lon = 106.71, tags = new[] { "mẫu" }, owner = "", @operator = "", monitoredBy = "" });
        var reader = await world.Host.ClientAs(Roles.Monitor);

        var answers = new List<(string What, HttpStatusCode Status)> { ("saved", made.StatusCode) };
        foreach (var file in new[] { "xlsx", "csv", "docx" })
        {
            foreach (var group in new[] { "cluster", "item" })
            {
                var answer = await reader.GetAsync($"/bao-cao/xuat.{file}{Monday}&groupBy={group}");
                answers.Add(($"{file} {group}", answer.StatusCode));
                if (answer.IsSuccessStatusCode && file == "csv")
                    Assert.DoesNotContain((await answer.Content.ReadAsStringAsync()).Split(["\r\n", ","], default), c => c.TrimStart('"', ' ').TrimStart('\u0001', '\u0007') is ['=' or '@', ..]);
                if (answer.IsSuccessStatusCode && file == "xlsx")
                {
                    using var book = SpreadsheetDocument.Open(await answer.Content.ReadAsStreamAsync(), false);
                    Assert.Empty(new OpenXmlValidator().Validate(book).Select(e => $"{e.Path?.XPath}: {e.Description}"));
                }
            }
        }

        Assert.All(answers, a => Assert.True(a.Status == HttpStatusCode.OK, $"{a.What}: {a.Status}"));
    }

    [Theory]
    [InlineData("/api/v1/plays?from=0001-01-01&to=0001-01-02")]
    [InlineData("/api/v1/plays?from=9999-12-30&to=9999-12-31")]
    [InlineData("/api/v1/reports/plays?from=0001-01-01&to=0001-01-01")]
    [InlineData("/api/v1/reports/plays?from=9999-12-31&to=9999-12-31&cutOff=9999-12-31")]
    [InlineData("/api/v1/reports/summary?from=0001-01-01&to=9999-12-31")]
    [InlineData("/bao-cao/xuat.docx?from=0001-01-01&to=0001-01-01")]
    [InlineData("/bao-cao/xuat.xlsx?from=9999-12-31&to=9999-12-31")]
    [InlineData("/bao-cao/luot-phat?tu=0001-01-01&den=0001-01-01")]
    [InlineData("/bao-cao?tu=0001-01-01&den=0001-01-01")]
    [InlineData("/bao-cao/diem/LS-0001?ngay=0001-01-01")]
    [InlineData("/bao-cao/diem/LS-0001?ngay=9999-12-31")]
    [InlineData("/bao-cao/tin/T-0001?tu=0001-01-01&den=0001-01-01")]
    [InlineData("/api/v1/publish/emergencies?from=0001-01-01T00:00:00Z&to=9999-12-31T23:59:59Z")]
    [InlineData("/api/v1/audit?day=0001-01-01")]
    [InlineData("/api/v1/audit?day=9999-12-31")]
    [InlineData("/nhat-ky?ngay=0001-01-01")]
    [InlineData("/lich/su-kien?start=0001-01-01&end=0001-01-02")]
    [InlineData("/lich/su-kien?start=9999-12-30&end=9999-12-31")]
    [InlineData("/lich?ngay=0001-01-01")]
    [InlineData("/api/v1/schedules/1/days?from=0001-01-01&to=9999-12-31")]
    [InlineData("/api/v1/geo/provinces?on=0001-01-01")]
    public async Task Days_at_the_ends_of_the_calendar_break_nothing(string url)
    {
        await using var world = await Start();
        var client = await world.Host.ClientAs([Roles.Administrator, Roles.Editor]);

        var answer = await client.GetAsync(url);

        Assert.True((int)answer.StatusCode < 500, $"{url}: {answer.StatusCode}");
    }

    [Fact]
    public async Task A_token_reads_no_more_than_its_owner_may_in_any_file_and_loses_it_with_him()
    {
        await using var world = await Start();
        await world.Offer(LangSon, Record(1, seconds: 60));
        var (owner, actor) = await world.Host.UserWithClient([Roles.Monitor], new AreaScope(false, ["52"], [], []));
        var made = await owner.AsScript().PostAsJsonAsync("/api/v1/tokens", new { name = "xuất", days = 3 });
        var program = world.Host.CreateDefaultClient();
        program.DefaultRequestHeaders.Authorization = new("Bearer", (await made.Content.ReadFromJsonAsync<System.Text.Json.JsonElement>()).GetProperty("token").GetString());
        string[] asked = [$"reports/plays{Monday}", $"reports/plays.csv{Monday}&site=LS-0001", $"reports/plays.csv{Monday}&province=20&groupBy=item", $"reports/summary{Monday}&cluster=1", $"plays{Monday}&site=LS-0001"];

        var told = string.Concat(await Task.WhenAll(asked.Select(a => program.GetStringAsync("/api/v1/" + a))));
        var docx = await program.GetAsync($"/api/v1/reports/half-year.docx{Monday}&province=20");
        using var file = WordprocessingDocument.Open(await docx.Content.ReadAsStreamAsync(), false);
        await (await world.Host.ClientAs(Roles.Administrator)).PostForm($"/nguoi-dung/{actor.UserId}/khoa");
        var after = await program.GetAsync("/api/v1/reports/plays");

        Assert.DoesNotContain("Hữu Nghị", told + file.MainDocumentPart!.Document.Body!.InnerText, StringComparison.Ordinal);
        Assert.DoesNotContain("T-0001", told, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Unauthorized, after.StatusCode);
    }

    [Theory]
    [InlineData("/api/v1/me")]
    [InlineData("/api/v1/reports/plays")]
    [InlineData("/bao-cao/xuat.csv")]
    [InlineData("/bao-cao/xuat.xlsx")]
    [InlineData("/bao-cao/xuat.docx")]
    [InlineData("/lich/su-kien?start=2026-11-23&end=2026-11-24")]
    [InlineData("/api/v1/khong-co")]
    [InlineData("/bao-cao")]
    public async Task Nothing_private_is_kept_by_a_browser_or_on_the_way(string url)
    {
        using var server = new ServerUnderTest();

        var answer = await (await server.ClientAs(Roles.Editor)).GetAsync(url);

        Assert.True(answer.Headers.CacheControl?.NoStore, $"{url}: {answer.StatusCode} {answer.Headers.CacheControl}");
    }
}
