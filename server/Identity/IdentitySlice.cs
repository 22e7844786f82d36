using BorderInfo.Server.Identity.Public;
using BorderInfo.Server.Platform.Database;
using BorderInfo.Server.Platform.Pages;
using BorderInfo.Server.Platform.Startup;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace BorderInfo.Server.Identity;

/// <summary>Services, endpoints and menu entries of the slice; called from Program.cs.</summary>
public static class IdentitySlice
{
    public static void AddIdentity(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        AddSignIn(services);
        AddAccounts(services);
        services.AddSingleton<AuditKey>();
        services.AddSingleton<IAuditTrail, AuditTrail>();
        services.AddSingleton<ChainOnSave>();
        services.ConfigureDbContext<BorderInfoDb>((s, o) => o.AddInterceptors(s.GetRequiredService<ChainOnSave>()));
        services.AddSingleton<IAtStart, FirstStart>();
        services.AddSingleton(new NavEntry(90, "/nguoi-dung", "user.menu", "users", Roles.Administrator));
        services.AddSingleton(new NavEntry(95, "/nhat-ky", "audit.menu", "shield-check", Roles.Administrator));
    }

    private static void AddSignIn(IServiceCollection services)
    {
        services.AddAuthentication(SessionHandler.Scheme_)
            .AddScheme<AuthenticationSchemeOptions, SessionHandler>(SessionHandler.Scheme_, null)
            .AddScheme<AuthenticationSchemeOptions, TokenHandler>(TokenHandler.Scheme_, null);
        services.AddAuthorizationBuilder()
            .SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build())
            .AddPolicy(ApiDoor.Policy, p => p.AddAuthenticationSchemes(SessionHandler.Scheme_, TokenHandler.Scheme_).RequireAuthenticatedUser());
        services.AddDataProtection().SetApplicationName("BorderInfo");
        services.AddOptions<KeyManagementOptions>().Configure<DataFolder, ILoggerFactory>((o, data, logs) =>
            o.XmlRepository = new FileSystemXmlRepository(Directory.CreateDirectory(Path.Combine(data.Keys, "cookies")), logs));
        services.AddAntiforgery(o => (o.Cookie.Name, o.Cookie.SecurePolicy) = ("bi-form", CookieSecurePolicy.SameAsRequest));
        services.AddScoped<Sessions>();
        services.AddScoped<SecondFactors>();
        services.AddScoped<SignInLinks>();
        services.AddSingleton<FailuresByAddress>();
        services.AddSingleton<IStillSignedIn, StillSignedIn>();
        services.AddSingleton<PasswordTurns>();
    }

    private static void AddAccounts(IServiceCollection services)
    {
        services.Configure<IdentityOptions>(o =>
        {
            o.Password = new PasswordOptions { RequiredLength = 12, RequireDigit = false, RequireLowercase = false, RequireUppercase = false, RequireNonAlphanumeric = false };
            o.Lockout = new LockoutOptions { MaxFailedAccessAttempts = 5, DefaultLockoutTimeSpan = TimeSpan.FromMinutes(15), AllowedForNewUsers = true };
        });
        services.AddSingleton<IPasswordHasher<User>, PasswordHasher<User>>();
        services.AddSingleton<IPasswordValidator<User>>(new PasswordValidator<User>());
        services.AddSingleton<IPasswordValidator<User>, PasswordIsNotGuessable>();
        services.AddScoped<Accounts>();
        services.AddScoped<IUserNames, UserNames>();
        services.AddScoped<MaySet>();
        services.AddScoped<SignInWithPassword>();
        services.AddScoped<SetPassword>();
        services.AddScoped<EnterCode>();
        services.AddScoped<TurnOnSecondFactor>();
        services.AddScoped<TurnOffSecondFactor>();
        services.AddScoped<ResetSecondFactor>();
        services.AddScoped<CreateUser>();
        services.AddScoped<ChangeUser>();
        services.AddScoped<DisableUser>();
        services.AddScoped<MakeSignInLink>();
        services.AddScoped<UseSignInLink>();
        services.AddScoped<MakeToken>();
        services.AddScoped<RevokeToken>();
        services.AddScoped<EndSessions>();
        services.AddScoped<AreaNames>();
        services.AddScoped<UserList>();
        services.AddScoped<AuditSearch>();
        services.AddScoped<AuditDetail>();
    }

    public static void MapIdentity(this WebApplication app)
    {
        app.UseMiddleware<EveryChangeIsMeant>();
        app.MapSignOut();
        app.MapProfile();
        app.MapSecondFactor();
        app.MapUsers();
        app.MapAudit();
    }
}
