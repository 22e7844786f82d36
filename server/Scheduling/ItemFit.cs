using BorderInfo.Contract.Plans;
using BorderInfo.Server.Content.Public;
using BorderInfo.Server.Fleet.Public;

namespace BorderInfo.Server.Scheduling;

/// <summary>Pure: whether an item is of a kind that an output can carry at all.</summary>
internal static class ItemFit
{
    /// <summary>Speakers carry audio, screens everything else. A picture that a schedule also sends to a speaker is no mistake, it just isn't heard.</summary>
    public static bool Carries(ItemVersion item, ClusterOutput output) =>
        item.Renditions.Any(r => r.Kind == RenditionKind.Audio == (output.Kind == OutputKind.Speaker));
}
