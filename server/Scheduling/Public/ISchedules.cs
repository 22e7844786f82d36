using System.Text.Json;
using BorderInfo.Contract.Plans;
using BorderInfo.Server.Identity.Public;
using BorderInfo.Server.Platform.Database;
using BorderInfo.Server.Platform.Pages;

namespace BorderInfo.Server.Scheduling.Public;

/// <summary>Where a schedule stands, in the editor's words.</summary>
public enum ScheduleStanding
{
    /// <summary>Never published.</summary>
    Draft,

    /// <summary>On its way or on air as it reads.</summary>
    Published,

    /// <summary>Published, and changed since: the sites still play the published revision.</summary>
    Changed,

    /// <summary>Taken off the air by a person.</summary>
    Stopped,

    /// <summary>Offered to communes (đề nghị phát): not published itself, and not changed, while the offer stands.</summary>
    Offered,
}

/// <summary>A schedule with its newest and its published revision.</summary>
/// <param name="Area">Where the newest revision may be shown: targets by tag, gate class or sector are cut to it.</param>
/// <param name="Revision">Number of the newest revision, from 1.</param>
/// <param name="PublishedAt">Since when what is published counts: see <see cref="CountsSince"/>.</param>
public sealed record ScheduleStand(ScheduleView Newest, ScheduleView? Published, ScheduleStanding Standing, AreaScope Area, int Revision, DateTimeOffset? PublishedAt, long CreatedBy)
{
    public long Id => Newest.Id;

    /// <summary>Where the published revision is shown. Frozen with it: what anybody saves afterwards changes nothing on air.</summary>
    public AreaScope PublishedArea { get; init; } = AreaScope.None;

    /// <summary>The newest and, if there is one, the published revision, each with its own area.</summary>
    public IEnumerable<(ScheduleView View, AreaScope Area)> Views => Published is { } published ? [(Newest, Area), (published, PublishedArea)] : [(Newest, Area)];

    /// <summary>Pure: since when the newest revision counts when it is published now.</summary>
    /// <remarks>
    /// A revision that takes over counts since its predecessor did: otherwise sites would take what is on air for somebody else's, and show for a moment what it outranks.
    /// One with another rank, other targets or other times has its turn from now on, after the item that is on air.
    /// </remarks>
    public DateTimeOffset CountsSince(DateTimeOffset now) =>
        Published is { } before && PublishedAt is { } since && TakesOver(before, TimeOnly.FromDateTime(LocalTime.Of(now).DateTime)) ? since : now;

    /// <summary>Publishing would change something.</summary>
    public bool Pending => Standing is ScheduleStanding.Draft or ScheduleStanding.Changed;

    private bool TakesOver(ScheduleView before, TimeOnly now) =>
        (Newest.Tier, Newest.Number, Newest.From, Newest.Weekdays) == (before.Tier, before.Number, before.From, before.Weekdays)
        && Newest.Targets.ToHashSet().SetEquals(before.Targets)
        && JsonSerializer.Serialize(Newest.Days, ApiJson.Options) == JsonSerializer.Serialize(before.Days, ApiJson.Options)
        && (Newest.Windows.SequenceEqual(before.Windows) || (Newest.Windows.Any(w => Holds(w, now)) && before.Windows.Any(w => Holds(w, now))));

    private static bool Holds(TimeWindow window, TimeOnly now) => window == TimeWindow.WholeDay || now.IsBetween(window.From, window.To);
}

/// <summary>The book of schedules. Deleted ones are not in it.</summary>
public interface ISchedules
{
    Task<IReadOnlyList<ScheduleStand>> All(CancellationToken stop);

    Task<ScheduleStand?> Of(long id, CancellationToken stop);

    /// <summary>Makes the newest revision the published one, inside the caller's transaction; only Publishing calls it.</summary>
    /// <param name="area">Where it may be shown from now on.</param>
    /// <param name="since"><see cref="ScheduleStand.CountsSince"/>.</param>
    /// <returns>False when the newest revision is no longer <paramref name="revision"/>.</returns>
    Task<bool> MarkPublished(BorderInfoDb db, long id, int revision, AreaScope area, DateTimeOffset since, CancellationToken stop);

    /// <summary>Takes the schedule out of the published ones, inside the caller's transaction; only Publishing calls it.</summary>
    Task MarkStopped(BorderInfoDb db, long id, CancellationToken stop);
}
