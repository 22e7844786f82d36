using BorderInfo.Server.Geo.Public;
using BorderInfo.Server.Identity.Public;
using BorderInfo.Server.Platform.Database;
using BorderInfo.Server.Platform.Pages;
using BorderInfo.Server.Platform.Startup;

namespace BorderInfo.Server.Geo;

/// <summary>Services, endpoints and menu entries of the slice; called from Program.cs.</summary>
public static class GeoSlice
{
    public static void AddGeo(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton(_ => Shipped.Read(Path.Combine(AppContext.BaseDirectory, "content", "geo")));
        services.AddSingleton<Boundaries>();
        services.AddSingleton<GeoCatalogue>();
        services.AddSingleton<IGeoCatalogue>(s => s.GetRequiredService<GeoCatalogue>());
        services.AddSingleton<BoundaryFiles>();
        services.AddSingleton<MapShapes>();
        services.AddSingleton<IAtStart, ReadOwnUnits>();
        services.AddHostedService<DrawAhead>();
        services.AddScoped<MapView>();
        services.AddScoped<CheckBoundaries>();
        services.AddScoped<ApplyBoundaries>();
        services.AddScoped<UndoBoundaries>();
        services.AddScoped<ChangeSector>();
        services.AddScoped<ChangeGate>();
        services.AddScoped<ChangePost>();
        services.AddScoped<ImportPosts>();
        services.AddSingleton(new NavEntry(20, "/ban-do", "geo.map.menu", "map-2"));
        services.AddSingleton(new NavEntry(80, "/dia-ban", "geo.units.menu", "map-pin"));
        services.AddSingleton(new NavEntry(81, "/dia-gioi", "geo.boundaries.menu", "polygon", Roles.Administrator));
    }

    public static void MapGeo(this WebApplication app)
    {
        app.MapGeoApi();
        app.MapMap();
        app.MapBoundaries();
    }

    /// <summary>The administrator's sectors, gates and posts come over the shipped ones before the doors open.</summary>
    private sealed class ReadOwnUnits(GeoCatalogue catalogue) : IAtStart
    {
        public int Order => 30;

        public async Task<IReadOnlyList<StartLink>> AtStart(IServiceProvider services, bool sample, CancellationToken stop)
        {
            await catalogue.Reload(services.GetRequiredService<BorderInfoDb>(), stop);
            return [];
        }
    }

    /// <summary>The country is drawn while the server starts, so that nobody waits for it; without this the first map takes about 2 s longer.</summary>
    private sealed class DrawAhead(MapShapes shapes) : BackgroundService
    {
        protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.Run(shapes.Country, stoppingToken);
    }
}
