using System.Globalization;
using BorderInfo.Contract;
using BorderInfo.Server.Content.Public;

namespace BorderInfo.Server.Content.Notices;

/// <summary>The fold “Thông báo” of the editor's form as typed: texts that may be wrong, so that a refused form comes back as it was.</summary>
public sealed class NoticeDraft
{
    /// <summary>“Đây là thông báo có khung giờ” is ticked.</summary>
    public bool On { get; set; }

    public string Number { get; set; } = "";

    /// <summary>At least one, so that there is a row to type into.</summary>
    public List<NoticeTimes> Windows { get; private set; } = [new("", "", "")];

    public bool OnlyThen { get; set; }

    public string Lead { get; set; } = "0";

    /// <summary>Item id; "" = none.</summary>
    public string Replaces { get; set; } = "";

    public static NoticeDraft Of(Notice? notice) => notice is null ? new() : new()
    {
        On = true,
        Number = notice.Number,
        Windows = [.. notice.Windows.Select(w => new NoticeTimes(Iso(w.Day, "yyyy-MM-dd"), Iso(w.From, "HH:mm"), Iso(w.To, "HH:mm")))],
        OnlyThen = notice.OnlyThen,
        Lead = notice.LeadMinutes.ToString(CultureInfo.InvariantCulture),
        Replaces = notice.Replaces?.Value ?? "",
    };

    public static NoticeDraft Read(IFormCollection form)
    {
        var (days, starts, ends) = (form["noticeDay"], form["noticeFrom"], form["noticeTo"]);
        var draft = new NoticeDraft
        {
            On = form.ContainsKey("notice"),
            Number = form["noticeNumber"].ToString(),
            Windows = [.. Enumerable.Range(0, Math.Min(days.Count, Math.Min(starts.Count, ends.Count))).Take(NoticeFields.MostWindows + 1).Select(n => new NoticeTimes(days[n] ?? "", starts[n] ?? "", ends[n] ?? ""))],
            OnlyThen = form.ContainsKey("noticeOnlyThen"),
            Lead = form["noticeLead"].ToString(),
            Replaces = form["noticeReplaces"].ToString(),
        };
        draft.Act(form["act"].ToString());
        if (draft.Windows.Count == 0)
            draft.Windows.Add(new("", "", ""));
        return draft;
    }

    /// <summary>Null = an ordinary item. Rows in which nothing was typed are left out; a lead that is no number is refused as out of range.</summary>
    public NoticeFields? Typed() => On
        ? new(Number, [.. Windows.Where(w => (w.Day + w.From + w.To).Trim().Length > 0)], OnlyThen, Lead.Trim().Length == 0 ? 0 : int.TryParse(Lead, NumberStyles.None, CultureInfo.InvariantCulture, out var lead) ? lead : -1, Replaces)
        : null;

    /// <summary>The small buttons: a row more, a row less. A new row begins with the day of the last.</summary>
    private void Act(string act)
    {
        if (act == "notice-add" && Windows.Count < NoticeFields.MostWindows)
            Windows.Add(new(Windows.LastOrDefault()?.Day ?? "", "", ""));
        else if (act.StartsWith("notice-remove:", StringComparison.Ordinal) && int.TryParse(act.AsSpan(14), NumberStyles.None, CultureInfo.InvariantCulture, out var n) && n < Windows.Count)
            Windows.RemoveAt(n);
        On |= act.StartsWith("notice-", StringComparison.Ordinal);
    }

    private static string Iso(IFormattable value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
