using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using BorderInfo.Contract;
using BorderInfo.Contract.Plans;
using BorderInfo.Server.Identity.Public;
using BorderInfo.Server.Reports;
using BorderInfo.Server.Reports.Export;
using BorderInfo.Tests.Server.Proof;
using BorderInfo.Tests.Server.Support;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using DocumentFormat.OpenXml.Validation;
using static BorderInfo.Tests.Server.Proof.ProofWorld;

namespace BorderInfo.Tests.Server.Reports;

public sealed class ReportTests
{
    private const string Monday = "?from=2026-11-23&to=2026-11-23";

    [Fact]
    public async Task Plays_and_hours_stand_beside_what_should_have_been_on_air()
    {
        await using var world = await Filled();
        var client = await world.Host.ClientAs(Roles.Editor);

        var report = await client.GetFromJsonAsync<JsonElement>($"/api/v1/reports/plays{Monday}");

        var row = report.GetProperty("rows").EnumerateArray().Single(r => r.GetProperty("name").GetString()!.Contains("Hữu Nghị", StringComparison.Ordinal));
        Assert.Equal((3, 0.75), (row.GetProperty("plays").GetInt32(), row.GetProperty("hours").GetDouble()));
        Assert.Equal(900_000, row.GetProperty("air").GetProperty("missed").GetInt64());
        Assert.Equal(0.75, row.GetProperty("air").GetProperty("availability").GetDouble());
    }

    [Fact]
    public async Task What_has_no_words_stands_in_a_row_of_its_own()
    {
        await using var world = await Start();
        await world.Offer(LangSon, Record(1, seconds: 60), Record(2, seconds: 60, language: "zh-Hans", item: 2), Record(3, seconds: 60, language: "zxx", item: 3), Record(4, seconds: 60));
        var client = await world.Host.ClientAs(Roles.Editor);

        var report = await client.GetFromJsonAsync<JsonElement>($"/api/v1/reports/plays{Monday}&groupBy=language");

        Assert.Equal(["Không lời (mọi ngôn ngữ) 1", "Tiếng Trung (giản thể) 1", "Tiếng Việt 2"], report.GetProperty("rows").EnumerateArray().Select(r => $"{r.GetProperty("name")} {r.GetProperty("plays")}").Order(StringComparer.Ordinal));
        Assert.Equal(4, report.GetProperty("total").GetProperty("plays").GetInt32());
        Assert.Contains("reports.note.wordless", report.GetProperty("notes").EnumerateArray().Select(n => n.GetString()));
    }

    [Fact]
    public async Task Themes_and_classes_are_those_of_the_version_that_was_shown()
    {
        await using var world = await Start();
        await world.Known(1, "health");
        await world.Known(2, "weather", BulletinClass.Emergency);
        await world.Offer(LangSon, Record(1, seconds: 60), Record(2, seconds: 60, item: 2), Record(3, seconds: 60, item: 2));
        var client = await world.Host.ClientAs(Roles.Editor);

        var themes = await client.GetFromJsonAsync<JsonElement>($"/api/v1/reports/plays{Monday}&groupBy=theme");
        var urgent = await client.GetFromJsonAsync<JsonElement>($"/api/v1/reports/summary{Monday}&class=Emergency");

        Assert.Equal([("weather", 2), ("health", 1)], themes.GetProperty("rows").EnumerateArray().Select(r => (r.GetProperty("key").GetString()!, r.GetProperty("plays").GetInt32())));
        Assert.Equal(2, urgent.GetProperty("total").GetProperty("plays").GetInt32());
    }

    [Theory]
    [InlineData("class=Urgent", "class", "Emergency")]
    [InlineData("class=Normal,Emergency", "class", "Emergency")]
    [InlineData("cluster=Hữu Nghị", "cluster", "1")]
    [InlineData("groupBy=Day", "groupBy", "Cluster")]
    [InlineData("period=hom-qua", "period", "thang")]
    public async Task A_choice_that_cannot_be_read_is_refused_and_never_the_totals_of_everything(string choice, string field, string allowed)
    {
        await using var world = await Filled();
        var client = await world.Host.ClientAs(Roles.Editor);

        foreach (var path in new[] { "/api/v1/reports/plays", "/api/v1/reports/summary", "/api/v1/plays", "/bao-cao/xuat.csv", "/bao-cao/xuat.docx" })
        {
            var answer = await client.GetAsync($"{path}{Monday}&{choice}");
            var told = await answer.Content.ReadAsStringAsync();

            Assert.False(answer.IsSuccessStatusCode, path);
            Assert.Equal("reports.unreadable-choice", JsonDocument.Parse(told).RootElement.GetProperty("code").GetString());
            Assert.Contains($"“{field}”", JsonDocument.Parse(told).RootElement.GetProperty("title").GetString(), StringComparison.Ordinal);
            Assert.Contains(allowed, JsonDocument.Parse(told).RootElement.GetProperty("title").GetString(), StringComparison.Ordinal);
        }

        foreach (var path in new[] { "/bao-cao", "/bao-cao/luot-phat", "/bao-cao/tin/T-1" })
            Assert.Contains($"“{field}”", WebUtility.HtmlDecode(await client.GetStringAsync($"{path}{Monday}&{choice}")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_choice_that_is_too_long_is_refused_and_not_left_out()
    {
        await using var world = await Filled();
        var client = await world.Host.ClientAs(Roles.Editor);

        var answer = await client.GetAsync($"/api/v1/reports/plays{Monday}&item={new string('T', 101)}");

        Assert.Contains("“item”", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.False(answer.IsSuccessStatusCode);
    }

    [Fact]
    public async Task Somebody_sees_only_their_own_area()
    {
        await using var world = await Filled();
        await world.Offer(GiaLai, Record(1, site: GiaLai, output: new("LED-1")));
        var client = await world.Host.ClientAs(Roles.Monitor, new AreaScope(false, ["52"], [], []));

        var report = await client.GetFromJsonAsync<JsonElement>($"/api/v1/reports/plays{Monday}");
        var plays = await client.GetFromJsonAsync<JsonElement>($"/api/v1/plays{Monday}");
        var foreign = await client.GetFromJsonAsync<JsonElement>($"/api/v1/plays{Monday}&site=LS-0001");
        var day = await client.GetAsync("/bao-cao/diem/LS-0001");
        var csv = await client.GetStringAsync($"/bao-cao/xuat.csv{Monday}");

        Assert.Equal((1, "GL-0001"), (report.GetProperty("total").GetProperty("plays").GetInt32(), Assert.Single(plays.GetProperty("plays").EnumerateArray()).GetProperty("site").GetString()));
        Assert.Equal((0, HttpStatusCode.NotFound), (foreign.GetProperty("plays").GetArrayLength(), day.StatusCode));
        Assert.DoesNotContain("Hữu Nghị", csv, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_records_behind_a_number_come_page_by_page_without_a_gap()
    {
        await using var world = await Start();
        await world.Offer(LangSon, [.. Enumerable.Range(1, 25).Select(n => Record(n, at: Seven.AddSeconds(n / 3), seconds: 1))]);
        var client = await world.Host.ClientAs(Roles.Editor);
        var seen = new List<long>();

        for (var next = ""; next is not null;)
        {
            var page = await client.GetFromJsonAsync<JsonElement>($"/api/v1/plays{Monday}&size=10&after={next}");
            seen.AddRange(page.GetProperty("plays").EnumerateArray().Select(p => p.GetProperty("seq").GetInt64()));
            next = page.GetProperty("next").GetString();
        }

        Assert.Equal(Enumerable.Range(1, 25).Select(n => (long)n).Reverse(), seen);
    }

    [Fact]
    public async Task The_workbook_has_real_numbers_and_days_and_says_what_it_is()
    {
        await using var world = await Filled();
        var client = await world.Host.ClientAs(Roles.Editor);

        var answer = await client.GetAsync($"/bao-cao/xuat.xlsx{Monday}");

        Assert.Equal("bao-cao-20261123-20261123.xlsx", answer.Content.Headers.ContentDisposition?.FileName);
        using var book = SpreadsheetDocument.Open(await answer.Content.ReadAsStreamAsync(), false);
        Assert.Empty(new OpenXmlValidator().Validate(book).Select(e => $"{e.Path?.XPath}: {e.Description}"));
        var sheets = book.WorkbookPart!.WorksheetParts.Select(p => p.Worksheet.Descendants<Row>().Select(r => r.Elements<Cell>().ToArray()).ToArray()).OrderByDescending(s => s.Length).ToArray();
        var texts = sheets[0].SelectMany(r => r).Select(c => c.InlineString?.Text?.Text).ToArray();
        Assert.Contains("Kỳ báo cáo: từ 23/11/2026 đến 23/11/2026", texts);
        Assert.Contains("Lập lúc 23/11/2026 08:00 (giờ Hà Nội)", texts);
        var row = sheets[0].Single(r => r.FirstOrDefault()?.InlineString?.Text?.Text.Contains("Hữu Nghị", StringComparison.Ordinal) == true);
        Assert.Equal(["3", "0.03125", "0.041666666666666664", "0.03125", "0.010416666666666666", "0", "0", "0.75"], row.Skip(1).Select(c => c.CellValue?.Text));
        Assert.All(row.Skip(1), c => Assert.Null(c.DataType));
        Assert.Equal(new DateOnly(2026, 11, 23).ToDateTime(default).ToOADate().ToString(System.Globalization.CultureInfo.InvariantCulture), sheets[1][^2][0].CellValue?.Text);
    }

    [Fact]
    public async Task The_csv_begins_with_a_byte_order_mark_and_reads_back_as_it_was()
    {
        await using var world = await Filled();
        var client = await world.Host.ClientAs(Roles.Editor);

        var bytes = await client.GetByteArrayAsync($"/bao-cao/xuat.csv{Monday}");

        Assert.Equal(Encoding.UTF8.GetPreamble(), bytes[..3]);
        var rows = Parse(Encoding.UTF8.GetString(bytes[3..]));
        Assert.Equal(["Cụm", "Lượt phát", "Giờ phát"], rows[0][..3]);
        Assert.Equal(["3", "0:45:00"], rows.Single(r => r[0].Contains("Hữu Nghị", StringComparison.Ordinal))[1..3]);
        Assert.All(rows, r => Assert.Equal(rows[0].Length, r.Length));
    }

    [Fact]
    public void Csv_keeps_separators_quotes_and_lines_and_disarms_formulas()
    {
        string[] texts = ["a;b", "c,d", "e\"f", "g\nh", "=1+1", "@x", "thường"];

        var csv = Encoding.UTF8.GetString(Csv.Write(new ReportTable("", [new("t", ColumnKind.Text)], [.. texts.Select(t => new object?[] { t })], null, [], []))[3..]);

        Assert.Equal(["t", "a;b", "c,d", "e\"f", "g\nh", "'=1+1", "'@x", "thường"], Parse(csv).Select(r => r[0]));
        Assert.Contains("\"a;b\"", csv, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_draft_has_the_measures_of_the_decree_and_the_annexes()
    {
        await using var world = await Filled();
        var client = await world.Host.ClientAs(Roles.Editor);

        var answer = await client.GetAsync("/bao-cao/xuat.docx?period=ky-nam");

        using var file = WordprocessingDocument.Open(await answer.Content.ReadAsStreamAsync(), false);
        Assert.Empty(new OpenXmlValidator().Validate(file).Select(e => $"{e.Path?.XPath}: {e.Description}"));
        var body = file.MainDocumentPart!.Document.Body!;
        var size = body.Descendants<DocumentFormat.OpenXml.Wordprocessing.PageSize>().Single();
        var margin = body.Descendants<DocumentFormat.OpenXml.Wordprocessing.PageMargin>().Single();
        Assert.Equal((11906u, 16838u, 1134, 1701u, 851u), (size.Width!.Value, size.Height!.Value, margin.Top!.Value, margin.Left!.Value, margin.Right!.Value));
        foreach (var text in new[] { "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "DỰ THẢO", "II. KẾT QUẢ THỰC HIỆN", "Phụ lục 1", "Phụ lục 2", "Phụ lục 3", "Cửa khẩu quốc tế Hữu Nghị" })
            Assert.Contains(text, body.InnerText, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("?period=ky-nam", "Kết quả công tác thông tin đối ngoại năm 2026, phương hướng")]
    [InlineData("?period=hom-nay", "Kết quả công tác thông tin đối ngoại ngày 23/11/2026")]
    [InlineData("?period=thang", "Kết quả công tác thông tin đối ngoại từ ngày 01/11/2026 đến ngày 30/11/2026")]
    public async Task The_draft_is_called_by_its_period(string query, string title)
    {
        await using var world = await Filled();
        var client = await world.Host.ClientAs(Roles.Editor);

        var answer = await client.GetAsync($"/bao-cao/xuat.docx{query}");

        using var file = WordprocessingDocument.Open(await answer.Content.ReadAsStreamAsync(), false);
        var text = file.MainDocumentPart!.Document.Body!.InnerText;
        Assert.Contains(title, text, StringComparison.Ordinal);
        Assert.Contains("3 lượt, 45 phút 0 giây", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_records_say_which_of_them_are_no_plays_and_round_to_the_nearest_second()
    {
        await using var world = await Start();
        await world.Offer(LangSon, Record(1, seconds: 60) with { DurationMs = 1970 }, Record(2, seconds: 60) with { DurationMs = 10_040 }, Record(3, seconds: 60) with { DurationMs = 990 });
        var client = await world.Host.ClientAs(Roles.Monitor);

        var page = WebUtility.HtmlDecode(await client.GetStringAsync("/bao-cao/luot-phat?ky=hom-nay"));

        Assert.Contains("0:02", page, StringComparison.Ordinal);
        Assert.Contains("0:10", page, StringComparison.Ordinal);
        Assert.Single(System.Text.RegularExpressions.Regex.Matches(page, "dưới 1 giây, không tính là lượt phát"));
    }

    [Theory]
    [InlineData("/bao-cao?ky=hom-nay", "0:15:00")]
    [InlineData("/bao-cao?ky=chon&tu=2026-11-23&den=2026-11-23", "Cửa khẩu quốc tế Hữu Nghị")]
    [InlineData("/bao-cao?ky=chon&tu=2026-11-31&den=2026-12-01", "30/11/2026")]
    [InlineData("/bao-cao/luot-phat?ky=chon&tu=2026-11-23&den=2026-11-23", "07:45:00")]
    [InlineData("/bao-cao/tin/T-1", "LED-1.A")]
    [InlineData("/bao-cao/diem/LS-0001?ngay=2026-11-23", "Không phát")]
    public async Task Every_page_shows_its_figures(string url, string text)
    {
        await using var world = await Filled();
        var client = await world.Host.ClientAs(Roles.Monitor);

        var page = WebUtility.HtmlDecode(await client.GetStringAsync(url));

        Assert.Contains(text, page, StringComparison.Ordinal);
        Assert.DoesNotContain("reports.", System.Text.RegularExpressions.Regex.Replace(page, "<[^>]*>", ""), StringComparison.Ordinal);
    }

    private static async Task<ProofWorld> Filled()
    {
        var world = await Start();
        await world.PlanOnAir(LangSon);
        await world.Offer(LangSon, Record(1), Record(2), Record(3, at: Seven.AddMinutes(45)));
        return world;
    }

    /// <summary>A reader of RFC 4180 of its own.</summary>
    private static List<string[]> Parse(string csv)
    {
        var rows = new List<string[]>();
        var row = new List<string>();
        var cell = new StringBuilder();
        var quoted = false;
        for (var i = 0; i < csv.Length; i++)
        {
            if (quoted && csv[i] == '"' && i + 1 < csv.Length && csv[i + 1] == '"')
                cell.Append(csv[++i]);
            else if (csv[i] == '"')
                quoted = !quoted;
            else if (!quoted && csv[i] is ',' or '\r')
                (_, _) = (Push(), 0);
            else if (!quoted && csv[i] == '\n')
            {
                rows.Add([.. row]);
                row.Clear();
            }
            else
                cell.Append(csv[i]);
        }

        return rows;

        int Push()
        {
            row.Add(cell.ToString());
            cell.Clear();
            return 0;
        }
    }
}
