using System.Threading.Channels;
using BorderInfo.Server.Content.Items;
using BorderInfo.Server.Content.Public;
using BorderInfo.Server.Content.Store;
using BorderInfo.Server.Content.Transcode;
using BorderInfo.Server.Identity.Public;
using BorderInfo.Server.Platform.Database;
using BorderInfo.Server.Platform.Live;
using BorderInfo.Server.Platform.Machine;
using Microsoft.EntityFrameworkCore;

namespace BorderInfo.Server.Content.Uploads;

/// <summary>An upload whose bytes are all here.</summary>
internal sealed record WaitingUpload(Guid Id, ItemId Item, Actor Actor);

/// <summary>
/// Leads uploads through the gate, re-encodes them and puts them into their item, two at a time. The state stands in the upload's row and is told on the live board as
/// <c>upload:{id}</c>. Whatever happens, the upload itself is deleted. What the last run left is cleared by <see cref="ClearLeavings"/> before this begins.
/// </summary>
internal sealed partial class UploadWorker(IServiceScopeFactory scopes, UploadGate gate, MakeMaster make, UploadFolder folder, LiveBoard board, ILogger<UploadWorker> log) : BackgroundService
{
    private const int AtOnce = 2;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);
    private readonly Channel<WaitingUpload> waiting = Channel.CreateUnbounded<WaitingUpload>();

    public void Ask(WaitingUpload upload) => waiting.Writer.TryWrite(upload);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(Enumerable.Range(0, AtOnce).Select(_ => Loop(stoppingToken)));

    private async Task Loop(CancellationToken stop)
    {
        await foreach (var upload in waiting.Reader.ReadAllAsync(stop))
            await NoteWhenPossible(upload.Id, await LeadAndDelete(upload, stop), stop);
    }

    /// <returns>Null = it is in its item.</returns>
    private async Task<Refusal?> LeadAndDelete(WaitingUpload upload, CancellationToken stop)
    {
        Refusal? why;
        try
        {
            why = (await Lead(upload, stop)).Why;
        }
        catch (Exception trouble) when (!stop.IsCancellationRequested)
        {
            Log.Failed(log, trouble, upload.Id);
            why = new(Disk.IsFull(trouble) ? "content.disk-full" : "content.upload-failed");
        }

        try
        {
            File.Delete(folder.PathOf(upload.Id));
        }
        catch (Exception trouble) when (trouble is IOException or UnauthorizedAccessException)
        {
            Log.NotDeleted(log, trouble, upload.Id);
        }

        return why;
    }

    /// <summary>On a full disk, or while the database does not answer, the end of an upload cannot be written either: it waits until it can.</summary>
    private async Task NoteWhenPossible(Guid id, Refusal? why, CancellationToken stop)
    {
        for (var tries = 0; ; tries++)
        {
            try
            {
                await Note(id, why, stop);
                return;
            }
            catch (Exception trouble) when (!stop.IsCancellationRequested)
            {
                if (tries == 0)
                    Log.NotNoted(log, trouble, id);
                await Task.Delay(Pause, stop);
            }
        }
    }

    private async Task<Outcome<ItemVersion>> Lead(WaitingUpload upload, CancellationToken stop)
    {
        var path = folder.PathOf(upload.Id);
        if (!(await gate.Look(path, stop)).Is(out var admitted, out var why))
            return why;
        await Step(upload.Id, UploadState.Converting, 0, stop);
        var last = 0;
        void Percent(int now)
        {
            if (now >= last + 5)
                board.Tell($"upload:{upload.Id}", $"{last = now}");
        }

        if (!(await make.From(path, admitted, Percent, stop)).Is(out var master, out var refused))
            return refused;
        await using var scope = scopes.CreateAsyncScope();
        var language = await scope.ServiceProvider.GetRequiredService<BorderInfoDb>().Set<UploadRow>().Where(u => u.Id == upload.Id).Select(u => u.Language).FirstAsync(stop);
        var kind = admitted.Medium switch { Medium.Picture => RenditionKind.Image, Medium.Video => RenditionKind.Video, _ => RenditionKind.Audio };
        await Made(upload.Id, master, stop);
        return await scope.ServiceProvider.GetRequiredService<SetRendition>().Put(upload.Actor, upload.Item, language, kind, master, synthesised: false, stop);
    }

    private async Task Step(Guid id, UploadState state, int percent, CancellationToken stop)
    {
        await using var scope = scopes.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<BorderInfoDb>().Set<UploadRow>().Where(u => u.Id == id)
            .ExecuteUpdateAsync(u => u.SetProperty(r => r.State, state).SetProperty(r => r.Percent, percent), stop);
        board.Tell($"upload:{id}", $"{percent}");
    }

    /// <summary>By this the list of files finds the name that the file was sent under.</summary>
    private async Task Made(Guid id, Master master, CancellationToken stop)
    {
        await using var scope = scopes.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<BorderInfoDb>().Set<UploadRow>().Where(u => u.Id == id).ExecuteUpdateAsync(u => u.SetProperty(r => r.Media, master.Hash.Value), stop);
    }

    private async Task Note(Guid id, Refusal? why, CancellationToken stop)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<BorderInfoDb>();
        if (await db.Set<UploadRow>().FindAsync([id], stop) is not { } row)
            return;
        (row.State, row.Percent) = (why is null ? UploadState.Done : UploadState.Refused, 100);
        (row.RefusalCode, row.RefusalWith) = (why?.Code, [.. why?.With ?? []]);
        await db.SaveChangesAsync(stop);
        if (why is not null)
            Log.Refused(log, id, why.ToString());
        board.Tell($"upload:{id}", why is null ? "done" : "refused");
    }

    private static partial class Log
    {
        [LoggerMessage(1531, LogLevel.Information, "Upload {Upload} refused: {Reason}")]
        public static partial void Refused(ILogger log, Guid upload, string reason);

        [LoggerMessage(1532, LogLevel.Error, "Upload {Upload} could not be worked on")]
        public static partial void Failed(ILogger log, Exception trouble, Guid upload);

        [LoggerMessage(1533, LogLevel.Error, "The end of upload {Upload} could not be written; tried again until it can")]
        public static partial void NotNoted(ILogger log, Exception trouble, Guid upload);

        [LoggerMessage(1534, LogLevel.Warning, "The file of upload {Upload} could not be deleted; the next start of the server does it")]
        public static partial void NotDeleted(ILogger log, Exception trouble, Guid upload);
    }
}
