namespace BorderInfo.Server.Fleet.Public;

/// <summary>One card of a site's page, registered by a slice below: <c>services.AddSingleton(new SiteCard(60, typeof(SiteEmergencies)))</c>.</summary>
/// <param name="Order">Smaller stands first.</param>
/// <param name="Component">Has one parameter, <c>Site</c> (a <see cref="SiteId"/>), and renders one <c>section class="card mb-3"</c>, or nothing. Its reader may see the site.</param>
public sealed record SiteCard(int Order, Type Component);
