using System.Globalization;

namespace BorderInfo.Server.Content.Public;

/// <summary>What stands below the author's words on the slides of a notice.</summary>
/// <param name="Whole">Lines that are drawn together on one page.</param>
/// <param name="Apart">The same where one page cannot hold them: each line of windows with the label of its own, so that no time stands without it.</param>
public sealed record NoticeLines(string Whole, string Apart);

/// <summary>Pure: the windows of a notice by day, the label of their time zone and what it replaces, in the language of a slide.</summary>
/// <remarks>
/// Laos, Cambodia and Thailand have the time of Hà Nội; Beijing is an hour ahead, which is said in Chinese. A language without words here gets figures alone, which everybody reads.
/// Days are printed without a year: a notice spans 60 days at most.
/// </remarks>
public static class NoticeText
{
    /// <param name="Day">{0} day, {1} month, {2} name of the month.</param>
    /// <param name="Zone">What the label says.</param>
    /// <param name="Next">{0} = an end on the next day.</param>
    /// <param name="Number">{0} = number of the replaced notice.</param>
    private sealed record Words(string Day, string Colon, string Comma, string Zone, string Next, string Number, string Earlier, params string[] Months);

    private static readonly Words Figures = new("{0}/{1}", ": ", ", ", "UTC+7", "{0} (+1)", "", "");

    private static readonly Dictionary<string, Words> ByLanguage = new()
    {
        ["vi"] = new("Ngày {0}/{1}", ": ", ", ", "giờ Hà Nội (UTC+7)", "{0} hôm sau", "Thay thông báo số {0}", "Thay thông báo trước"),
        ["zh-Hans"] = new("{1}月{0}日", " ", "、", "河内时间（UTC+7，比北京时间晚1小时）", "次日{0}", "取代{0}号通告", "取代此前的通告"),
        ["zh-Hant"] = new("{1}月{0}日", " ", "、", "河內時間（UTC+7，比北京時間晚1小時）", "次日{0}", "取代{0}號通告", "取代先前的通告"),
        ["en"] = new("{0} {2}", ": ", ", ", "Hà Nội time (UTC+7)", "{0} the next day", "Replaces notice No. {0}", "Replaces the earlier notice", "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"),
        ["fr"] = new("{0} {2}", " : ", ", ", "heure de Hanoï (UTC+7)", "{0} le lendemain", "Remplace l’avis n° {0}", "Remplace l’avis précédent", "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre"),
        ["ru"] = new("{0} {2}", ": ", ", ", "время ханойское (UTC+7)", "{0} следующего дня", "Взамен объявления № {0}", "Взамен прежнего объявления", "января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа", "сентября", "октября", "ноября", "декабря"),
        ["lo"] = new("ວັນທີ {0}/{1}", ": ", ", ", "ໂມງຮ່າໂນ້ຍ (UTC+7)", "{0} ມື້ຕໍ່ໄປ", "ແທນແຈ້ງການເລກທີ {0}", "ແທນແຈ້ງການສະບັບກ່ອນ"),
        ["km"] = new("ថ្ងៃទី {0}/{1}", ": ", ", ", "ម៉ោងហាណូយ (UTC+7)", "{0} ថ្ងៃបន្ទាប់", "ជំនួសសេចក្តីជូនដំណឹងលេខ {0}", "ជំនួសសេចក្តីជូនដំណឹងមុន"),
        ["th"] = new("วันที่ {0}/{1}", ": ", ", ", "เวลาฮานอย (UTC+7)", "{0} วันถัดไป", "แทนประกาศเลขที่ {0}", "แทนประกาศฉบับก่อน"),
    };

    public static NoticeLines Of(Notice notice, string language)
    {
        var words = Find(language);
        string[] days = [.. notice.Windows.GroupBy(w => w.Day).OrderBy(g => g.Key).Select(g => Day(words, g.Key) + words.Colon + string.Join(words.Comma, g.OrderBy(w => w.From).Select(w => Window(words, w))))];
        string[] replaces = notice.Replaces is null || words.Earlier.Length == 0 ? [] : [notice.ReplacedNumber.Length > 0 ? Say(words.Number, notice.ReplacedNumber) : words.Earlier];
        var label = words == Figures ? $" ({words.Zone})" : $" · {words.Zone}";
        string[] labelled = [.. days.Select(d => d + label)];
        string[] whole = days.Length == 1 ? labelled : [.. days, words == Figures ? $"({words.Zone})" : Upper(words.Zone)];
        return new(string.Join('\n', [.. whole, .. replaces]), string.Join('\n', [.. labelled, .. replaces]));
    }

    private static string Window(Words words, NoticeWindow w)
    {
        var end = w.To == TimeOnly.MinValue ? "24:00" : w.To.ToString("HH:mm", CultureInfo.InvariantCulture);
        return w.From.ToString("HH:mm", CultureInfo.InvariantCulture) + "–" + (w.To <= w.From && w.To != TimeOnly.MinValue ? Say(words.Next, end) : end);
    }

    /// <summary>The first of a month is “1er” in French.</summary>
    private static string Day(Words words, DateOnly day) => string.Format(CultureInfo.InvariantCulture, words.Day, day.Day == 1 && words.Months.Contains("janvier") ? "1er" : $"{day.Day}", day.Month, words.Months.ElementAtOrDefault(day.Month - 1));

    private static string Say(string format, string with) => string.Format(CultureInfo.InvariantCulture, format, with);

    private static string Upper(string zone) => char.ToUpperInvariant(zone[0]) + zone[1..];

    /// <summary>A narrower tag (<c>lo-LA</c>) is written as the language it narrows.</summary>
    private static Words Find(string tag) =>
        ByLanguage.TryGetValue(tag, out var words) ? words : ByLanguage.Where(l => tag.StartsWith(l.Key + "-", StringComparison.Ordinal)).Select(l => l.Value).FirstOrDefault(Figures);
}
