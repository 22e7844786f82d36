using System.Text.Json.Serialization;

namespace BorderInfo.Contract.Plans;

/// <summary>How an entry stands at an output at an instant. The first reason that applies, in this order.</summary>
[JsonConverter(typeof(StrictWords<WhyStanding>))]
public enum WhyStanding
{
    /// <summary>On air.</summary>
    OnAir,

    /// <summary>Shares the output with what is on air, or is called and waits for the voice: its turn comes.</summary>
    InTurn,

    /// <summary>Would be on, but the item on screen ends first. <see cref="EntryWhy.By"/> names its entry.</summary>
    EndsFirst,

    /// <summary>Quiet hours silence it on this speaker. <see cref="EntryWhy.Until"/> = their end.</summary>
    QuietHours,

    /// <summary>Due, but <see cref="EntryWhy.By"/> is of a higher tier.</summary>
    LowerTier,

    /// <summary>Same tier, but the number of <see cref="EntryWhy.By"/> is smaller.</summary>
    LargerNumber,

    /// <summary>Same number, but the target of <see cref="EntryWhy.By"/> is narrower.</summary>
    WiderTarget,

    /// <summary>Same target, but <see cref="EntryWhy.By"/> is a one-off.</summary>
    Recurring,

    /// <summary>Its window is open on this speaker, but it has been said; <see cref="EntryWhy.Opens"/> = its next call.</summary>
    BetweenCalls,

    /// <summary>On this screen it has had its share of the hour so far; <see cref="EntryWhy.Opens"/> = when it is behind again, or comes ahead of its time.</summary>
    ShareGiven,

    /// <summary>On this screen each of its items has had its plays of the hour, or is in its gap; <see cref="EntryWhy.Opens"/> = when one may come.</summary>
    Paused,

    /// <summary>What remains of the programme slot on this screen is too short for any of its items; <see cref="EntryWhy.Opens"/> = when one may come: the next slot, or when there is none any more.</summary>
    Remainder,

    /// <summary>None of its items may be shown here now; <see cref="EntryWhy.Items"/> says why of each.</summary>
    NoItem,

    /// <summary>Not published yet; <see cref="EntryWhy.Opens"/> says when it may come on.</summary>
    NotPublished,
    BeforeItsDays,
    AfterItsDays,
    NotThisWeekday,

    /// <summary>The day is none of its rule (every second week, lunar date, market day, holiday …).</summary>
    NotByItsRule,

    /// <summary>The rule holds, but this occurrence was taken out.</summary>
    Excluded,

    /// <summary>Outside its windows; <see cref="EntryWhy.Opens"/> = the next.</summary>
    WindowClosed,

    /// <summary>It is shown in step with a loudspeaker, which says nothing of it now; <see cref="EntryWhy.Opens"/> = when it does next, within a week.</summary>
    NotSpoken,
}

/// <summary>Whether an item may be shown at an output at an instant.</summary>
[JsonConverter(typeof(StrictWords<WhyItemStanding>))]
public enum WhyItemStanding
{
    InForce,

    /// <summary>Before <see cref="PlanItem.ValidFrom"/>.</summary>
    NotYet,

    /// <summary>At or after <see cref="PlanItem.ValidUntil"/>.</summary>
    Expired,

    /// <summary>Valid, but in none of its <see cref="PlanItem.Times"/>. <see cref="ItemWhy.Next"/> = when it may be shown next.</summary>
    OutsideItsTimes,

    /// <summary>A stop of its theme holds.</summary>
    Stopped,

    /// <summary>It has begun as often as it may in this hour.</summary>
    CapReached,

    /// <summary>It was on too short a time ago.</summary>
    GapNotOver,

    /// <summary>It would run over the beginning of the next programme slot.</summary>
    TooLong,

    /// <summary>It has no part for this output in a language of the output.</summary>
    NoPartHere,

    /// <summary>It lacks a language that the output requires.</summary>
    LanguageMissing,
}

public sealed record ItemWhy(ItemId Item, WhyItemStanding Standing)
{
    /// <summary>Of an item outside its times: when it may be shown next, stops considered; null = never again, or it stands otherwise.</summary>
    public DateTimeOffset? Next { get; init; }
}

/// <summary>A candidate: an entry that names the output.</summary>
public sealed record EntryWhy
{
    public required string Entry { get; init; }

    public required WhyStanding Standing { get; init; }

    /// <summary>Id of the entry to which it loses.</summary>
    public string? By { get; init; }

    /// <summary>When its window closes, or quiet hours end; null = it is not open.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>When it opens, calls or may come next, to the tick; null = never again, or it is open. What rests on a screen may come when its window is open and neither its share, cap, gap or slot nor a better rank that leaves no time keeps it away; that is looked for on eight days with such windows.</summary>
    public DateTimeOffset? Opens { get; init; }

    /// <summary>In the entry's order.</summary>
    public required IReadOnlyList<ItemWhy> Items { get; init; }
}

/// <summary>One rule of the order of what wins, as it was applied.</summary>
[JsonConverter(typeof(StrictWords<WhyRule>))]
public enum WhyRule
{
    /// <summary>Open and with an item in force.</summary>
    Due,

    /// <summary>Of those the highest tier.</summary>
    Tier,

    /// <summary>The smallest number.</summary>
    Number,

    /// <summary>The narrowest target.</summary>
    Target,

    /// <summary>One-off before recurring.</summary>
    OneOff,

    /// <summary>Of these and the ranks below that fill, those that may come by their shares, caps and gaps.</summary>
    Pace,

    /// <summary>What remains shares the output, newest published first, then by id.</summary>
    Rotation,

    /// <summary>A loudspeaker has one voice: who was called and waits, the next to speak first.</summary>
    Queue,

    /// <summary>The item on screen ends first although its entry no longer wins.</summary>
    EndsFirst,

    /// <summary>Quiet hours: only emergencies.</summary>
    QuietHours,

    /// <summary>Nothing is due.</summary>
    Nothing,
}

/// <summary>A link of the chain: the rule and the entries that remain after it.</summary>
public sealed record WhyStep(WhyRule Rule, IReadOnlyList<string> Entries);

/// <summary>What is on at an output at an instant, the chain of rules that made it so, and every candidate with its reason, in the order of what wins.</summary>
public sealed record WhyTold(OnAir OnAir, IReadOnlyList<WhyStep> Chain, IReadOnlyList<EntryWhy> Entries);
