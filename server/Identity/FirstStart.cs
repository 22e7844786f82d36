using BorderInfo.Server.Identity.Public;
using BorderInfo.Server.Platform.Database;
using BorderInfo.Server.Platform.Languages;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.EntityFrameworkCore;

namespace BorderInfo.Server.Identity;

/// <summary>
/// At start: makes the audit table append-only; while no administrator has ever set a password, prints one sign-in link for <c>admin</c> to standard output.
/// </summary>
/// <remarks>
/// <c>--link NAME</c> prints a link for that user as well: who may start the server may sign in, so a lost last password needs no back door.
/// The link goes to standard output only, never to the log.
/// </remarks>
internal sealed class FirstStart(IServiceProvider services, IConfiguration configuration, IServer server, IHostApplicationLifetime life) : IHostedService
{
    public const string AdminName = "admin";

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        using var scope = services.CreateScope();
        var db = scope.ServiceProvider.GetRequiredService<BorderInfoDb>();
        await AppendOnly.Ensure(db, cancellationToken);
        var wanted = await Wanted(db, scope.ServiceProvider, cancellationToken);
        if (wanted is null)
            return;
        var token = await scope.ServiceProvider.GetRequiredService<SignInLinks>().Make(wanted.Id, cancellationToken);
        scope.ServiceProvider.GetRequiredService<IAuditTrail>().Note(db, Actor.System, "user.link", wanted.UserName!, "printed at start");
        await db.SaveChangesAsync(cancellationToken);
        life.ApplicationStarted.Register(() => Console.Out.WriteLine($"First sign-in (valid 24 h, once): {Address()}/vao/{token}"));
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task<User?> Wanted(BorderInfoDb db, IServiceProvider scope, CancellationToken stop)
    {
        if (configuration["link"] is { Length: > 0 } name)
            return await scope.GetRequiredService<Accounts>().FindByNameAsync(name) ?? throw new InvalidOperationException($"--link: there is no user '{name}'.");
        if (await db.Set<User>().AnyAsync(u => !u.Disabled && u.PasswordHash != null && u.Roles.Any(r => r.Role == Roles.Administrator), stop))
            return null;
        return await scope.GetRequiredService<Accounts>().FindByNameAsync(AdminName) ?? await MakeAdmin(db, scope);
    }

    private static async Task<User> MakeAdmin(BorderInfoDb db, IServiceProvider scope)
    {
        var admin = new User { UserName = AdminName, DisplayName = scope.GetRequiredService<Texts>().In("vi", "role.administrator"), CreatedAt = scope.GetRequiredService<TimeProvider>().GetUtcNow() };
        admin.Roles.Add(new UserRole { Role = Roles.Administrator });
        admin.Areas.Add(new UserArea { Area = AreaCodes.Everything });
        scope.GetRequiredService<IAuditTrail>().Note(db, Actor.System, "user.create", AdminName, "first start");
        var made = await scope.GetRequiredService<Accounts>().CreateAsync(admin);
        return made.Succeeded ? admin : throw new InvalidOperationException($"the first administrator could not be made: {made}");
    }

    /// <summary>Where a person at this machine finds the pages.</summary>
    private string Address()
    {
        var all = server.Features.Get<IServerAddressesFeature>()?.Addresses ?? [];
        var first = configuration["public-url"] ?? all.FirstOrDefault(a => a.StartsWith("http://", StringComparison.Ordinal)) ?? all.FirstOrDefault() ?? "http://localhost";
        return first.Replace("://[::]", "://localhost", StringComparison.Ordinal).Replace("://0.0.0.0", "://localhost", StringComparison.Ordinal)
            .Replace("://+", "://localhost", StringComparison.Ordinal).Replace("://*", "://localhost", StringComparison.Ordinal).TrimEnd('/');
    }
}
