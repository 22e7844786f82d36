using BorderInfo.Contract.Plans;
using BorderInfo.Server.Fleet.Public;

namespace BorderInfo.Server.Content.Public;

/// <summary>Where a version of an item stands.</summary>
public enum ItemState
{
    Draft,
    Submitted,
    Returned,
    Approved,
    Withdrawn,

    /// <summary>A newer version was approved, or a notice that replaces it.</summary>
    Replaced,
}

public enum RenditionKind
{
    Text,
    Image,
    Video,
    Audio,
}

/// <param name="Kind">Text and image for screens; video; audio for speakers.</param>
/// <param name="Synthesised">Spoken by a program, to be heard by the approver.</param>
/// <param name="Headline">The first line of the text is shown as a headline on every page.</param>
public sealed record RenditionView(string Language, RenditionKind Kind, string? Text, MediaHash? Media, int DurationMs, bool Synthesised, bool Headline = false);

/// <summary>One version of an item.</summary>
/// <param name="Look">1–3, which colour scheme of its class.</param>
/// <param name="Authors">User ids of everybody who changed this version or one it was made from since the last approval.</param>
public sealed record ItemVersion(ItemId Id, int Version, string Title, string Theme, BulletinClass Class, DateTimeOffset ValidFrom, DateTimeOffset ValidUntil, ItemState State, IReadOnlyList<long> Authors, string ProvinceCode, IReadOnlyList<RenditionView> Renditions, DateTimeOffset ChangedAt, int Look = 1)
{
    /// <summary>Null = an ordinary item.</summary>
    public Notice? Notice { get; init; }

    /// <summary>The notice that took the item's place; it is shown no more, whatever its state.</summary>
    public ItemId? ReplacedBy { get; init; }
}

/// <summary>Items as the slices below read them. <c>ProvinceCode</c> is the owner's area ("" = whole country).</summary>
public interface IItems
{
    /// <summary>Newest version of each item.</summary>
    Task<IReadOnlyList<ItemVersion>> Newest(CancellationToken stop);

    Task<ItemVersion?> Version(ItemId id, int version, CancellationToken stop);

    Task<IReadOnlyList<ItemVersion>> Versions(ItemId id, CancellationToken stop);

    /// <summary>Changes the state inside the caller's transaction; only Approval calls it.</summary>
    Task SetState(Platform.Database.BorderInfoDb db, ItemId id, int version, ItemState state, CancellationToken stop);
}

/// <summary>Files ready for outputs.</summary>
public sealed record ReadyParts(IReadOnlyList<PlanPart> Parts, IReadOnlyList<PlanFile> Files);

/// <summary>Makes and keeps the pages, clips and speech of an item version for the exact outputs that will show it.</summary>
public interface IParts
{
    /// <summary>
    /// Parts for every output of the list that can carry the item (screens: text, image, video; speakers: audio) in that output's languages.
    /// Makes what is missing (rendering, transcoding) and keeps it by profile, so the second call is quick. An output without a fitting rendition gets no part.
    /// Must not be called inside an open write transaction: it writes what it made over a connection of its own.
    /// Refuses with <c>content.does-not-fit</c> (output, language), <c>content.glyph-missing</c>, <c>content.media-missing</c>.
    /// </summary>
    Task<Outcome<ReadyParts>> For(ItemVersion item, IReadOnlyList<ClusterOutput> outputs, CancellationToken stop);

    /// <summary>
    /// Languages an output needs (its required ones, else all) that the item lacks for its kind without a stand-in; empty = complete. <c>zxx</c> fits all. An item that has nothing for the ear
    /// is not meant for speakers and misses nothing there, and likewise for screens; an item without any rendition misses everything.
    /// </summary>
    IReadOnlyList<string> Missing(ItemVersion item, ClusterOutput output);
}

/// <summary>The files by SHA-256.</summary>
public interface IContentStore
{
    string PathOf(MediaHash hash);

    bool Has(MediaHash hash);
}
