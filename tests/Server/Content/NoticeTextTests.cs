using BorderInfo.Contract;
using BorderInfo.Contract.Plans;
using BorderInfo.Server.Content.Public;
using BorderInfo.Server.Content.Slides;

namespace BorderInfo.Tests.Server.Content;

/// <summary>What is printed below the words of a notice, and that it is really drawn.</summary>
public sealed class NoticeTextTests(RealBrowser real) : IClassFixture<RealBrowser>
{
    private static readonly DateOnly Day = new(2026, 4, 14);

    private static readonly Notice Real = new("15/TB-BQL", [new(Day, new(7, 0), new(10, 0)), new(Day, new(15, 30), new(17, 30)), new(Day.AddDays(1), new(8, 0), new(9, 0))], false, 0, new ItemId(12)) { ReplacedNumber = "12/TB-BQL" };

    [Theory]
    [InlineData("vi", "Ngày 14/4: 07:00–10:00, 15:30–17:30|Ngày 15/4: 08:00–09:00|Giờ Hà Nội (UTC+7)|Thay thông báo số 12/TB-BQL")]
    [InlineData("zh-Hans", "4月14日 07:00–10:00、15:30–17:30|4月15日 08:00–09:00|河内时间（UTC+7，比北京时间晚1小时）|取代12/TB-BQL号通告")]
    [InlineData("zh-Hant", "4月14日 07:00–10:00、15:30–17:30|4月15日 08:00–09:00|河內時間（UTC+7，比北京時間晚1小時）|取代12/TB-BQL號通告")]
    [InlineData("en", "14 April: 07:00–10:00, 15:30–17:30|15 April: 08:00–09:00|Hà Nội time (UTC+7)|Replaces notice No. 12/TB-BQL")]
    [InlineData("fr", "14 avril : 07:00–10:00, 15:30–17:30|15 avril : 08:00–09:00|Heure de Hanoï (UTC+7)|Remplace l’avis n° 12/TB-BQL")]
    [InlineData("ru", "14 апреля: 07:00–10:00, 15:30–17:30|15 апреля: 08:00–09:00|Время ханойское (UTC+7)|Взамен объявления № 12/TB-BQL")]
    [InlineData("lo", "ວັນທີ 14/4: 07:00–10:00, 15:30–17:30|ວັນທີ 15/4: 08:00–09:00|ໂມງຮ່າໂນ້ຍ (UTC+7)|ແທນແຈ້ງການເລກທີ 12/TB-BQL")]
    [InlineData("km", "ថ្ងៃទី 14/4: 07:00–10:00, 15:30–17:30|ថ្ងៃទី 15/4: 08:00–09:00|ម៉ោងហាណូយ (UTC+7)|ជំនួសសេចក្តីជូនដំណឹងលេខ 12/TB-BQL")]
    [InlineData("th", "วันที่ 14/4: 07:00–10:00, 15:30–17:30|วันที่ 15/4: 08:00–09:00|เวลาฮานอย (UTC+7)|แทนประกาศเลขที่ 12/TB-BQL")]
    [InlineData("lo-LA", "ວັນທີ 14/4: 07:00–10:00, 15:30–17:30|ວັນທີ 15/4: 08:00–09:00|ໂມງຮ່າໂນ້ຍ (UTC+7)|ແທນແຈ້ງການເລກທີ 12/TB-BQL")]
    [InlineData("jra", "14/4: 07:00–10:00, 15:30–17:30|15/4: 08:00–09:00|(UTC+7)")]
    public void The_windows_their_zone_and_what_is_replaced_are_said_in_the_language_of_the_slide(string language, string lines) =>
        Assert.Equal(lines.Split('|'), NoticeText.Of(Real, language).Whole.Split('\n'));

    [Theory]
    [InlineData("vi", "Ngày 14/4: 07:00–10:00, 15:30–17:30 · giờ Hà Nội (UTC+7)|Ngày 15/4: 08:00–09:00 · giờ Hà Nội (UTC+7)|Thay thông báo số 12/TB-BQL")]
    [InlineData("zh-Hans", "4月14日 07:00–10:00、15:30–17:30 · 河内时间（UTC+7，比北京时间晚1小时）|4月15日 08:00–09:00 · 河内时间（UTC+7，比北京时间晚1小时）|取代12/TB-BQL号通告")]
    [InlineData("jra", "14/4: 07:00–10:00, 15:30–17:30 (UTC+7)|15/4: 08:00–09:00 (UTC+7)")]
    public void Lines_that_have_to_be_parted_carry_their_zone_each(string language, string lines) =>
        Assert.Equal(lines.Split('|'), NoticeText.Of(Real, language).Apart.Split('\n'));

    [Theory]
    [InlineData("vi", "22:00", "02:00", "Ngày 1/5: 22:00–02:00 hôm sau · giờ Hà Nội (UTC+7)")]
    [InlineData("vi", "00:00", "00:00", "Ngày 1/5: 00:00–24:00 · giờ Hà Nội (UTC+7)")]
    [InlineData("en", "20:00", "00:00", "1 May: 20:00–24:00 · Hà Nội time (UTC+7)")]
    [InlineData("fr", "22:00", "02:00", "1er mai : 22:00–02:00 le lendemain · heure de Hanoï (UTC+7)")]
    [InlineData("zh-Hans", "22:00", "02:00", "5月1日 22:00–次日02:00 · 河内时间（UTC+7，比北京时间晚1小时）")]
    [InlineData("bru", "22:00", "02:00", "1/5: 22:00–02:00 (+1) (UTC+7)")]
    public void A_single_day_stands_on_one_line_and_an_end_on_the_next_day_is_said(string language, string from, string to, string line)
    {
        var notice = new Notice("", [new(new(2026, 5, 1), TimeOnly.Parse(from), TimeOnly.Parse(to))], false, 0, null);

        Assert.Equal(line, NoticeText.Of(notice, language).Whole);
    }

    [Theory]
    [InlineData("vi", "Thay thông báo trước")]
    [InlineData("en", "Replaces the earlier notice")]
    public void A_replaced_notice_without_a_number_is_the_earlier_one(string language, string line) =>
        Assert.Equal(line, NoticeText.Of(Real with { ReplacedNumber = "" }, language).Whole.Split('\n')[^1]);

    [Theory]
    [InlineData("vi")]
    [InlineData("zh-Hans")]
    [InlineData("zh-Hant")]
    [InlineData("en")]
    [InlineData("fr")]
    [InlineData("ru")]
    [InlineData("lo")]
    [InlineData("km")]
    [InlineData("th")]
    [InlineData("jra")]
    public async Task The_lines_are_drawn_with_the_fonts_of_the_language(string language)
    {
        var slide = new Slide(Samples.ByLanguage.GetValueOrDefault(language, "Jrai"), language, BulletinClass.Normal, 1, Headline: true, NoticeText.Of(Real, language));

        var with = (await real.Renderer.Draw(slide, 640, 320, default)).Value;
        var without = (await real.Renderer.Draw(slide with { Below = null }, 640, 320, default)).Value;

        Keep(with, $"notice-{language}");
        Assert.Contains(with, p => p.Text.Contains("07:00–10:00", StringComparison.Ordinal));
        Assert.NotEqual(without[^1].Png, with[^1].Png);
    }

    [Theory]
    [InlineData(192, 96)]
    [InlineData(320, 160)]
    [InlineData(960, 540)]
    public async Task A_page_that_has_the_hours_has_their_zone_too(int width, int height)
    {
        var words = string.Concat(Enumerable.Repeat("Người và phương tiện qua lại cửa khẩu phải xuất trình giấy tờ hợp lệ. ", 7)).Trim();

        var pages = (await real.Renderer.Draw(new(words, "vi", BulletinClass.Normal, 1, false, NoticeText.Of(Real, "vi")), width, height, default)).Value;

        Keep(pages, $"notice-long-{width}");
        var hours = Assert.Single(pages, p => p.Text.Contains("07:00–10:00", StringComparison.Ordinal));
        Assert.EndsWith(NoticeText.Of(Real, "vi").Whole, hours.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Hours_that_no_page_can_hold_are_parted_line_by_line_each_with_its_zone()
    {
        var many = Real with { Windows = [.. Enumerable.Range(0, 24).Select(n => new NoticeWindow(Day.AddDays(n * 2), new(7, 0), new(10, 0)))], Replaces = null };

        var pages = (await real.Renderer.Draw(new("Tạm dừng.", "vi", BulletinClass.Normal, 1, false, NoticeText.Of(many, "vi")), 192, 96, default)).Value;

        Keep(pages, "notice-many");
        Assert.True(pages.Count > 1);
        var lines = pages.SelectMany(p => p.Text.Split('\n')).Where(l => l.Contains("07:00", StringComparison.Ordinal)).ToArray();
        Assert.Equal(24, lines.Length);
        Assert.All(lines, l => Assert.EndsWith("giờ Hà Nội (UTC+7)", l, StringComparison.Ordinal));
    }

    private static void Keep(IReadOnlyList<SlidePage> pages, string name)
    {
        for (var n = 0; Environment.GetEnvironmentVariable("BORDERINFO_SLIDES") is { } folder && n < pages.Count; n++)
            File.WriteAllBytes(Path.Combine(Directory.CreateDirectory(folder).FullName, $"{name}-{n + 1}.png"), pages[n].Png);
    }
}
