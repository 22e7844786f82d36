using BorderInfo.Server.Content.Public;
using BorderInfo.Contract.Plans;
using BorderInfo.Server.Content.Notices;

namespace BorderInfo.Server.Content.Items;

/// <summary>The words of an item in one language. An empty text takes the language's text away.</summary>
public sealed record TextField(string Language, string Text, bool Headline = false);

/// <summary>What an editor fills in.</summary>
/// <param name="ValidUntil">First instant at which it may no longer be shown. Of a notice it is the end of its last window, whatever stands here.</param>
/// <param name="Look">1–3.</param>
/// <param name="Note">What changed, for the approver; may be empty.</param>
/// <param name="Notice">Null = an ordinary item, or no longer a notice.</param>
public sealed record ItemFields(string Title, string Theme, BulletinClass Class, int Look, DateTimeOffset ValidFrom, DateTimeOffset ValidUntil, string Note, IReadOnlyList<TextField> Texts, NoticeFields? Notice = null)
{
    /// <summary>Pure: everything normalised, or the first thing that is wrong, with its field.</summary>
    public static Outcome<ItemFields> Checked(ItemFields raw)
    {
        var title = Script.Normal(raw.Title).ReplaceLineEndings(" ");
        var texts = raw.Texts.Select(t => t with { Text = Script.Normal(t.Text) }).ToArray();
        if (title.Length == 0)
            return new Refusal("content.title-missing") { Field = "title" };
        if (TooLong(title, ContentLimits.TitleCharacters))
            return new Refusal("content.title-too-long", $"{ContentLimits.TitleCharacters}", $"{Script.Length(title)}") { Field = "title" };
        if (!Themes.All.Contains(raw.Theme))
            return new Refusal("content.theme-missing") { Field = "theme" };
        if (raw.Look is < 1 or > 3 || !Enum.IsDefined(raw.Class))
            return new Refusal("content.look-unknown") { Field = "look" };
        if (raw.ValidUntil <= raw.ValidFrom)
            return new Refusal("content.validity-reversed") { Field = "validUntil" };
        if (Script.OldEncoding(title) is { } old)
            return new Refusal("content.old-encoding", old) { Field = "title" };
        return texts.Select(Wrong).FirstOrDefault(w => w is not null) ?? (Outcome<ItemFields>)(raw with { Title = title, Note = Shortened(Script.Normal(raw.Note)), Texts = texts });
    }

    private static Refusal? Wrong(TextField text)
    {
        var field = "text-" + text.Language;
        if (ContentLanguage.Of(text.Language) is not { } language)
            return new("content.unknown-language", text.Language) { Field = field };
        if (TooLong(text.Text, ContentLimits.TextCharacters))
            return new("content.text-too-long", language.Shown, $"{ContentLimits.TextCharacters}", $"{Script.Length(text.Text)}") { Field = field };
        return text.Language == "vi" && Script.OldEncoding(text.Text) is { } old ? new("content.old-encoding", old) { Field = field } : null;
    }

    /// <summary>One shown character may be built of several; of a hundred marks on one letter it is no writing.</summary>
    private static bool TooLong(string text, int most) => Script.Length(text) > most || text.Length > most * 8;

    private static string Shortened(string note) => note.Length <= 500 ? note : note[..500];
}
