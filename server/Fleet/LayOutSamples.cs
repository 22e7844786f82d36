using BorderInfo.Server.Platform.Startup;

namespace BorderInfo.Server.Fleet;

/// <summary>The sample clusters, when the start asks for the sample set.</summary>
internal sealed class LayOutSamples : IAtStart
{
    public int Order => 50;

    public async Task<IReadOnlyList<StartLink>> AtStart(IServiceProvider services, bool sample, CancellationToken stop)
    {
        if (sample)
            await SampleFleet.Ensure(services, stop);
        return [];
    }
}
