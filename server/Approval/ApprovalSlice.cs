using BorderInfo.Server.Approval.Public;
using BorderInfo.Server.Identity.Public;
using BorderInfo.Server.Platform.Notes;
using BorderInfo.Server.Platform.Pages;

namespace BorderInfo.Server.Approval;

/// <summary>Services, endpoints and menu entries of the slice; called from Program.cs.</summary>
public static class ApprovalSlice
{
    public static void AddApproval(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddScoped<DecisionDesk>();
        services.AddScoped<ReplacedNotice>();
        services.AddScoped<SubmitItem>();
        services.AddScoped<ApproveItem>();
        services.AddScoped<ReturnItem>();
        services.AddScoped<WithdrawItem>();
        services.AddScoped<ApprovalQueue>();
        services.AddScoped<ITellNotes, WaitingNotes>();
        services.AddScoped<IReleasedItems, ReleasedItems>();
        services.AddSingleton(new HomeCard(40, typeof(WaitingCard), Roles.Approver, Roles.Editor));
        services.AddSingleton(new NavEntry(40, "/duyet", "approval.nav", "checklist", Roles.Approver, Roles.Editor));
    }

    public static void MapApproval(this WebApplication app) => ApprovalEndpoints.Map(app);
}
