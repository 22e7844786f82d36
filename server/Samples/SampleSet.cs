using System.Text.Json;
using BorderInfo.Contract.Plans;
using BorderInfo.Server.Platform.Pages;

namespace BorderInfo.Server.Samples;

/// <summary>What stands in <c>content/samples/sample-set.json</c>.</summary>
internal sealed record SampleSet(string Note, IReadOnlyList<SampleItem> Items, IReadOnlyList<SampleSchedule> Schedules)
{
    public static SampleSet Load(string folder) =>
        JsonSerializer.Deserialize<SampleSet>(File.ReadAllBytes(Path.Combine(folder, "sample-set.json")), ApiJson.Options)
        ?? throw new InvalidOperationException("content/samples/sample-set.json is empty");
}

/// <param name="Texts">By language.</param>
/// <param name="Speech">Languages whose text is spoken as a draft.</param>
/// <param name="Image">File in <c>content/samples/media</c>, without words.</param>
internal sealed record SampleItem(string Key, string Title, string Theme, string Province, IReadOnlyDictionary<string, string>? Texts, IReadOnlyList<string>? Speech, string? Image, string? Video);

/// <param name="Windows">For example <c>06:00-20:00</c>.</param>
/// <param name="Number">Later than what the form proposes, so that a schedule that somebody makes to try it out wins over the samples, although they aim at single outputs.</param>
internal sealed record SampleSchedule(string Name, string Site, OutputKind Kind, IReadOnlyList<string> Items, IReadOnlyList<string> Windows, int? EveryMinutes, int Number);
