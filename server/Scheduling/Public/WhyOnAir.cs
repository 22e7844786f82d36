using BorderInfo.Contract.Plans;

namespace BorderInfo.Server.Scheduling.Public;

/// <summary>How an entry stands at an output at an instant.</summary>
public enum EntryStanding
{
    /// <summary>On air.</summary>
    OnAir,

    /// <summary>Shares the output with what is on air: its turn comes.</summary>
    InTurn,

    /// <summary>Due, but something of a better rank is on.</summary>
    Outranked,

    /// <summary>Due, but it is quiet hours on this speaker.</summary>
    Silenced,
    BeforeItsDays,
    AfterItsDays,
    NotThisWeekday,
    OutsideItsWindow,

    /// <summary>None of its items is in force at the instant.</summary>
    ItemsNotInForce,

    /// <summary>A speaker has said it, or says it later.</summary>
    BetweenTurns,
}

/// <summary>An entry that names the output, and why it is or isn't on.</summary>
public sealed record EntryReason(PlanEntry Entry, EntryStanding Standing);

/// <summary>What is on at an output at an instant, and how every entry of the output stands to it.</summary>
public sealed record Why(OnAir OnAir, IReadOnlyList<EntryReason> Entries);

/// <summary>Pure island: <see cref="PlanWhy"/> in the words of the timeline page.</summary>
public static class WhyOnAir
{
    public static Why At(PlayPlan plan, OutputId output, DateTimeOffset instant)
    {
        var told = PlanWhy.At(plan, output, instant);
        var entries = plan.Entries.ToDictionary(e => e.Id);
        return new(told.OnAir, [.. told.Entries.Select(e => new EntryReason(entries[e.Entry], Of(e.Standing)))]);
    }

    private static EntryStanding Of(WhyStanding standing) => standing switch
    {
        WhyStanding.OnAir => EntryStanding.OnAir,
        WhyStanding.InTurn or WhyStanding.EndsFirst => EntryStanding.InTurn,
        WhyStanding.QuietHours => EntryStanding.Silenced,
        WhyStanding.BetweenCalls => EntryStanding.BetweenTurns,
        WhyStanding.NoItem => EntryStanding.ItemsNotInForce,
        WhyStanding.BeforeItsDays => EntryStanding.BeforeItsDays,
        WhyStanding.AfterItsDays => EntryStanding.AfterItsDays,
        WhyStanding.NotThisWeekday or WhyStanding.NotByItsRule or WhyStanding.Excluded => EntryStanding.NotThisWeekday,
        WhyStanding.WindowClosed or WhyStanding.NotPublished => EntryStanding.OutsideItsWindow,
        _ => EntryStanding.Outranked,
    };
}
