using BorderInfo.Server.Platform.Startup;

namespace BorderInfo.Server.Samples;

/// <summary>The sample set of <c>deploy/run</c>. Like Program.cs it composes what the slices offer and is named by nobody; without <c>--sample true</c> it does nothing.</summary>
public static class SamplesSlice
{
    public static void AddSamples(this WebApplicationBuilder builder)
    {
        if (!builder.Configuration.GetValue("sample", false))
            return;
        builder.Services.AddSingleton<IAtStart, SampleSites>();
        builder.Services.AddHostedService<SampleContent>();
    }
}
