using System.Text.Json;
using BorderInfo.Server.Platform.Languages;
using Microsoft.AspNetCore.Mvc;

namespace BorderInfo.Server.Platform.Pages;

/// <summary>How an outcome is answered: to a program as JSON or problem details, to a form as a redirect with one sentence to show.</summary>
public static class Reply
{
    /// <summary>Cookie that carries the sentence over one redirect.</summary>
    public const string FlashCookie = "bi-flash";

    /// <summary>200 with the value, or 422 with <c>code</c>, <c>title</c> in the caller's language and <c>field</c>.</summary>
    public static IResult Api<T>(Outcome<T> outcome, Texts texts) =>
        outcome.Is(out var done, out var why) ? Results.Json(done, ApiJson.Options) : Refused(why, texts);

    public static IResult Refused(Refusal why, Texts texts, int status = StatusCodes.Status422UnprocessableEntity) => Results.Problem(new ProblemDetails
    {
        Status = status,
        Title = texts[why],
        Extensions = { ["code"] = why.Code, ["field"] = why.Field },
    });

    /// <summary>303 to <paramref name="url"/> with the sentence of success or refusal.</summary>
    public static IResult Form<T>(HttpContext http, Outcome<T> outcome, string url, string doneText, Texts texts)
    {
        Flash(http, outcome.Is(out _, out var why), why is null ? texts[doneText] : texts[why]);
        return Results.Redirect(url, permanent: false, preserveMethod: false);
    }

    public static void Flash(HttpContext http, bool good, string text) =>
        http.Response.Cookies.Append(FlashCookie, Uri.EscapeDataString((good ? "+" : "-") + text), new CookieOptions { HttpOnly = true, SameSite = SameSiteMode.Lax, IsEssential = true, MaxAge = TimeSpan.FromMinutes(1) });
}

/// <summary>JSON of the HTTP API: camelCase, enums as words.</summary>
public static class ApiJson
{
    public static JsonSerializerOptions Options { get; } = Made(new JsonSerializerOptions());

    public static JsonSerializerOptions Made(JsonSerializerOptions options)
    {
        options.PropertyNamingPolicy = JsonNamingPolicy.CamelCase;
        options.AllowDuplicateProperties = false;
        options.RespectNullableAnnotations = true;
        options.RespectRequiredConstructorParameters = false;
        options.Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
        options.Converters.Add(new System.Text.Json.Serialization.JsonStringEnumConverter());
        options.TypeInfoResolver ??= new System.Text.Json.Serialization.Metadata.DefaultJsonTypeInfoResolver();
        return options;
    }
}
