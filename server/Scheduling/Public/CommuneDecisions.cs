using BorderInfo.Server.Identity.Public;

namespace BorderInfo.Server.Scheduling.Public;

/// <summary>Who goes first where a priority bulletin of a wider source meets one of the commune itself (Circular 39/2020/TT-BTTTT).</summary>
public enum PriorityFirst
{
    /// <summary>Nobody has decided, or the decision was taken back: the source.</summary>
    Open,
    Source,
    Own,
}

/// <summary>What a commune decided of two published priority schedules.</summary>
/// <param name="SourceChangedAt">It counts while the revision of the source's schedule that is published is the one it was then, by the instant it was written; another one is decided anew.</param>
/// <param name="ByUser">User name, as plans carry it; <paramref name="ByName"/> as people read it.</param>
public sealed record PriorityDecision(
    string Commune, long SourceSchedule, DateTimeOffset SourceChangedAt, long OwnSchedule, PriorityFirst First, string Note, DateTimeOffset At, string ByUser, string ByName);

/// <summary>Told inside the transaction when a commune has accepted a bulletin, taken that back, or decided who goes first: the plans of its sites are made anew.</summary>
public sealed record CommuneDecided(string Commune, Actor By);
