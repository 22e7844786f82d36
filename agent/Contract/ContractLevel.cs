namespace BorderInfo.Contract;

/// <summary>Which words server and agent understand. A server goes on speaking to older agents.</summary>
/// <remarks>
/// 1 (2026-11-21): plans with rules, outputs, parts and withdrawn items; state, health, event, play, answer; ack, command, pulse; enrolment.
/// 2 (2026-11-21): days by rule (<c>entries.days</c>, <c>holidays</c>); <c>entries.order</c>, <c>seed</c>, <c>weights</c>; <c>outputs.requiredLanguages</c>, <c>fallbacks</c>; <c>stops</c>. An item on a screen ends before an equal or lower tier begins; local times by RFC 5545.
/// 3 (2026-11-21): the pace of an entry on a screen (<c>entries.sharePercent</c>, <c>shareSeconds</c>, <c>mostPerHour</c>, <c>leastGapSeconds</c>, <c>slotMinutes</c>); <c>entries.inStep</c>; <c>outputs.quietRules</c>.
/// 4 (2026-11-21): no new word. <c>stops</c> let emergencies pass, which agents before silenced; only plans in which a stop names the theme of an emergency are of this level.
/// 5 (2026-11-21): the times of an item (<c>items.times</c>).
/// </remarks>
public static class ContractLevel
{
    public const int Current = 5;
}
