using BorderInfo.Server.Content.Public;
using BorderInfo.Server.Content.Transcode;
using BorderInfo.Server.Identity.Public;

namespace BorderInfo.Server.Content.Items;

/// <summary>Puts a picture, clip or sound into a language of an item (after its upload or as spoken draft), or takes a rendition away.</summary>
/// <remarks>Refuses as <see cref="ItemWorkshop"/> does, and with <c>content.unknown-language</c>, <c>content.rendition-missing</c>, <c>content.speech-…</c>, <c>content.audio-…</c>.</remarks>
internal sealed class SetRendition(ItemWorkshop workshop, ItemRights rights, SpeakDraft speak, IItems items)
{
    public Task<Outcome<ItemVersion>> Put(Actor actor, ItemId id, string language, RenditionKind kind, Master master, bool synthesised, CancellationToken stop) =>
        workshop.Change(actor, id, null, "item.media", row => Place(row, language, kind, master, synthesised), stop);

    public Task<Outcome<ItemVersion>> Remove(Actor actor, ItemId id, string language, RenditionKind kind, CancellationToken stop) =>
        workshop.Change(actor, id, null, "item.rendition-remove", row => row.Renditions.RemoveAll(r => r.Language == language && r.Kind == kind) == 0 ? new("content.rendition-missing", language) : null, stop);

    /// <summary>The editor presses “Tạo giọng đọc nháp”.</summary>
    public async Task<Outcome<ItemVersion>> Speak(Actor actor, ItemId id, string language, CancellationToken stop)
    {
        var newest = (await items.Versions(id, stop)).FirstOrDefault();
        if (newest is null || !rights.MayRead(actor, newest.ProvinceCode))
            return new Refusal("content.not-found", id.Value);
        if (!actor.Is(Roles.Editor))
            return new Refusal("content.no-right");
        if (newest.Renditions.FirstOrDefault(r => r.Language == language && r.Kind == RenditionKind.Text)?.Text is not { } text)
            return new Refusal("content.rendition-missing", ContentLanguage.ShownOf(language));
        return (await speak.Say(language, text, stop)).Is(out var master, out var why)
            ? await Put(actor, id, language, RenditionKind.Audio, master, synthesised: true, stop)
            : why;
    }

    internal static Refusal? Place(ItemVersionRow row, string language, RenditionKind kind, Master master, bool synthesised)
    {
        if (language != ContentLanguage.Wordless && ContentLanguage.Of(language) is null)
            return new("content.unknown-language", language);
        row.Renditions.RemoveAll(r => r.Language == language && r.Kind == kind);
        row.Renditions.Add(new()
        {
            Language = language,
            Kind = kind,
            Media = master.Hash.Value,
            MediaType = master.MediaType,
            DurationMs = kind == RenditionKind.Image ? ContentLimits.ImageMs : master.DurationMs,
            Synthesised = synthesised,
        });
        return ChangeItem.TooMany(row);
    }
}
