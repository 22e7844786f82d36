namespace BorderInfo.Server.Approval;

/// <summary>Services, endpoints and menu entries of the slice; called from Program.cs.</summary>
public static class ApprovalSlice
{
    public static void AddApproval(this WebApplicationBuilder builder)
    {
    }

    public static void MapApproval(this WebApplication app)
    {
    }
}
