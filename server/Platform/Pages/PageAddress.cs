using Microsoft.AspNetCore.Diagnostics;

namespace BorderInfo.Server.Platform.Pages;

/// <summary>The address in the person's browser, also where a page for trouble is shown instead.</summary>
public static class PageAddress
{
    public static string Of(HttpContext http)
    {
        if (http.Features.Get<IStatusCodeReExecuteFeature>() is { } asked)
            return asked.OriginalPath + asked.OriginalQueryString;
        var path = http.Features.Get<IExceptionHandlerPathFeature>()?.Path ?? http.Request.Path;
        return HttpMethods.IsGet(http.Request.Method) ? path + http.Request.QueryString : path;
    }
}
