using BorderInfo.Server.Content.Items;
using BorderInfo.Server.Identity.Public;
using BorderInfo.Server.Platform.Database;
using BorderInfo.Server.Platform.Languages;
using BorderInfo.Server.Platform.Pages;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;
using Microsoft.Net.Http.Headers;

namespace BorderInfo.Server.Content.Uploads;

/// <summary>State of an upload as the API tells it.</summary>
/// <param name="Refusal">Sentence in the caller's language; null = not refused.</param>
public sealed record UploadView(Guid Id, string FileName, long Size, UploadState State, string? Code, string? Refusal);

/// <summary>
/// The door for files: <c>multipart/form-data</c> with the field <c>language</c> before the one <c>file</c>.
/// The body is read as it comes and never held in memory.
/// </summary>
internal static class UploadEndpoints
{
    public static void Map(IEndpointRouteBuilder api, IEndpointRouteBuilder pages)
    {
        api.MapPost("/items/{id}/uploads", async (string id, HttpContext http, TakeUpload take, Texts texts, CancellationToken stop) =>
                Reply.Api(await Take(id, http, take, stop), texts))
            .WithSummary("Send a picture, clip or sound for a language of an item (multipart: language, then file)").DisableAntiforgery();
        api.MapGet("/uploads/{upload:guid}", async (Guid upload, HttpContext http, BorderInfoDb db, Texts texts, CancellationToken stop) =>
                await db.Set<UploadRow>().AsNoTracking().FirstOrDefaultAsync(u => u.Id == upload, stop) is { } row && row.By == http.User.Actor().UserId
                    ? Results.Json(View(row, texts), ApiJson.Options)
                    : Results.NotFound())
            .WithSummary("How far an upload is");
        pages.MapPost("/noi-dung/{id}/tai-len", async (string id, HttpContext http, TakeUpload take, Texts texts, CancellationToken stop) =>
                Reply.Form(http, await Take(id, http, take, stop), $"/noi-dung/{id}#tep", "content.upload-taken", texts))
            .DisableAntiforgery().ExcludeFromDescription();
    }

    public static UploadView View(UploadRow row, Texts texts) =>
        new(row.Id, row.ShownName, row.Size, row.State, row.RefusalCode, row.RefusalCode is { } code ? texts[new Refusal(code, [.. row.RefusalWith])] : null);

    private static async Task<Outcome<TakeUpload.Done>> Take(string id, HttpContext http, TakeUpload take, CancellationToken stop)
    {
        var settings = http.RequestServices.GetRequiredService<ContentSettings>();
        if (!ItemId.TryParse(id, out var item))
            return new Refusal("content.not-found", id);
        if (http.Request.ContentLength > settings.MaxUploadBytes + (1 << 20))
            return new Refusal("content.upload-too-big", $"{settings.MaxUploadMiB}");
        if (http.Features.Get<IFormFeature>()?.Form is { } read)
            return await FromForm(read, item, http, take, stop);
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = settings.MaxUploadBytes + (1 << 20);
        if (!MediaTypeHeaderValue.TryParse(http.Request.ContentType, out var type) || HeaderUtilities.RemoveQuotes(type.Boundary).Value is not { Length: > 0 and < 200 } boundary)
            return new Refusal("content.upload-form");
        try
        {
            return await AsItComes(new MultipartReader(boundary, http.Request.Body), item, http, take, stop);
        }
        catch (Exception broken) when (broken is IOException or BadHttpRequestException)
        {
            return new Refusal("content.upload-cut-off");
        }
    }

    /// <summary>A plain form without script: the check of its token has read it already, up to the web server's usual 28 MiB.</summary>
    private static async Task<Outcome<TakeUpload.Done>> FromForm(IFormCollection form, ItemId item, HttpContext http, TakeUpload take, CancellationToken stop)
    {
        if (form.Files.Count != 1)
            return new Refusal("content.upload-empty");
        await using var bytes = form.Files[0].OpenReadStream();
        return await take.Handle(new(http.User.Actor(), item, form["language"].ToString(), form.Files[0].FileName, form.Files[0].Length), bytes, stop);
    }

    private static async Task<Outcome<TakeUpload.Done>> AsItComes(MultipartReader form, ItemId item, HttpContext http, TakeUpload take, CancellationToken stop)
    {
        var language = "";
        while (await form.ReadNextSectionAsync(stop) is { } section)
        {
            if (!ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out var part))
                continue;
            if (part.IsFileDisposition())
            {
                var name = part.FileNameStar.HasValue ? part.FileNameStar.Value : HeaderUtilities.RemoveQuotes(part.FileName).Value;
                return await take.Handle(new(http.User.Actor(), item, language, name ?? "", null), section.Body, stop);
            }

            if (HeaderUtilities.RemoveQuotes(part.Name).Value == "language")
                language = await Short(section.Body, stop);
        }

        return new Refusal("content.upload-empty");
    }

    private static async Task<string> Short(Stream body, CancellationToken stop)
    {
        var buffer = new byte[4096];
        var read = await body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, stop);
        return System.Text.Encoding.UTF8.GetString(buffer, 0, read);
    }
}
