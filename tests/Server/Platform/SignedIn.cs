using System.Net;
using System.Text.RegularExpressions;
using BorderInfo.Server.Identity;
using BorderInfo.Server.Identity.Public;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.Mvc.Testing.Handlers;
using Microsoft.Extensions.DependencyInjection;

namespace BorderInfo.Tests.Server.Support;

/// <summary>Browsers with somebody signed in, for tests of every slice.</summary>
/// <remarks>Works for <see cref="ServerUnderTest"/> and for what <c>WithWebHostBuilder</c> makes of it. Redirects are not followed; cookies are kept.</remarks>
public static partial class SignedIn
{
    private static int number;

    /// <summary>A new user with the one role (a word of <see cref="Roles"/>) and a session. Without a scope: the whole country.</summary>
    public static async Task<HttpClient> ClientAs(this WebApplicationFactory<Program> server, string role, AreaScope? scope = null) =>
        await server.ClientAs([role], scope);

    public static async Task<HttpClient> ClientAs(this WebApplicationFactory<Program> server, IEnumerable<string> roles, AreaScope? scope = null) =>
        (await server.UserWithClient(roles, scope)).Client;

    /// <summary>As <c>ClientAs</c>, with the actor that the server will see.</summary>
    public static async Task<(HttpClient Client, Actor Actor)> UserWithClient(this WebApplicationFactory<Program> server, IEnumerable<string> roles, AreaScope? scope = null)
    {
        var actor = await server.NewUser(roles, scope);
        return (await server.ClientOf(actor.UserId), actor);
    }

    /// <summary>A user without a password, for use cases that are called directly.</summary>
    public static async Task<Actor> NewUser(this WebApplicationFactory<Program> server, IEnumerable<string> roles, AreaScope? scope = null)
    {
        using var work = server.Services.CreateScope();
        var user = new User { UserName = $"thu{Interlocked.Increment(ref number)}", CreatedAt = work.ServiceProvider.GetRequiredService<TimeProvider>().GetUtcNow() };
        user.DisplayName = $"Người thử {user.UserName}";
        user.Roles.AddRange(roles.Select(r => new UserRole { Role = r }));
        user.Areas.AddRange(AreaCodes.Of(scope ?? AreaScope.All).Select(a => new UserArea { Area = a }));
        var made = await work.ServiceProvider.GetRequiredService<Accounts>().CreateAsync(user);
        Assert.True(made.Succeeded, made.ToString());
        return new Actor(user.Id, user.UserName, user.DisplayName, roles.ToHashSet(), scope ?? AreaScope.All);
    }

    /// <summary>A browser with a session of this user.</summary>
    public static async Task<HttpClient> ClientOf(this WebApplicationFactory<Program> server, long userId)
    {
        using var work = server.Services.CreateScope();
        var secret = await work.ServiceProvider.GetRequiredService<Sessions>().Open(userId, "127.0.0.1", "test", byLink: false, needsCode: false, default);
        var cookies = new CookieContainer();
        cookies.Add(new Uri("http://localhost/"), new Cookie("bi-session", secret));
        return server.CreateDefaultClient(new CookieContainerHandler(cookies));
    }

    /// <summary>A browser without a session that keeps cookies and follows no redirect.</summary>
    public static HttpClient Stranger(this WebApplicationFactory<Program> server) => server.CreateDefaultClient(new CookieContainerHandler(new CookieContainer()));

    /// <summary>Sends a form as a browser would: fetches a page for its antiforgery token, then posts.</summary>
    /// <param name="fields">Several of the same name may be given.</param>
    /// <param name="page">The page with the form; by default the start page, whose sign-out form has a token too.</param>
    public static async Task<HttpResponseMessage> PostForm(this HttpClient client, string url, IEnumerable<KeyValuePair<string, string>> fields, string page = "/")
    {
        var token = await client.FormToken(page);
        return await client.PostAsync(url, new FormUrlEncodedContent([new("__RequestVerificationToken", token), .. fields]));
    }

    public static Task<HttpResponseMessage> PostForm(this HttpClient client, string url, params (string Name, string Value)[] fields) =>
        client.PostForm(url, fields.Select(f => KeyValuePair.Create(f.Name, f.Value)));

    /// <summary>Sends a page's own form (<c>@formname</c>) to the page itself.</summary>
    public static Task<HttpResponseMessage> PostToPage(this HttpClient client, string page, string formName, params (string Name, string Value)[] fields) =>
        client.PostForm(page, [KeyValuePair.Create("_handler", formName), .. fields.Select(f => KeyValuePair.Create(f.Name, f.Value))], page);

    /// <summary>An antiforgery token of a page, for forms with files: the field is <c>__RequestVerificationToken</c>.</summary>
    public static async Task<string> FormToken(this HttpClient client, string page = "/")
    {
        var html = await client.GetStringAsync(page);
        var token = Token().Match(html);
        Assert.True(token.Success, $"{page} has no form");
        return WebUtility.HtmlDecode(token.Groups[1].Value);
    }

    /// <summary>Calls of the API that change something by cookie carry this header.</summary>
    public static HttpClient AsScript(this HttpClient client)
    {
        client.DefaultRequestHeaders.Add("X-BorderInfo", "1");
        return client;
    }

    /// <summary>The sentence that <c>Reply.Form</c> left for the next page, with <c>+</c> or <c>-</c> before it; null = none.</summary>
    public static string? FlashOf(HttpResponseMessage answer) =>
        answer.Headers.TryGetValues("Set-Cookie", out var cookies) && cookies.FirstOrDefault(c => c.StartsWith("bi-flash=", StringComparison.Ordinal)) is { } flash
            ? Uri.UnescapeDataString(Uri.UnescapeDataString(flash["bi-flash=".Length..flash.IndexOf(';')]))
            : null;

    [GeneratedRegex("""name="__RequestVerificationToken"[^>]*value="([^"]+)""")]
    private static partial Regex Token();
}
