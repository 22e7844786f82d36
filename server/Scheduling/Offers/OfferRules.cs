using System.Globalization;
using BorderInfo.Contract.Plans;
using BorderInfo.Server.Content.Public;
using BorderInfo.Server.Fleet.Public;
using BorderInfo.Server.Identity.Public;
using BorderInfo.Server.Platform.Pages;
using BorderInfo.Server.Scheduling.Public;

namespace BorderInfo.Server.Scheduling.Offers;

/// <summary>Pure island: who may offer what to whom, and who may answer.</summary>
internal static class OfferRules
{
    public const int LongestNote = 500;
    public const int ShortestReason = 5;

    /// <summary>What nobody has answered by then is over; whoever still wants it offers it again.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(60);

    /// <summary>True when the area is nothing but communes: what is scheduled there is the commune's own. Everything else is a wider source.</summary>
    public static bool IsOwn(AreaScope area) => area is { Everything: false, Communes.Count: > 0, Provinces.Count: 0, Sectors.Count: 0 };

    /// <summary>A commune answers for itself alone: only its own editors and approvers, nobody above it.</summary>
    public static Refusal? MayAnswer(Actor actor, string commune) =>
        (actor.Is(Roles.Editor) || actor.Is(Roles.Approver)) && actor.Scope.Communes.Contains(commune) ? null : new("offer.not-your-commune");

    /// <summary>Concerns the reader: one of its communes lies in the area.</summary>
    public static bool Sees(AreaScope reader, string commune, IReadOnlyList<Cluster> all) =>
        reader.Everything || reader.Communes.Contains(commune) || all.Any(c => c.CommuneCode == commune && reader.Provinces.Contains(c.ProvinceCode));

    /// <summary>The communes a schedule would be offered to, by code; or why it may not be offered.</summary>
    /// <param name="released">Of the schedule's items those that may be shown.</param>
    /// <param name="taken">Communes that accepted it in an earlier offer and still do.</param>
    public static Outcome<IReadOnlyList<string>> Check(
        Actor actor, ScheduleStand stand, bool offered, IReadOnlyList<ItemVersion> released, IReadOnlySet<string> taken, IReadOnlyList<Cluster> all, DateTimeOffset answerBy, string note, DateTimeOffset now)
    {
        if ((Right(actor, stand, all) ?? Standing(stand, offered) ?? Ordinary(stand, released) ?? Term(stand, answerBy, note, now)) is { } no)
            return no;
        string[] communes = [.. Reached(stand, all).Select(c => c.CommuneCode).Distinct().Where(c => !taken.Contains(c)).Order(StringComparer.Ordinal)];
        return communes.Length == 0 ? new Refusal("offer.no-commune", stand.Newest.Name) : communes;
    }

    /// <summary>Clusters with electronics that the newest revision reaches.</summary>
    public static IEnumerable<Cluster> Reached(ScheduleStand stand, IReadOnlyList<Cluster> all) =>
        all.Where(c => c.Site is not null && TargetResolver.Touches(stand.Newest.Targets, stand.Area, c));

    /// <summary>The source is wider than a commune, and all that the schedule reaches is its own.</summary>
    private static Refusal? Right(Actor actor, ScheduleStand stand, IReadOnlyList<Cluster> all)
    {
        if (ScheduleRules.MayWrite(actor, Tier.Programme) is { } no)
            return no;
        if (!ScheduleRules.MayTouch(actor, stand, all))
            return new("schedule.out-of-scope", stand.NameFor(actor, all));
        return IsSource(actor, stand, all) ? null : new("offer.not-a-source");
    }

    /// <summary>Wider than the communes that the schedule reaches.</summary>
    public static bool IsSource(Actor actor, ScheduleStand stand, IReadOnlyList<Cluster> all) =>
        actor.Scope.Everything || Reached(stand, all).All(c => actor.Scope.Provinces.Contains(c.ProvinceCode));

    private static Refusal? Standing(ScheduleStand stand, bool offered) =>
        stand.Published is not null ? new("offer.already-published", stand.Newest.Name) : offered ? new("offer.already-offered", stand.Newest.Name) : null;

    /// <summary>Priority bulletins go into the programme, emergencies play at once; only ordinary ones are left to the commune.</summary>
    private static Refusal? Ordinary(ScheduleStand stand, IReadOnlyList<ItemVersion> released) =>
        stand.Newest.Tier is not (Tier.Programme or Tier.Filler) ? new("offer.not-ordinary", stand.Newest.Name) { Field = "schedule" }
        : released.Count == 0 ? new("offer.nothing-released", stand.Newest.Name) { Field = "schedule" }
        : released.FirstOrDefault(i => i.Class != BulletinClass.Normal) is { } other ? new("offer.item-class", other.Title) { Field = "schedule" }
        : null;

    private static Refusal? Term(ScheduleStand stand, DateTimeOffset answerBy, string note, DateTimeOffset now) =>
        stand.Newest.To is { } to && to < LocalTime.Day(now) ? new("offer.days-over", stand.Newest.Name, LocalTime.Text(to)) { Field = "schedule" }
        : answerBy <= now || answerBy - now > Longest ? new("offer.bad-term", LocalTime.Text(now + Longest), Text((int)Longest.TotalDays)) { Field = "answerBy" }
        : note.Length > LongestNote ? new("offer.note-too-long", Text(LongestNote)) { Field = "note" }
        : null;

    /// <summary>For what others read afterwards: a withdrawal, a refusal to play.</summary>
    public static Refusal? Reason(string reason) => reason.Trim().Length switch
    {
        < ShortestReason => new("offer.reason-missing") { Field = "reason" },
        > LongestNote => new("offer.note-too-long", Text(LongestNote)) { Field = "reason" },
        _ => null,
    };

    private static string Text(int n) => n.ToString(CultureInfo.InvariantCulture);
}
