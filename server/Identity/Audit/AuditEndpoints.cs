using BorderInfo.Server.Identity.Public;
using BorderInfo.Server.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace BorderInfo.Server.Identity;

/// <summary>The audit trail for programs.</summary>
internal static class AuditEndpoints
{
    public static void MapAudit(this IEndpointRouteBuilder app)
    {
        var api = app.MapGroup("/api/v1/audit").WithTags("identity").RequireAuthorization(ApiDoor.Policy).RequireAuthorization(p => p.RequireRole(Roles.Administrator));
        api.MapGet("/", (string? person, string? action, DateOnly? day, long? before, AuditSearch search, CancellationToken stop) => search.Find(new(person, action, day, before), stop))
            .WithSummary("Rows, newest first, 100 at a time; before = the smallest number already seen.");
        api.MapGet("/verify", (BorderInfoDb db, AuditKey key, CancellationToken stop) => AuditTrail.Verify(db, key.Bytes, stop))
            .WithSummary("Walks the whole chain and tells the first row that does not fit.");
    }
}

internal sealed record AuditView(long N, DateTimeOffset At, string ActorName, string Action, string Target, string Detail, string Hash);

internal sealed class AuditSearch(BorderInfoDb db)
{
    public const int Page = 100;
    private static readonly TimeSpan VietNam = TimeSpan.FromHours(7);

    /// <param name="Person">User name, exact.</param>
    /// <param name="Action">The whole word or its beginning up to a dot: <c>user</c>, <c>user.change</c>.</param>
    /// <param name="Day">Day in Việt Nam.</param>
    public sealed record Ask(string? Person, string? Action, DateOnly? Day, long? Before);

    public async Task<IReadOnlyList<AuditView>> Find(Ask ask, CancellationToken stop)
    {
        var rows = db.Set<AuditRow>().AsNoTracking();
        if (!string.IsNullOrWhiteSpace(ask.Person))
            rows = rows.Where(r => r.ActorName == ask.Person.Trim());
        if (!string.IsNullOrWhiteSpace(ask.Action))
            rows = rows.Where(r => r.Action == ask.Action.Trim() || r.Action.StartsWith(ask.Action.Trim() + "."));
        if (ask.Day is { Year: < 2000 or > 2999 })
            return [];
        if (ask.Day is { } day)
            rows = rows.Where(r => r.At >= StartOf(day) && r.At < StartOf(day.AddDays(1)));
        if (ask.Before is { } before)
            rows = rows.Where(r => r.N < before);
        return await rows.OrderByDescending(r => r.N).Take(Page).Select(r => new AuditView(r.N, r.At, r.ActorName, r.Action, r.Target, r.Detail, r.Hash)).ToListAsync(stop);
    }

    private static DateTimeOffset StartOf(DateOnly day) => new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), VietNam).ToUniversalTime();
}
