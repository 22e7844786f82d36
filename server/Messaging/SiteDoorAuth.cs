using System.Security.Claims;
using System.Text.Encodings.Web;
using BorderInfo.Server.Messaging.Public;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace BorderInfo.Server.Messaging;

/// <summary>Recognises a site by its client certificate on the agents' HTTPS door.</summary>
internal sealed class SiteDoorAuth(ISiteCertificates certificates, IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logs, UrlEncoder encoder)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logs, encoder)
{
    public const string SchemeName = "site";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var certificate = await Context.Connection.GetClientCertificateAsync(Context.RequestAborted);
        if (certificate is null)
            return AuthenticateResult.NoResult();
        if (!certificates.Recognises(certificate, out var site))
            return AuthenticateResult.Fail("not a certificate of a site, or revoked");
        var identity = new ClaimsIdentity([new Claim(SiteDoor.SiteClaim, site.Value)], SchemeName);
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), SchemeName));
    }
}
