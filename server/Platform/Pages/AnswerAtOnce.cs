using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;

namespace BorderInfo.Server.Platform.Pages;

/// <summary>
/// A form answered in one round trip instead of two: where our script runs, the page that the answer would redirect to is sent as the answer itself.
/// </summary>
/// <remarks>
/// <c>site.page.js</c> leaves the cookie <c>bi-js</c>; <c>at.page.js</c> writes the page's own address into the address bar before it is drawn, so that loading it anew sends nothing twice.
/// Without the cookie everything stays post, redirect, get. On a link with 600 ms of delay this is the half of every click.
/// </remarks>
public static class AnswerAtOnce
{
    public const string ScriptCookie = "bi-js";

    /// <summary>Key of <see cref="HttpContext.Items"/>: the address of the page that is shown, with query and fragment.</summary>
    public const string Address = "bi-address";

    public static async Task Follow(HttpContext http, RequestDelegate next)
    {
        if (!Wanted(http))
        {
            await next(http);
            return;
        }

        // Some answers begin to be sent even when they are a redirect without a body: they wait here.
        var (line, held) = (http.Features.GetRequiredFeature<IHttpResponseBodyFeature>(), new MemoryStream());
        http.Features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(held));
        try
        {
            await next(http);
            await http.Response.BodyWriter.FlushAsync();
        }
        finally
        {
            http.Features.Set(line);
        }

        if (Redirect(http) is { } target)
            await Show(http, target, next);
        else
            await line.Stream.WriteAsync(held.GetBuffer().AsMemory(0, (int)held.Length), http.RequestAborted);
    }

    private static async Task Show(HttpContext http, string target, RequestDelegate next)
    {
        http.Response.StatusCode = StatusCodes.Status200OK;
        var cookies = http.Response.Headers.SetCookie;
        http.Response.Headers.Clear();
        http.Response.Headers.SetCookie = cookies;
        await using var scope = http.RequestServices.GetRequiredService<IServiceScopeFactory>().CreateAsyncScope();
        var inner = Asking(http, target);
        inner.RequestServices = scope.ServiceProvider;
        var accessor = scope.ServiceProvider.GetRequiredService<IHttpContextAccessor>();
        accessor.HttpContext = inner;
        try
        {
            await next(inner);
            // What waits for the start of the answer (session, cookies) still needs the scope.
            await inner.Response.StartAsync();
        }
        finally
        {
            accessor.HttpContext = http;
        }
    }

    private static bool Wanted(HttpContext http) =>
        (HttpMethods.IsPost(http.Request.Method) || http.Request.Path.StartsWithSegments("/ngon-ngu"))
        && http.Request.Cookies.ContainsKey(ScriptCookie) && !http.Request.Path.StartsWithSegments("/api");

    private static string? Redirect(HttpContext http)
    {
        if (http.Response.StatusCode is not (StatusCodes.Status302Found or StatusCodes.Status303SeeOther))
            return null;
        var location = http.Response.Headers.Location.ToString();
        var origin = $"{http.Request.Scheme}://{http.Request.Host}";
        var local = location.StartsWith(origin + "/", StringComparison.OrdinalIgnoreCase) ? location[origin.Length..] : location;
        var target = LocalUrl.Or(local, "");
        return target.Length == 0 ? null : target;
    }

    /// <summary>The same connection and answer, a request of its own: nothing of the form, its user or its endpoint stays.</summary>
    private static DefaultHttpContext Asking(HttpContext http, string target)
    {
        var asked = new Uri(new Uri("http://local"), target);
        var features = new FeatureCollection();
        features.Set<IHttpRequestFeature>(new HttpRequestFeature
        {
            Protocol = http.Request.Protocol, Scheme = http.Request.Scheme, Method = HttpMethods.Get, PathBase = http.Request.PathBase, Path = Uri.UnescapeDataString(asked.AbsolutePath),
            QueryString = asked.Query, RawTarget = asked.PathAndQuery, Headers = Headers(http), Body = Stream.Null,
        });
        Share<IHttpResponseFeature>(http, features);
        Share<IHttpResponseBodyFeature>(http, features);
        Share<IHttpConnectionFeature>(http, features);
        Share<IHttpRequestLifetimeFeature>(http, features);
        Share<IHttpRequestIdentifierFeature>(http, features);
        Share<ITlsConnectionFeature>(http, features);
        var inner = new DefaultHttpContext(features);
        inner.Items[Address] = asked.PathAndQuery + asked.Fragment;
        return inner;
    }

    private static void Share<T>(HttpContext http, FeatureCollection features) => features.Set(http.Features.Get<T>());

    /// <summary>As the browser would have asked next: without the form, with the cookies that the answer sets.</summary>
    private static HeaderDictionary Headers(HttpContext http)
    {
        var headers = new HeaderDictionary();
        foreach (var (name, value) in http.Request.Headers.Where(h => !h.Key.StartsWith("Content-", StringComparison.OrdinalIgnoreCase) && h.Key != HeaderNames.TransferEncoding))
            headers[name] = value;
        var cookies = http.Request.Cookies.ToDictionary(c => c.Key, c => Uri.EscapeDataString(c.Value));
        foreach (var set in SetCookieHeaderValue.ParseList([.. http.Response.Headers.SetCookie.OfType<string>()]))
        {
            if (set.Value.Length == 0 || set.Expires < DateTimeOffset.UnixEpoch.AddDays(1))
                cookies.Remove(set.Name.ToString());
            else
                cookies[set.Name.ToString()] = set.Value.ToString();
        }

        headers[HeaderNames.Cookie] = string.Join("; ", cookies.Select(c => $"{c.Key}={c.Value}"));
        return headers;
    }
}
