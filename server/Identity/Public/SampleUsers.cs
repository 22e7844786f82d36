using BorderInfo.Server.Platform.Database;
using BorderInfo.Server.Platform.Languages;
using Microsoft.EntityFrameworkCore;

namespace BorderInfo.Server.Identity.Public;

/// <summary>A sample user who has never set a password, with a fresh one-time link <c>/vao/{Token}</c>.</summary>
public sealed record SampleLink(string UserName, string DisplayName, string Token);

/// <summary>The people of the sample set: one per role, marked as sample, without passwords.</summary>
public static class SampleUsers
{
    public const string Editor = "bientap", Approver = "duyet", Monitor = "bienphong", Technician = "kythuat";

    private static readonly (string Name, string Role)[] People =
        [(Editor, Roles.Editor), (Approver, Roles.Approver), (Monitor, Roles.Monitor), (Technician, Roles.Technician)];

    /// <summary>Makes the missing ones; those that exist stay as somebody may have changed them.</summary>
    /// <param name="services">The root provider.</param>
    /// <param name="scopes">By user name; a missing one gets <see cref="AreaScope.All"/>.</param>
    /// <returns>One link for each enabled sample user without a password; older links of theirs end.</returns>
    public static async Task<IReadOnlyList<SampleLink>> Ensure(IServiceProvider services, IReadOnlyDictionary<string, AreaScope> scopes, CancellationToken stop = default)
    {
        var links = new List<SampleLink>();
        foreach (var (name, role) in People)
        {
            using var scope = services.CreateScope();
            if (await Ensure(scope.ServiceProvider, name, role, scopes.GetValueOrDefault(name, AreaScope.All), stop) is { } link)
                links.Add(link);
        }

        return links;
    }

    private static async Task<SampleLink?> Ensure(IServiceProvider services, string name, string role, AreaScope area, CancellationToken stop)
    {
        var db = services.GetRequiredService<BorderInfoDb>();
        var user = await services.GetRequiredService<Accounts>().FindByNameAsync(name) ?? await Make(services, db, name, role, area);
        if (user.PasswordHash is not null || user.Disabled)
            return null;
        var token = await services.GetRequiredService<SignInLinks>().Make(user.Id, stop);
        services.GetRequiredService<IAuditTrail>().Note(db, Actor.System, "user.link", name, "sample");
        await db.SaveChangesAsync(stop);
        return new(name, user.DisplayName, token);
    }

    private static async Task<User> Make(IServiceProvider services, BorderInfoDb db, string name, string role, AreaScope area)
    {
        var user = new User { UserName = name, DisplayName = services.GetRequiredService<Texts>().In("vi", $"user.sample.{role}"), CreatedAt = services.GetRequiredService<TimeProvider>().GetUtcNow() };
        user.Roles.Add(new UserRole { Role = role });
        user.Areas.AddRange(AreaCodes.Of(area).Select(a => new UserArea { Area = a }));
        services.GetRequiredService<IAuditTrail>().Note(db, Actor.System, "user.create", name, "sample");
        var made = await services.GetRequiredService<Accounts>().CreateAsync(user);
        return made.Succeeded ? user : throw new InvalidOperationException($"sample user {name}: {made}");
    }
}
