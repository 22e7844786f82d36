using BorderInfo.Server.Content.Items;
using BorderInfo.Server.Content.Public;
using BorderInfo.Server.Identity.Public;
using BorderInfo.Server.Platform.Database;
using BorderInfo.Server.Platform.Machine;
using Microsoft.EntityFrameworkCore;

namespace BorderInfo.Server.Content.Uploads;

/// <summary>
/// The editor sends a file: right, area, language and size are checked, its bytes are counted into a temporary file with a name of our own, and the worker is told.
/// </summary>
/// <remarks>
/// Refuses with <c>content.not-found</c>, <c>content.no-right</c>, <c>content.locked</c>, <c>content.unknown-language</c>, <c>content.upload-too-big</c>, <c>content.upload-empty</c>,
/// <c>content.upload-cut-off</c>, <c>content.disk-full</c> (media stop first, so that plays and plans can still be written). A refusal leaves no file.
/// </remarks>
internal sealed class TakeUpload(BorderInfoDb db, ItemRights rights, UploadFolder folder, UploadWorker worker, ContentSettings settings, Disk disk, TimeProvider clock)
{
    /// <param name="DeclaredBytes">Content-Length; null = not told.</param>
    public sealed record Ask(Actor Actor, ItemId Item, string Language, string ShownName, long? DeclaredBytes);

    public sealed record Done(Guid Upload);

    public async Task<Outcome<Done>> Handle(Ask ask, Stream bytes, CancellationToken stop)
    {
        if (await ItemStore.LoadNewest(db, ask.Item, stop) is not { } target || !rights.MayRead(ask.Actor, target.Item.ProvinceCode))
            return new Refusal("content.not-found", ask.Item.Value);
        if (ItemWorkshop.Decide(rights.MayEdit(ask.Actor, target.Item.ProvinceCode, target.Item.CreatedBy), target.Row.State, 0, null) is { } why)
            return why;
        if (ask.Language != ContentLanguage.Wordless && ContentLanguage.Of(ask.Language) is null)
            return new Refusal("content.unknown-language", ask.Language);
        if (ask.DeclaredBytes > settings.MaxUploadBytes)
            return TooBig();
        if (disk.FreeBytes - (ask.DeclaredBytes ?? 0) < disk.ReserveBytes)
            return new Refusal("content.disk-full");
        var id = Guid.NewGuid();
        var received = await Receive(id, bytes, stop);
        if (!received.Is(out var size, out var refused))
            return refused;
        db.Add(new UploadRow { Id = id, VersionId = target.Row.Id, Language = ask.Language, ShownName = Shown(ask.ShownName), Size = size, State = UploadState.Checking, By = ask.Actor.UserId, At = clock.GetUtcNow() });
        await db.SaveChangesAsync(stop);
        worker.Ask(new(id, ask.Item, ask.Actor));
        return new Done(id);
    }

    private async Task<Outcome<long>> Receive(Guid id, Stream bytes, CancellationToken stop)
    {
        var path = folder.PathOf(id);
        var whole = false;
        try
        {
            await using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write);
            var buffer = new byte[1 << 16];
            for (int read; (read = await bytes.ReadAsync(buffer, stop)) > 0;)
            {
                if (file.Position + read > settings.MaxUploadBytes)
                    return TooBig();
                await file.WriteAsync(buffer.AsMemory(0, read), stop);
            }

            whole = file.Position > 0;
            return whole ? file.Position : new Refusal("content.upload-empty");
        }
        catch (IOException e) when (Disk.IsFull(e))
        {
            return new Refusal("content.disk-full");
        }
        catch (IOException)
        {
            return new Refusal("content.upload-cut-off");
        }
        finally
        {
            if (!whole)
                File.Delete(path);
        }
    }

    private Refusal TooBig() => new("content.upload-too-big", $"{settings.MaxUploadBytes / (1024 * 1024)}");

    private static string Shown(string name)
    {
        var bare = Script.Normal(Path.GetFileName(name.Replace('\\', '/')));
        return bare.Length <= 120 ? bare : bare[..120];
    }
}

/// <summary>Where uploads wait for the gate; only our own names, no endings.</summary>
public sealed class UploadFolder(DataFolder data)
{
    private readonly string root = Directory.CreateDirectory(Path.Combine(data.Work, "uploads")).FullName;

    public string PathOf(Guid id) => Path.Combine(root, id.ToString("N"));

    public void Clear()
    {
        foreach (var file in Directory.EnumerateFiles(root))
            File.Delete(file);
    }
}
