namespace BorderInfo.Server.Platform.Pages;

/// <summary>
/// One card of the overview (bảng điều hành), registered by its slice: <c>services.AddSingleton(new HomeCard(20, typeof(SitesCard)))</c>.
/// </summary>
/// <param name="Order">Smaller stands first; the orders of <see cref="NavEntry"/> fit.</param>
/// <param name="Component">A component without required parameters that renders one <c>div class="card"</c>.</param>
/// <param name="Roles">Who sees it; none = everybody signed in.</param>
public sealed record HomeCard(int Order, Type Component, params string[] Roles)
{
    /// <summary>Takes the whole width instead of half of it.</summary>
    public bool Wide { get; init; }
}

/// <summary>What stands above the cards of the overview when there is something to say, for everybody; registered by its slice.</summary>
/// <param name="Component">A component without required parameters that renders alerts, or nothing.</param>
public sealed record HomeBanner(int Order, Type Component);
