using BorderInfo.Server.Content.Store;
using BorderInfo.Server.Platform.Database;
using BorderInfo.Server.Platform.Startup;
using Microsoft.EntityFrameworkCore;

namespace BorderInfo.Server.Content.Uploads;

/// <summary>Half-made files and interrupted uploads of a run that was cut off, cleared away before the doors open and anybody writes.</summary>
internal sealed class ClearLeavings(UploadFolder folder, ContentStore store) : IAtStart
{
    public int Order => 50;

    public async Task<IReadOnlyList<StartLink>> AtStart(IServiceProvider services, bool sample, CancellationToken stop)
    {
        folder.Clear();
        store.ClearTemporary();
        await services.GetRequiredService<BorderInfoDb>().Set<UploadRow>().Where(u => u.State != UploadState.Done && u.State != UploadState.Refused)
            .ExecuteUpdateAsync(u => u.SetProperty(r => r.State, UploadState.Refused).SetProperty(r => r.RefusalCode, "content.upload-interrupted"), stop);
        return [];
    }
}
