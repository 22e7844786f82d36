using BorderInfo.Server.Platform.Languages;

namespace BorderInfo.Server.Identity;

/// <summary>“Chrome trên Windows” out of a user-agent line, so that a person knows their own device again. Pure.</summary>
/// <remarks>Order matters: nearly every browser also calls itself Safari and Chrome.</remarks>
internal static class BrowserName
{
    private static readonly (string Mark, string Name)[] Browsers = [("Edg", "Microsoft Edge"), ("coc_coc", "Cốc Cốc"), ("OPR/", "Opera"), ("SamsungBrowser", "Samsung Internet"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari")];

    private static readonly (string Mark, string Name)[] Systems = [("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"), ("Mac OS X", "macOS"), ("Linux", "Linux")];

    public static string Of(Texts t, string userAgent) =>
        (First(Browsers, userAgent), First(Systems, userAgent)) switch
        {
            ({ } browser, { } system) => t["session.browser", browser, system],
            ({ } browser, null) => browser,
            _ => t["session.browser-unknown"],
        };

    private static string? First((string Mark, string Name)[] known, string userAgent) =>
        known.FirstOrDefault(k => userAgent.Contains(k.Mark, StringComparison.Ordinal)).Name;
}
