using BorderInfo.Server.Platform.Notes;
using BorderInfo.Server.Platform.Pages;
using BorderInfo.Server.Platform.Startup;
using BorderInfo.Server.Identity.Public;
using BorderInfo.Server.Scheduling.Noise;
using BorderInfo.Server.Scheduling.Offers;
using BorderInfo.Server.Scheduling.Public;
using BorderInfo.Server.Scheduling.Stops;

namespace BorderInfo.Server.Scheduling;

/// <summary>Services, endpoints and menu entries of the slice; called from Program.cs.</summary>
public static class SchedulingSlice
{
    public static void AddScheduling(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddScoped<Schedules>();
        services.AddScoped<ISchedules>(s => s.GetRequiredService<Schedules>());
        services.AddScoped<HolidayBook>();
        services.AddScoped<IHolidays>(s => s.GetRequiredService<HolidayBook>());
        services.AddSingleton<IAtStart, HolidaysAtStart>();
        services.AddScoped<IPlanCompiler, CompilePlans>();
        services.AddScoped<SaveSchedule>();
        services.AddScoped<ChangeHoliday>();
        services.AddScoped<MoveSchedule>();
        services.AddScoped<ChangeOccurrence>();
        services.AddScoped<UndoChange>();
        services.AddScoped<DeleteSchedule>();
        services.AddScoped<TargetChoices>();
        services.AddScoped<IStops, StopBook>();
        services.AddScoped<StopAreas>();
        services.AddScoped<CountStop>();
        services.AddScoped<StartStop>();
        services.AddScoped<LiftStop>();
        services.AddScoped<INoise, NoiseShelf>();
        services.AddScoped<SaveNoiseRule>();
        services.AddScoped<SetNoiseZone>();
        services.AddSingleton(new NavEntry(55, "/tam-dung", "stop.nav", "player-pause", Roles.Approver, Roles.Administrator));
        services.AddSingleton(new NavEntry(84, "/gio-yen-tinh", "noise.nav", "volume-3", Roles.Administrator));
        services.AddSingleton(new HomeBanner(10, typeof(StopBanner)));
        services.AddOffers();
        services.AddScoped<CopySchedule>();
        services.AddScoped<IScheduleAdvice, ScheduleAdvice>();
        services.AddScoped<ITellNotes, ExpiryNotes>();
        services.AddSingleton(new HomeCard(50, typeof(TodayCard), Roles.Editor, Roles.Approver, Roles.Administrator));
        services.AddSingleton(new NavEntry(50, "/lich", "schedule.nav", "calendar-event", Roles.Editor, Roles.Approver, Roles.Administrator));
        services.Configure<Microsoft.AspNetCore.OpenApi.OpenApiOptions>("v1", ScheduleSchemas.Describe);
        services.AddSingleton(new NavEntry(52, "/ngay-le", "holiday.nav", "calendar-star", Roles.Editor, Roles.Approver, Roles.Administrator));
    }

    public static void MapScheduling(this WebApplication app)
    {
        app.MapSchedules();
        app.MapStops();
        app.MapNoise();
        app.MapOffers();
        app.MapScheduleDays();
        app.MapOccurrences();
        app.MapCalendarFiles();
        app.MapHolidays();
    }
}
