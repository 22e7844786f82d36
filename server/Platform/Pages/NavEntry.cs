namespace BorderInfo.Server.Platform.Pages;

/// <summary>One entry of the side menu, registered by its slice: <c>services.AddSingleton(new NavEntry(…))</c>.</summary>
/// <param name="TextKey">Key of its word.</param>
/// <param name="Icon">Name of an outline icon of Tabler Icons, for example <c>map-2</c>.</param>
/// <param name="Roles">Who sees it; none = everybody signed in.</param>
public sealed record NavEntry(int Order, string Url, string TextKey, string Icon, params string[] Roles);
