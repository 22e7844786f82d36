using System.Text.Encodings.Web;
using BorderInfo.Server.Platform.Database;
using BorderInfo.Server.Platform.Pages;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.StaticAssets;
using Microsoft.Extensions.Options;

namespace BorderInfo.Server.Identity;

/// <summary>Who the session cookie says it is. Asks for signing in by redirect (pages), <c>HX-Redirect</c> (partial updates) or 401 (API).</summary>
internal sealed class SessionHandler(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logs, UrlEncoder encoder, Sessions sessions, BorderInfoDb db)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logs, encoder)
{
    public const string Scheme_ = "session";

    /// <summary>Claim with the hash of the session, for “end the other sessions”.</summary>
    public const string SessionClaim = "bi:session";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var isFile = Context.GetEndpoint()?.Metadata.GetMetadata<StaticAssetDescriptor>() is not null;
        if (isFile || Request.Headers.Authorization.Count > 0 || !Request.Cookies.TryGetValue(Sessions.CookieName(Request), out var secret))
            return AuthenticateResult.NoResult();
        if (await sessions.Find(secret, quiet: Request.Path == "/live", Context.RequestAborted) is not { } session)
            return AuthenticateResult.Fail("no such session, or it has ended");
        if (await Principals.Of(db, session.UserId, Scheme.Name, Context.RequestAborted) is not { } user)
            return AuthenticateResult.Fail("the user is disabled");
        user.Identities.First().AddClaim(new(SessionClaim, session.Hash));
        return AuthenticateResult.Success(new AuthenticationTicket(user, Scheme.Name));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        if (Request.Path.StartsWithSegments("/api") || Request.Path == "/live")
            Response.StatusCode = StatusCodes.Status401Unauthorized;
        else if (Request.Headers.ContainsKey("HX-Request"))
            (Response.StatusCode, Response.Headers["HX-Redirect"]) = (StatusCodes.Status401Unauthorized, SignInUrl(Request.Headers["HX-Current-URL"].ToString()));
        else
            Response.Redirect(SignInUrl(HttpMethods.IsGet(Request.Method) ? Request.Path + Request.QueryString : "/"));
        return Task.CompletedTask;
    }

    private static string SignInUrl(string from)
    {
        var path = Uri.TryCreate(from, UriKind.Absolute, out var whole) && whole.Scheme.StartsWith("http", StringComparison.Ordinal) ? whole.PathAndQuery : from;
        var back = LocalUrl.Or(path, "/");
        return back == "/" ? "/dang-nhap" : "/dang-nhap?tiep=" + Uri.EscapeDataString(back);
    }
}
