using BorderInfo.Server.Approval.Public;
using BorderInfo.Server.Content.Public;
using BorderInfo.Server.Fleet.Public;
using BorderInfo.Server.Identity.Public;
using BorderInfo.Server.Platform.Jobs;
using BorderInfo.Server.Platform.News;
using BorderInfo.Server.Platform.Notes;
using BorderInfo.Server.Platform.Pages;
using BorderInfo.Server.Platform.Startup;
using BorderInfo.Server.Publishing.Emergencies;
using BorderInfo.Server.Publishing.Public;
using BorderInfo.Server.Scheduling.Public;

namespace BorderInfo.Server.Publishing;

/// <summary>Services, endpoints and menu entries of the slice; called from Program.cs.</summary>
public static class PublishingSlice
{
    public static void AddPublishing(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton<WorkBell>();
        services.AddSingleton<PlansInMemory>();
        services.AddScoped<SendPlan>();
        services.AddScoped<PublishRun>();
        services.AddScoped<EmergencyBook>();
        services.AddScoped<IEmergencies>(s => s.GetRequiredService<EmergencyBook>());
        services.AddSingleton(new SiteCard(60, typeof(SiteEmergencies)));
        services.AddScoped<PublishPlan>();
        services.AddScoped<StopSchedule>();
        services.AddScoped<PreviewPublish>();
        services.AddScoped<PublishBook>();
        services.AddScoped<ITellNotes, StuckNotes>();
        services.AddScoped<TimelineOfSite>();
        services.AddScoped<WhyOfSite>();
        services.AddScoped<Republish>();
        services.AddScoped<RaiseEpoch>();
        services.AddScoped<HearChanges>();
        services.AddScoped<IHear<ItemReleased>>(s => s.GetRequiredService<HearChanges>());
        services.AddScoped<IHear<ClusterChanged>>(s => s.GetRequiredService<HearChanges>());
        services.AddScoped<IHear<HolidayChanged>>(s => s.GetRequiredService<HearChanges>());
        services.AddScoped<IHear<ItemWithdrawn>, HearWithdrawal>();
        services.AddScoped<IHear<ItemReplaced>, HearWithdrawal>();
        services.AddScoped<IHear<StopChanged>, HearStops>();
        services.AddScoped<IHear<NoiseChanged>, HearNoise>();
        services.AddScoped<IHear<CommuneDecided>, HearCommunes>();
        services.AddScoped<IHear<SiteWasBorn>, HearBirth>();
        services.AddScoped<IHear<SiteEventHeard>, HearDelivery>();
        services.AddScoped<ISentPlans, SentPlans>();
        services.AddSingleton<SiteMediaMemory>();
        services.AddScoped<ISiteMedia, SiteMedia>();
        services.AddScoped<NewestPlans>();
        services.AddScoped<INewestPlan>(s => s.GetRequiredService<NewestPlans>());
        services.AddScoped<IPlanNow>(s => s.GetRequiredService<NewestPlans>());
        services.AddSingleton<IAtStart, CarriedAtStart>();
        services.AddHostedService<PlanWorker>();
        services.AddChore<RenewPlans>("publishing.renew-plans", TimeSpan.FromHours(1), TimeSpan.FromMinutes(1));
        services.AddSingleton(new HomeCard(60, typeof(PublishCard), Roles.Editor, Roles.Approver, Roles.Administrator));
        services.AddSingleton(new NavEntry(60, "/phat-hanh", "publish.nav", "send", Roles.Editor, Roles.Approver, Roles.Administrator));
    }

    public static void MapPublishing(this WebApplication app) => app.MapPublish();
}
