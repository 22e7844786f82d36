namespace BorderInfo.Contract.Plans;

/// <summary>Pure: which plan replaces which.</summary>
public static class PlanOrder
{
    /// <summary>True when (epoch, counter) is greater: the epoch first, whatever the counters say. Equal is not newer.</summary>
    public static bool IsNewer(int epoch, long counter, int thanEpoch, long thanCounter) =>
        epoch != thanEpoch ? epoch > thanEpoch : counter > thanCounter;
}
