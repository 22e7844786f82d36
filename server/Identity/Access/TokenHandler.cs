using System.Text.Encodings.Web;
using BorderInfo.Server.Platform.Database;
using Microsoft.AspNetCore.Authentication;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace BorderInfo.Server.Identity;

/// <summary><c>Authorization: Bearer bi_…</c>: a personal token, with the rights its owner has now.</summary>
internal sealed class TokenHandler(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logs, UrlEncoder encoder, BorderInfoDb db, TimeProvider clock)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logs, encoder)
{
    public const string Scheme_ = "token";
    private const string Beginning = "Bearer ";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var header = Request.Headers.Authorization.ToString();
        if (!header.StartsWith(Beginning, StringComparison.OrdinalIgnoreCase))
            return AuthenticateResult.NoResult();
        var (now, hash) = (clock.GetUtcNow(), Secrets.Hash(header[Beginning.Length..].Trim()));
        var token = await db.Set<PersonalToken>().AsNoTracking().SingleOrDefaultAsync(t => t.Hash == hash && t.ExpiresAt > now, Context.RequestAborted);
        if (token is null || await Principals.Of(db, token.UserId, Scheme.Name, Context.RequestAborted) is not { } user)
            return AuthenticateResult.Fail("no such token, or it has ended");
        if (token.UsedAt is null || token.UsedAt < now.AddMinutes(-1))
            await db.Set<PersonalToken>().Where(t => t.Id == token.Id).ExecuteUpdateAsync(t => t.SetProperty(x => x.UsedAt, now), Context.RequestAborted);
        return AuthenticateResult.Success(new AuthenticationTicket(user, Scheme.Name));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.StatusCode = StatusCodes.Status401Unauthorized;
        Response.Headers.WWWAuthenticate = "Bearer";
        return Task.CompletedTask;
    }
}
