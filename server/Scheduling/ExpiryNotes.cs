using System.Security.Claims;
using BorderInfo.Contract.Calendars;
using BorderInfo.Server.Content.Public;
using BorderInfo.Server.Fleet.Public;
using BorderInfo.Server.Identity.Public;
using BorderInfo.Server.Platform.Notes;
using BorderInfo.Server.Platform.Pages;
using BorderInfo.Server.Scheduling.Public;

namespace BorderInfo.Server.Scheduling;

/// <summary>
/// Reminds editors of items that run out, or have run out, while a published schedule goes on, of schedules that have just ended, and of those that a change of the holiday table left without a day.
/// Nothing has to be done for the sites: they leave out by themselves what is no longer valid. A notice ends with its last window, as it should, so nobody is reminded of it.
/// </summary>
internal sealed class ExpiryNotes(ISchedules schedules, IItems items, IClusters clusters, IHolidays holidays, TimeProvider clock) : ITellNotes
{
    /// <summary>So long before an item runs out.</summary>
    public static readonly TimeSpan Ahead = TimeSpan.FromDays(7);

    /// <summary>So many days after its last day a schedule is told as ended.</summary>
    public const int EndedDays = 3;

    /// <summary>At most so many of one kind; the rest is counted.</summary>
    private const int Most = 5;

    public IReadOnlyList<string> Roles { get; } = [Identity.Public.Roles.Editor, Identity.Public.Roles.Administrator];

    public async Task<IReadOnlyList<Note>> Tell(ClaimsPrincipal? reader, CancellationToken stop)
    {
        var actor = reader?.Actor() ?? Actor.System;
        var now = clock.GetUtcNow();
        ScheduleView[] published = [.. (await schedules.All(stop)).Where(s => s.Published is not null && ScheduleRules.MaySee(actor, s, clusters.All)).Select(s => s.Published!)];
        if (published.Length == 0)
            return [];
        var released = await Released(published, stop);
        return [.. Few(Decide(published, released, await holidays.Table(stop), now))];
    }

    /// <summary>Pure.</summary>
    /// <param name="released">The approved version of each item that has one, run out or not.</param>
    internal static IEnumerable<Note> Decide(IReadOnlyList<ScheduleView> published, IReadOnlyDictionary<ItemId, ItemVersion> released, HolidayTable holidays, DateTimeOffset now)
    {
        var today = LocalTime.Day(now);
        foreach (var s in published.Where(s => !(ScheduleDays.Planned(s).To < today)))
        {
            foreach (var item in s.Items.Distinct().Where(released.ContainsKey).Select(i => released[i]).Where(i => i.Notice is null && i.ValidUntil - now <= Ahead && Plays(s, holidays, Later(LocalTime.Day(i.ValidUntil), today))))
            {
                var over = item.ValidUntil <= now;
                yield return new(over ? NoteWeight.Warning : NoteWeight.Reminder, over ? "note.item-expired" : "note.item-expires", item.Title, LocalTime.Text(item.ValidUntil), s.Name) { Url = $"/noi-dung/{item.Id}" };
            }
        }

        foreach (var s in published)
        {
            if (ScheduleDays.Days(s, holidays, today.AddDays(-EndedDays), today.AddDays(-1)).ToArray() is [.., var last])
            {
                if (!Plays(s, holidays, today))
                    yield return new(NoteWeight.Reminder, "note.schedule-ended", s.Name, LocalTime.Text(last)) { Url = $"/lich/{s.Id}" };
            }
            else if (!(ScheduleDays.Planned(s).To < today) && EmptiedByHolidays(s, holidays, today))
            {
                yield return new(NoteWeight.Warning, "note.schedule-no-day", s.Name) { Url = $"/lich/{s.Id}" };
            }
        }
    }

    /// <summary>Its holidays are over or gone; not that it has played as often as it should.</summary>
    private static bool EmptiedByHolidays(ScheduleView s, HolidayTable holidays, DateOnly today) =>
        s.Days is { } rule && (rule.Holidays ?? (object?)rule.OnHolidays) is not null && !Plays(s, holidays, today)
        && (rule.Holidays is not null ? !Plays(s with { Days = rule with { Count = null } }, holidays, today) : Plays(s with { Days = rule with { OnHolidays = null } }, holidays, today));

    /// <summary>On this day or later.</summary>
    private static bool Plays(ScheduleView s, HolidayTable holidays, DateOnly from) => ScheduleDays.Days(s, holidays, from, DaySet.LastDay).Any();

    private static DateOnly Later(DateOnly a, DateOnly b) => a > b ? a : b;

    private static IEnumerable<Note> Few(IEnumerable<Note> notes) => notes.OrderByDescending(n => n.Weight).GroupBy(n => n.TextKey)
        .SelectMany(g => g.Count() <= Most ? g : g.Take(Most).Append(new(g.First().Weight, "note.more", g.Count() - Most) { About = g.Key }));

    private async Task<Dictionary<ItemId, ItemVersion>> Released(IReadOnlyList<ScheduleView> published, CancellationToken stop)
    {
        var wanted = published.SelectMany(s => s.Items).ToHashSet();
        var found = new Dictionary<ItemId, ItemVersion>();
        foreach (var newest in (await items.Newest(stop)).Where(i => wanted.Contains(i.Id)))
        {
            var approved = newest.State == ItemState.Approved ? newest : (await items.Versions(newest.Id, stop)).FirstOrDefault(v => v.State == ItemState.Approved);
            if (approved is not null)
                found[newest.Id] = approved;
        }

        return found;
    }
}
