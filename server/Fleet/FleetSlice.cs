using BorderInfo.Server.Fleet.Commands;
using BorderInfo.Server.Fleet.Enrol;
using BorderInfo.Server.Fleet.Pages;
using BorderInfo.Server.Fleet.Public;
using BorderInfo.Server.Fleet.Registry;
using BorderInfo.Server.Fleet.Screens;
using BorderInfo.Server.Fleet.Watch;
using BorderInfo.Server.Identity.Public;
using BorderInfo.Server.Messaging.Public;
using BorderInfo.Server.Platform.Jobs;
using BorderInfo.Server.Platform.Pages;

namespace BorderInfo.Server.Fleet;

/// <summary>Services, endpoints and menu entries of the slice; called from Program.cs.</summary>
public static class FleetSlice
{
    public static void AddFleet(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton<Geo.Public.IMapMarks, ClustersOnMap>();
        AddWatch(services, builder.Configuration);
        services.AddSingleton<Clusters>().AddSingleton<IClusters>(s => s.GetRequiredService<Clusters>());
        services.AddScoped<RegisterDoor>().AddScoped<SaveCluster>().AddScoped<DeleteCluster>().AddScoped<SaveOutput>().AddScoped<RemoveOutput>();
        services.AddScoped<AddPanel>().AddScoped<InspectPanel>();
        services.AddSingleton<EnrolPace>();
        services.AddScoped<OpenSite>().AddScoped<MakeEnrolCode>().AddScoped<ConfirmReplacement>().AddScoped<EnrolSite>().AddScoped<RenewSite>().AddScoped<RevokeSite>();
        services.AddScoped<CommandSite>().AddScoped<KeepScreen>().AddScoped<FleetPicture>().AddScoped<SampleFleet>();
        services.AddSingleton(new HomeBanner(5, typeof(FirstSteps)));
        services.AddSingleton(new HomeCard(20, typeof(FleetCard)) { Wide = true });
        services.AddSingleton(new HomeCard(25, typeof(WatchCard), Roles.Monitor, Roles.Technician) { Wide = true });
        services.AddSingleton(new NavEntry(20, "/cum", "fleet.nav.clusters", "broadcast"));
        services.AddSingleton(new NavEntry(22, "/tuong", "fleet.nav.wall", "layout-grid"));
    }

    public static void MapFleet(this WebApplication app)
    {
        app.MapFleetApi();
        app.MapAgentDoor();
        app.MapFleetForms();
    }

    private static void AddWatch(IServiceCollection services, IConfiguration settings)
    {
        services.AddSingleton<StandingBoard>().AddSingleton<ISiteStandings>(s => s.GetRequiredService<StandingBoard>());
        services.AddSingleton<EventGaps>().AddSingleton<PulseTimes>();
        services.AddScoped<Heard>().AddScoped<KeepStanding>().AddScoped<SendPulse>();
        services.AddScoped<IUplink, HearState>().AddScoped<IUplink, HearHealth>().AddScoped<IUplink, HearEvents>().AddScoped<IUplink, HearAnswer>();
        services.AddSingleton<Sweep>().AddChore<Sweep>("fleet.sweep", Sweep.Every);
        services.AddChore<NoticeOldPlans>("fleet.notice-old-plans", NoticeOldPlans.Every);
        services.AddSingleton(HealthLimits.From(settings));
        services.AddChore<ForgetHealth>("fleet.forget-health", TimeSpan.FromHours(6), TimeSpan.FromMinutes(12));
    }
}
