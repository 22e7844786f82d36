namespace BorderInfo.Server.Proof;

/// <summary>Services, endpoints and menu entries of the slice; called from Program.cs.</summary>
public static class ProofSlice
{
    public static void AddProof(this WebApplicationBuilder builder)
    {
    }

    public static void MapProof(this WebApplication app)
    {
    }
}
