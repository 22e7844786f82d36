using BorderInfo.Server.Fleet.Public;
using BorderInfo.Server.Messaging.Public;
using BorderInfo.Server.Platform.Jobs;
using BorderInfo.Server.Platform.News;
using BorderInfo.Server.Proof.Air;
using BorderInfo.Server.Proof.Public;

namespace BorderInfo.Server.Proof;

/// <summary>Services of the slice; called from Program.cs. Its figures are shown by Reports.</summary>
public static class ProofSlice
{
    public static void AddProof(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton<PlayItemKeys>();
        services.AddScoped<IUplink, ReceivePlayBatch>();
        services.AddScoped<IHear<SiteEnrolled>, HearEnrolment>();
        services.AddScoped<IHear<SiteEventHeard>, HearPlanOnAir>();
        services.AddScoped<ILastPlay, LastPlay>();
        services.AddScoped<IPlayFigures, PlayFigures>();
        services.AddScoped<AirDays>();
        services.AddScoped<IAirFigures, AirFigures>();
        services.AddChore<CompareDays>("proof.compare-days", TimeSpan.FromMinutes(2));
        services.AddSingleton(PlayLimits.From(builder.Configuration));
        services.AddChore<ForgetPlays>("proof.forget-plays", TimeSpan.FromHours(1), TimeSpan.FromMinutes(8));
    }

    public static void MapProof(this WebApplication app)
    {
    }
}
