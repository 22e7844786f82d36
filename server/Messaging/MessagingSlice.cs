using System.Net;
using BorderInfo.Server.Messaging.Broker;
using BorderInfo.Server.Messaging.Certificates;
using BorderInfo.Server.Messaging.Public;
using BorderInfo.Server.Platform.Jobs;
using BorderInfo.Server.Platform.Notes;
using BorderInfo.Server.Platform.Startup;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace BorderInfo.Server.Messaging;

/// <summary>Services, endpoints and menu entries of the slice; called from Program.cs.</summary>
public static class MessagingSlice
{
    public static void AddMessaging(this WebApplicationBuilder builder)
    {
        var options = MessagingOptions.From(builder.Configuration);
        var services = builder.Services;
        services.AddSingleton(options);
        services.AddSingleton<ServerCertificates>();
        services.AddSingleton<BrokerProcess>();
        services.AddSingleton<SiteCertificates>();
        services.AddSingleton<ISiteCertificates>(s => s.GetRequiredService<SiteCertificates>());
        services.AddSingleton<ISigner, PlanSigner>();
        services.AddSingleton<Inbox>();
        services.AddSingleton<ServerLink>();
        services.AddSingleton<OutboxBell>();
        services.AddSingleton<IInterceptor>(s => s.GetRequiredService<OutboxBell>());
        services.AddSingleton<Outbox>();
        services.AddSingleton<IDownlink>(s => s.GetRequiredService<Outbox>());
        if (options.Broker != "off")
        {
            services.AddSingleton<IAtStart, RevocationAtStart>();
            services.AddChore<RevocationRenewal>("messaging.revocation-list", TimeSpan.FromDays(1));
            services.AddScoped<ITellNotes, BrokerNotes>();
            services.AddHostedService(s => s.GetRequiredService<BrokerProcess>());
            services.AddHostedService(s => s.GetRequiredService<ServerLink>());
            services.AddHostedService(s => s.GetRequiredService<Outbox>());
        }

        services.AddAuthentication()
            .AddScheme<AuthenticationSchemeOptions, SiteDoorAuth>(SiteDoorAuth.SchemeName, null)
            .AddScheme<AuthenticationSchemeOptions, SiteRenewAuth>(SiteRenewAuth.SchemeName, null);
        services.AddAuthorizationBuilder()
            .AddPolicy(SiteDoor.Policy, p => p.AddAuthenticationSchemes(SiteDoorAuth.SchemeName).RequireClaim(SiteDoor.SiteClaim))
            .AddPolicy(SiteDoor.RenewPolicy, p => p.AddAuthenticationSchemes(SiteRenewAuth.SchemeName).RequireClaim(SiteDoor.SiteClaim));
        builder.WebHost.ConfigureKestrel((_, kestrel) =>
        {
            kestrel.Listen(IPAddress.Parse(options.Bind), options.Port);
            kestrel.Listen(IPAddress.Parse(options.SiteBind), options.AgentPort, listen => listen.UseHttps(https =>
            {
                https.ServerCertificate = kestrel.ApplicationServices.GetRequiredService<ISiteCertificates>().ServerCertificate;
                https.ClientCertificateMode = ClientCertificateMode.AllowCertificate;
                https.AllowAnyClientCertificate();
            }));
        });
    }

    /// <summary>The agents' door serves <c>/agent/…</c> and nothing else; the pages' port serves everything but that.</summary>
    public static void MapMessaging(this WebApplication app)
    {
        var options = app.Services.GetRequiredService<MessagingOptions>();
        app.Use((http, next) =>
        {
            var atDoor = http.Connection.LocalPort == options.AgentPort;
            var forDoor = http.Request.Path.StartsWithSegments("/agent", StringComparison.Ordinal);
            if (atDoor == forDoor || http.Connection.LocalPort == 0)
                return next(http);
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        });
    }
}
