using BorderInfo.Server.Identity.Public;
using BorderInfo.Server.Platform.Database;
using BorderInfo.Server.Platform.Languages;
using BorderInfo.Server.Platform.Startup;
using Microsoft.EntityFrameworkCore;

namespace BorderInfo.Server.Identity;

/// <summary>
/// At start: makes the audit table append-only; while no administrator has ever set a password, announces one sign-in link for <c>admin</c>.
/// </summary>
/// <remarks>
/// <c>--link NAME</c> announces a link for that user as well: who may start the server may sign in, so a lost last password needs no back door.
/// The link goes to standard output only, never to the log.
/// </remarks>
internal sealed class FirstStart(IConfiguration configuration) : IAtStart
{
    public const string AdminName = "admin";

    public int Order => 20;

    public async Task<IReadOnlyList<StartLink>> AtStart(IServiceProvider services, bool sample, CancellationToken stop)
    {
        var db = services.GetRequiredService<BorderInfoDb>();
        await AppendOnly.Ensure(db, stop);
        if (await Wanted(db, services, stop) is not { } user)
            return [];
        var token = await services.GetRequiredService<SignInLinks>().Make(user.Id, stop);
        services.GetRequiredService<IAuditTrail>().Note(db, Actor.System, "user.link", user.UserName!, "printed at start");
        await db.SaveChangesAsync(stop);
        var texts = services.GetRequiredService<Texts>();
        return [new StartLink($"{texts.In("vi", "sign-in.first")}, {user.UserName}", $"{texts.In("en", "sign-in.first")}, {user.UserName}", $"/vao/{token}")];
    }

    private async Task<User?> Wanted(BorderInfoDb db, IServiceProvider services, CancellationToken stop)
    {
        var accounts = services.GetRequiredService<Accounts>();
        if (configuration["link"] is { Length: > 0 } name)
            return await accounts.FindByNameAsync(name) ?? throw new CannotStart($"--link: không có người dùng “{name}”.", $"--link: there is no user “{name}”.");
        if (await db.Set<User>().AnyAsync(u => !u.Disabled && u.PasswordHash != null && u.Roles.Any(r => r.Role == Roles.Administrator), stop))
            return null;
        return await accounts.FindByNameAsync(AdminName) ?? await MakeAdmin(db, accounts, services);
    }

    private static async Task<User> MakeAdmin(BorderInfoDb db, Accounts accounts, IServiceProvider services)
    {
        var admin = new User { UserName = AdminName, DisplayName = services.GetRequiredService<Texts>().In("vi", "role.administrator"), CreatedAt = services.GetRequiredService<TimeProvider>().GetUtcNow() };
        admin.Roles.Add(new UserRole { Role = Roles.Administrator });
        admin.Areas.Add(new UserArea { Area = AreaCodes.Everything });
        services.GetRequiredService<IAuditTrail>().Note(db, Actor.System, "user.create", AdminName, "first start");
        var made = await accounts.CreateAsync(admin);
        return made.Succeeded ? admin : throw new InvalidOperationException($"the first administrator could not be made: {made}");
    }
}
