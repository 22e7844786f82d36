using System.Globalization;
using System.Text.Json;

namespace BorderInfo.Server.Platform.Languages;

/// <summary>
/// The words of the interface: <c>content/languages/{vi,en}/{slice}.json</c>, flat objects of dotted key to text with <c>{0}</c> places.
/// </summary>
/// <remarks>Vietnamese first: an unknown key in English falls back to Vietnamese, an unknown key altogether shows itself, and a test fails.</remarks>
public sealed class Texts
{
    public static readonly IReadOnlyList<string> Languages = ["vi", "en"];

    private readonly Dictionary<string, Dictionary<string, string>> byLanguage = [];
    private readonly Dictionary<string, string> givenNames = [];

    public Texts(string folder)
    {
        foreach (var language in Languages)
        {
            var texts = byLanguage[language] = new(StringComparer.Ordinal);
            foreach (var file in Directory.EnumerateFiles(Path.Combine(folder, language), "*.json").Order(StringComparer.Ordinal))
            {
                foreach (var (key, text) in JsonSerializer.Deserialize<Dictionary<string, string>>(File.ReadAllBytes(file))!)
                    texts.Add(key, text);
            }
        }

        foreach (var (key, text) in byLanguage["vi"].Where(t => t.Key == "role.administrator" || t.Key.StartsWith("user.sample.", StringComparison.Ordinal)))
            givenNames[text] = key;
    }

    /// <summary>Language of the request: <c>vi</c> or <c>en</c>.</summary>
    public static string Current => CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "en" ? "en" : "vi";

    /// <summary>Name of an account: one that the program itself gave (the first administrator, the sample users) in the reader's language, that of a person as it is written.</summary>
    public string AccountName(string name) => givenNames.TryGetValue(name, out var key) ? this[key] : name;

    public string this[string key] => In(Current, key);

    public string this[string key, params object?[] with] => string.Format(CultureInfo.CurrentCulture, In(Current, key), with);

    public string this[Refusal why] => Of(Current, why);

    public string Of(string language, Refusal why) => string.Format(CultureInfo.InvariantCulture, In(language, why.Code), [.. why.With, "", "", "", ""]);

    public bool Has(string key) => byLanguage["vi"].ContainsKey(key);

    public IReadOnlyDictionary<string, string> All(string language) => byLanguage[language];

    public string In(string language, string key) =>
        byLanguage[language].TryGetValue(key, out var text) || byLanguage["vi"].TryGetValue(key, out text) ? text : key;
}
