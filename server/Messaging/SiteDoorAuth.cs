using System.Security.Claims;
using System.Security.Cryptography.X509Certificates;
using System.Text.Encodings.Web;
using BorderInfo.Contract;
using BorderInfo.Server.Messaging.Public;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace BorderInfo.Server.Messaging;

/// <summary>Recognises a site by its client certificate on the agents' HTTPS door.</summary>
internal class SiteDoorAuth(ISiteCertificates certificates, IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logs, UrlEncoder encoder)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logs, encoder)
{
    public const string SchemeName = "site";

    protected ISiteCertificates Certificates { get; } = certificates;

    protected virtual bool Recognises(X509Certificate2 certificate, out SiteId site) => Certificates.Recognises(certificate, out site);

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var certificate = await Context.Connection.GetClientCertificateAsync(Context.RequestAborted);
        if (certificate is null)
            return AuthenticateResult.NoResult();
        if (!Recognises(certificate, out var site))
            return AuthenticateResult.Fail("not a certificate of a site, or revoked");
        var identity = new ClaimsIdentity([new Claim(SiteDoor.SiteClaim, site.Value)], Scheme.Name);
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), Scheme.Name));
    }
}

/// <summary>As <see cref="SiteDoorAuth"/>, also for a certificate that ended while its site was off: only to renew it.</summary>
internal sealed class SiteRenewAuth(ISiteCertificates certificates, IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logs, UrlEncoder encoder)
    : SiteDoorAuth(certificates, options, logs, encoder)
{
    public new const string SchemeName = "site-renew";

    protected override bool Recognises(X509Certificate2 certificate, out SiteId site) => Certificates.MayRenew(certificate, out site);
}
