namespace BorderInfo.Server.Identity.Public;

/// <summary>Who may call <c>/api/v1</c>: a signed-in user or the owner of a personal token.</summary>
public static class ApiDoor
{
    public const string Policy = "api";
}
