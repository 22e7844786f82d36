using Microsoft.AspNetCore.Antiforgery;

namespace BorderInfo.Server.Identity;

/// <summary>
/// Refuses what another site could make a signed-in browser do: a request that is not GET, HEAD or OPTIONS and is vouched for by the session cookie
/// must carry the antiforgery token of a form, or the header <c>X-BorderInfo</c>, which no other site can add without asking us (CORS is off).
/// </summary>
/// <remarks>For every endpoint, whether or not its author thought of it. Personal tokens are not sent by browsers on their own, so they need neither.</remarks>
internal sealed class EveryChangeIsMeant(RequestDelegate next, IAntiforgery antiforgery)
{
    public const string Header = "X-BorderInfo";

    public async Task Invoke(HttpContext http)
    {
        if (MayChange(http.Request.Method) && BySession(http) && !http.Request.Headers.ContainsKey(Header) && !await HasToken(http))
        {
            http.Response.StatusCode = StatusCodes.Status400BadRequest;
            return;
        }

        await next(http);
    }

    private async Task<bool> HasToken(HttpContext http) =>
        http.Features.Get<IAntiforgeryValidationFeature>()?.IsValid ?? await antiforgery.IsRequestValidAsync(http);

    private static bool MayChange(string method) => !(HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method) || HttpMethods.IsTrace(method));

    private static bool BySession(HttpContext http) => http.User.Identities.Any(i => i is { IsAuthenticated: true, AuthenticationType: SessionHandler.Scheme_ });
}
