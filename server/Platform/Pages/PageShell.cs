using System.IO.Compression;
using BorderInfo.Server.Platform.Languages;
using BorderInfo.Server.Platform.Machine;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.Localization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.ResponseCompression;

namespace BorderInfo.Server.Platform.Pages;

/// <summary>What surrounds every page: compression, security headers, language, pages for trouble.</summary>
public static class PageShell
{
    private static readonly EventId DiskFull = new(1061);

    public const string LanguageCookie = "bi-lang";

    /// <summary>Scripts only from files of our own; styles may stand in attributes (bars, positions); nobody may frame us.</summary>
    private const string ContentPolicy =
        "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; media-src 'self' blob:; " +
        "connect-src 'self'; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'";

    public static void AddPageShell(this IServiceCollection services)
    {
        services.AddProblemDetails();
        services.AddResponseCompression(o =>
        {
            // Pages carry antiforgery tokens, which are masked anew each time, and no other secret: BREACH finds nothing to measure.
            o.EnableForHttps = true;
            o.Providers.Add<BrotliCompressionProvider>();
            o.Providers.Add<GzipCompressionProvider>();
            o.MimeTypes = ["text/html", "application/json", "application/problem+json", "application/geo+json", "text/csv", "image/svg+xml"];
        });
        services.Configure<BrotliCompressionProviderOptions>(o => o.Level = CompressionLevel.Fastest);
        services.AddSingleton(new NavEntry(10, "/", "site.home", "layout-dashboard"));
    }

    /// <summary>First in the pipeline.</summary>
    public static void UsePageShell(this WebApplication app)
    {
        // Only from this machine (the library's default): a proxy with TLS in front tells scheme and caller, nobody else is believed.
        app.UseForwardedHeaders(new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto | ForwardedHeaders.XForwardedHost });
        app.UseResponseCompression();
        app.Use(SecurityHeaders);
        app.Use(AnswerAtOnce.Follow);
        app.UseWhen(IsApi, api => api.UseExceptionHandler().UseStatusCodePages());
        app.UseWhen(http => !IsApi(http), pages =>
        {
            pages.UseExceptionHandler(new ExceptionHandlerOptions { ExceptionHandlingPath = "/loi/500", CreateScopeForErrors = true });
            pages.UseStatusCodePagesWithReExecute("/loi/{0}", createScopeForStatusCodePages: true);
        });
        app.Use(FullDiskIsSaid);
        var cultures = new[] { "vi-VN", "en-GB" };
        app.UseRequestLocalization(o =>
        {
            o.SetDefaultCulture("vi-VN").AddSupportedCultures(cultures).AddSupportedUICultures(cultures);
            o.RequestCultureProviders = [new CookieRequestCultureProvider { CookieName = LanguageCookie }];
        });
        app.Use(TroubleIsOnlyLookedAt);
        // The handlers above re-execute the request: routing must come after them.
        app.UseRouting();
    }

    public static void MapPageShell(this WebApplication app) =>
        app.MapGet("/ngon-ngu/{language}", SwitchLanguage).AllowAnonymous().ExcludeFromDescription();

    private static IResult SwitchLanguage(string language, [FromQuery(Name = "ve")] string? back, HttpContext http)
    {
        var culture = language == "en" ? "en-GB" : "vi-VN";
        http.Response.Cookies.Append(LanguageCookie, CookieRequestCultureProvider.MakeCookieValue(new RequestCulture(culture)),
            new CookieOptions { MaxAge = TimeSpan.FromDays(400), SameSite = SameSiteMode.Lax, HttpOnly = true, Secure = http.Request.IsHttps, IsEssential = true });
        return Results.LocalRedirect(LocalUrl.Or(back, "/"));
    }

    /// <summary>A full disk is no bug: 507 with a sentence that says what to do. What was to be written is not; what was acknowledged before stays.</summary>
    private static async Task FullDiskIsSaid(HttpContext http, RequestDelegate next)
    {
        try
        {
            await next(http);
        }
        catch (Exception e) when (Disk.IsFull(e) && !http.Response.HasStarted)
        {
            http.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger(nameof(PageShell)).LogError(DiskFull, e, "The disk is full: {Method} {Path} was not done", http.Request.Method, http.Request.Path);
            http.Response.StatusCode = StatusCodes.Status507InsufficientStorage;
            if (IsApi(http))
                await Reply.Refused(new("server.disk-full"), http.RequestServices.GetRequiredService<Texts>(), StatusCodes.Status507InsufficientStorage).ExecuteAsync(http);
        }
    }

    private static Task SecurityHeaders(HttpContext http, RequestDelegate next)
    {
        http.Response.OnStarting(() =>
        {
            var headers = http.Response.Headers;
            // Served media carry a stricter policy of their own.
            if (headers.ContentSecurityPolicy.Count == 0)
                headers.ContentSecurityPolicy = ContentPolicy;
            headers.XContentTypeOptions = "nosniff";
            headers.XFrameOptions = "DENY";
            headers["Referrer-Policy"] = "same-origin";
            headers["Cross-Origin-Opener-Policy"] = "same-origin";
            headers["Permissions-Policy"] = "camera=(), microphone=(), payment=(), usb=()";
            // Files of our own, media and pictures say themselves how long they may be kept.
            if (headers.CacheControl.Count == 0)
                headers.CacheControl = "no-store";
            return Task.CompletedTask;
        });
        return next(http);
    }

    /// <summary>A refused POST shows its page as a GET does: the page for trouble is no form that could be forged.</summary>
    private static Task TroubleIsOnlyLookedAt(HttpContext http, RequestDelegate next)
    {
        if (http.Features.Get<IStatusCodeReExecuteFeature>() is not null || http.Features.Get<IExceptionHandlerPathFeature>() is not null)
            http.Request.Method = HttpMethods.Get;
        return next(http);
    }

    private static bool IsApi(HttpContext http) => http.Request.Path.StartsWithSegments("/api") || http.Request.Path.StartsWithSegments("/live") || http.Request.Path.StartsWithSegments("/agent");
}

/// <summary>Addresses that came from outside and are about to be redirected to.</summary>
public static class LocalUrl
{
    /// <summary>The address if it is a path on this server (<c>/…</c>, not <c>//</c> or <c>/\</c>, no control characters), else the other one.</summary>
    public static string Or(string? url, string other) =>
        url is ['/', ..] && (url.Length == 1 || url[1] is not ('/' or '\\')) && !url.Any(char.IsControl) ? url : other;
}
