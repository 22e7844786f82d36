using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using BorderInfo.Contract.Messages;
using BorderInfo.Server.Fleet.Enrol;
using BorderInfo.Server.Fleet.Screens;
using BorderInfo.Server.Messaging.Public;
using BorderInfo.Server.Platform.Languages;
using BorderInfo.Server.Platform.Machine;
using Microsoft.AspNetCore.Mvc;

namespace BorderInfo.Server.Fleet;

/// <summary>What site computers call: enrolment (anonymous, paced) and pictures of outputs (with their certificate).</summary>
internal static class AgentDoor
{
    private const int MostEnrolBytes = 16 * 1024;

    public static void MapAgentDoor(this IEndpointRouteBuilder app)
    {
        app.MapPost("/agent/v1/enrol", Enrol).AllowAnonymous().DisableAntiforgery().WithMetadata(new RequestSizeLimitAttribute(MostEnrolBytes)).WithTags("agent").WithSummary("One-time enrolment of a site computer");
        app.MapPost("/agent/v1/renew", Renew).RequireAuthorization(SiteDoor.RenewPolicy).DisableAntiforgery().WithMetadata(new RequestSizeLimitAttribute(MostEnrolBytes)).WithTags("agent").WithSummary("A new certificate for the key of the request; also with a certificate that ended less than a year ago");
        app.MapPost("/agent/v1/renewed", Renewed).RequireAuthorization(SiteDoor.Policy).DisableAntiforgery().WithTags("agent").WithSummary("The site is connected with this certificate: its older ones are revoked");
        app.MapPut("/agent/v1/screens/{output}", Screen).RequireAuthorization(SiteDoor.Policy).DisableAntiforgery().WithMetadata(new RequestSizeLimitAttribute(KeepScreen.MostBytes + 1024)).WithTags("agent").WithSummary("Picture of a real output");
    }

    private static async Task<IResult> Enrol(HttpContext http, EnrolPace pace, Texts texts, CancellationToken stop)
    {
        var address = CallerAddress.Counted(http.Connection.RemoteIpAddress);
        if (!pace.Admits(address))
            return Refused(new Refusal("enrol.slow-down"), texts);
        if (await Body(http, MostEnrolBytes, stop) is not { } body || Read(body, ContractJson.Wire.EnrolAsk) is not { Code.Length: <= 64, CsrPem: not null } ask)
            return Refused(new Refusal("enrol.bad-request", "JSON"), texts);
        var use = http.RequestServices.GetRequiredService<EnrolSite>();
        http.Response.Headers.CacheControl = "no-store";
        return (await use.Handle(ask, address, stop)).Is(out var done, out var why) ? Results.Json(done, ContractJson.Wire.EnrolDone) : Refused(why, texts);
    }

    private static async Task<IResult> Renew(HttpContext http, EnrolPace pace, RenewSite use, Texts texts, CancellationToken stop)
    {
        if (!pace.Admits(CallerAddress.Counted(http.Connection.RemoteIpAddress)))
            return Refused(new Refusal("enrol.slow-down"), texts);
        if (!SiteId.TryParse(http.User.FindFirst(SiteDoor.SiteClaim)?.Value, out var site) || http.Connection.ClientCertificate is not { } shown
            || await Body(http, MostEnrolBytes, stop) is not { } body || Read(body, ContractJson.Wire.RenewAsk) is not { CsrPem: not null } ask)
            return Refused(new Refusal("enrol.bad-request", "JSON"), texts);
        http.Response.Headers.CacheControl = "no-store";
        return (await use.Handle(site, shown, ask, stop)).Is(out var done, out var why) ? Results.Json(done, ContractJson.Wire.RenewDone) : Refused(why, texts);
    }

    private static async Task<IResult> Renewed(HttpContext http, RenewSite use, CancellationToken stop)
    {
        if (SiteId.TryParse(http.User.FindFirst(SiteDoor.SiteClaim)?.Value, out var site) && http.Connection.ClientCertificate is { } shown)
            await use.Used(site, shown, stop);
        return Results.NoContent();
    }

    private static async Task<IResult> Screen(string output, HttpContext http, KeepScreen use, Texts texts, CancellationToken stop)
    {
        if (!SiteId.TryParse(http.User.FindFirst(SiteDoor.SiteClaim)?.Value, out var site) || !OutputId.TryParse(output, out var id))
            return Refused(new Refusal("screen.no-such-output", output), texts);
        if (http.Request.ContentType != "image/jpeg")
            return Refused(new Refusal("screen.not-jpeg"), texts);
        if (await Body(http, KeepScreen.MostBytes, stop) is not { } jpeg)
            return Refused(new Refusal("screen.too-large", "300"), texts);
        var headers = http.Request.Headers;
        var ask = new KeepScreen.Ask(
            site, id, jpeg,
            ItemId.TryParse(headers["X-Item"], out var item) ? item : null,
            int.TryParse(headers["X-Version"], NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : null,
            int.TryParse(headers["X-Page"], NumberStyles.None, CultureInfo.InvariantCulture, out var page) ? page : null,
            DateTimeOffset.TryParse(headers["X-At"], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? at : null);
        return (await use.Handle(ask, stop)).Why is { } why ? Refused(why, texts) : Results.NoContent();
    }

    private static T? Read<T>(byte[] body, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(body, type);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Null = longer than <paramref name="most"/>, whatever its Content-Length said.</summary>
    private static async Task<byte[]?> Body(HttpContext http, int most, CancellationToken stop)
    {
        if (http.Request.ContentLength > most)
            return null;
        using var body = new MemoryStream();
        var buffer = new byte[16 * 1024];
        int read;
        while ((read = await http.Request.Body.ReadAsync(buffer, stop)) > 0)
        {
            if (body.Length + read > most)
                return null;
            body.Write(buffer, 0, read);
        }

        return body.ToArray();
    }

    private static IResult Refused(Refusal why, Texts texts) =>
        Results.Json(new AgentRefusal(why.Code, texts.Of("vi", why)), ContractJson.Wire.AgentRefusal, statusCode: why.Code switch
        {
            "renew.revoked" => StatusCodes.Status401Unauthorized,
            "enrol.wrong-code" or "enrol.not-confirmed" => StatusCodes.Status403Forbidden,
            "enrol.expired-code" or "enrol.used-code" => StatusCodes.Status410Gone,
            "enrol.too-many-tries" or "enrol.slow-down" or "renew.slow-down" or "renew.too-early" => StatusCodes.Status429TooManyRequests,
            "screen.too-large" => StatusCodes.Status413PayloadTooLarge,
            "screen.not-jpeg" => StatusCodes.Status415UnsupportedMediaType,
            "screen.no-such-output" => StatusCodes.Status404NotFound,
            _ => StatusCodes.Status400BadRequest,
        });
}
