using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace BorderInfo.Tests.Pages;

/// <summary>Looks at one page after another as a demanding reader would and keeps what is wrong with them.</summary>
internal sealed partial class Visit
{
    private static readonly string Axe = File.ReadAllText(Path.Combine(RunningServer.Root, "server", "Platform", "Look", "node_modules", "axe-core", "axe.min.js"));
    private static readonly Regex Key = KeysOfTheTexts();
    private readonly IPage page;
    private readonly string language;
    private string where = "";
    private bool excused;

    public Visit(IPage page, string language)
    {
        (this.page, this.language) = (page, language);
        page.Console += (_, m) => Note(m.Type == "error" && !excused, $"console: {m.Text}");
        page.PageError += (_, e) => Note(true, $"uncaught: {e}");
    }

    public List<string> Wrong { get; } = [];

    /// <param name="axe">Also ask axe-core for serious and critical violations (WCAG).</param>
    /// <param name="status">Null = the page for trouble itself, whose status is its subject.</param>
    public async Task To(string url, bool axe, int? status = 200)
    {
        where = $"{url} {language} {page.ViewportSize!.Width}px";
        excused = status is null;
        var answer = await page.GotoAsync(url);
        Note(status is not null && answer!.Status != status, $"status {answer!.Status}");
        var seen = await page.EvaluateAsync<JsonElement>(
            "() => ({ wide: document.documentElement.scrollWidth - document.documentElement.clientWidth, lang: document.documentElement.lang, title: document.title, heads: document.querySelectorAll('h1').length, text: document.body.innerText })");
        Note(page.ViewportSize.Width < 500 && seen.GetProperty("wide").GetInt32() > 0, $"{seen.GetProperty("wide")} px too wide");
        Note(seen.GetProperty("lang").GetString() != language, $"html lang {seen.GetProperty("lang")}");
        Note(string.IsNullOrWhiteSpace(seen.GetProperty("title").GetString()), "no title");
        Note(seen.GetProperty("heads").GetInt32() != 1, $"{seen.GetProperty("heads")} h1");
        foreach (Match key in Key.Matches(seen.GetProperty("text").GetString()!))
            Note(true, $"raw key {key.Value}");
        if (axe)
            await AskAxe();
    }

    public Task<string[]> Menu() => page.EvaluateAsync<string[]>("() => [...document.querySelectorAll('.bi-menu a')].map(a => a.getAttribute('href'))");

    /// <summary>Pages linked from the one shown; files to keep are no pages, the reports' tests read them.</summary>
    public async Task<string[]> Links()
    {
        var found = await page.EvaluateAsync<string[]>("() => [...document.querySelectorAll('main a[href^=\"/\"]')].map(a => a.getAttribute('href').split('#')[0])");
        return [.. found.Where(u => !u.StartsWith("/api/", StringComparison.Ordinal) && !u.StartsWith("/ngon-ngu/", StringComparison.Ordinal) && !u.Contains("/xuat.", StringComparison.Ordinal)).Distinct()];
    }

    /// <summary>Numbers and codes count as the same, and so do words in a query.</summary>
    public static bool SameShape(string one, string other) => Shape(one) == Shape(other);

    private static string Shape(string url) => Values().Replace(Numbers().Replace(url, "0"), "=");

    private async Task AskAxe()
    {
        await page.EvaluateAsync(Axe);
        var found = await page.EvaluateAsync<string[]>("""
            async () => (await axe.run(document, { resultTypes: ['violations'] })).violations.filter(v => ['serious', 'critical'].includes(v.impact))
              .map(v => `${v.id}: ${v.nodes.slice(0, 3).map(n => n.html.slice(0, 160)).join(' | ')}`)
            """);
        foreach (var violation in found)
            Note(true, $"axe {violation}");
    }

    private void Note(bool wrong, string what)
    {
        if (wrong)
            Wrong.Add($"{where}: {what}");
    }

    private static Regex KeysOfTheTexts()
    {
        var files = Directory.EnumerateFiles(Path.Combine(RunningServer.Root, "content", "languages", "vi"), "*.json");
        var slices = files.SelectMany(f => JsonSerializer.Deserialize<Dictionary<string, string>>(File.ReadAllBytes(f))!.Keys).Select(k => k.Split('.')[0]).Distinct();
        return new Regex($@"(?<![\w./@-])(?:{string.Join('|', slices.Select(Regex.Escape))})\.[a-z][A-Za-z0-9.-]*[A-Za-z0-9]", RegexOptions.CultureInvariant);
    }

    [GeneratedRegex(@"\d{4}-\d\d-\d\d|[A-Z]{1,3}-\d+|\d+")]
    private static partial Regex Numbers();

    [GeneratedRegex("=[^&]*")]
    private static partial Regex Values();
}
