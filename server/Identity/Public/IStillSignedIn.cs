namespace BorderInfo.Server.Identity.Public;

/// <summary>For answers that go on for hours: whether who asked may still hear them.</summary>
public interface IStillSignedIn
{
    /// <returns>True while the session that vouched for the request lives and its user has the same roles and areas. Does not keep the session alive.</returns>
    Task<bool> Of(HttpContext http, CancellationToken stop);
}
