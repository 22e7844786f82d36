using BorderInfo.Contract.Plans;

namespace BorderInfo.Server.Scheduling.Public;

/// <summary>Colour, shape and word of a tier, the same in calendar, timeline and lists. Never the colour alone.</summary>
/// <param name="Colour">Background as #rrggbb; <paramref name="Ink"/> on it has a contrast of at least 4.5.</param>
/// <param name="Shape">One character before the name.</param>
/// <param name="TextKey">Key of its word.</param>
public sealed record TierLook(string Colour, string Ink, string Shape, string TextKey)
{
    public static TierLook Of(Tier tier) => tier switch
    {
        Tier.Emergency => new("#b42318", "#ffffff", "▲", "schedule.tier.emergency"),
        Tier.Live => new("#7a2e8e", "#ffffff", "◉", "schedule.tier.live"),
        Tier.Priority => new("#b54708", "#ffffff", "◆", "schedule.tier.priority"),
        Tier.Programme => new("#1d5fa8", "#ffffff", "■", "schedule.tier.programme"),
        Tier.Filler => new("#0b6b58", "#ffffff", "●", "schedule.tier.filler"),
        Tier.ClusterDefault => new("#475467", "#ffffff", "▬", "schedule.tier.cluster-default"),
        Tier.ProvinceDefault => new("#667085", "#ffffff", "▭", "schedule.tier.province-default"),
        _ => new("#eaecf0", "#344054", "○", "schedule.tier.safe-screen"),
    };

    /// <summary>Tiers that a schedule may have, best first.</summary>
    public static readonly IReadOnlyList<Tier> Plannable = [Tier.Emergency, Tier.Priority, Tier.Programme, Tier.Filler, Tier.ClusterDefault, Tier.ProvinceDefault];
}
