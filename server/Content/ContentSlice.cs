using BorderInfo.Server.Content.Items;
using BorderInfo.Server.Content.Notices;
using BorderInfo.Server.Content.Pages;
using BorderInfo.Server.Content.Parts;
using BorderInfo.Server.Content.Public;
using BorderInfo.Server.Content.Slides;
using BorderInfo.Server.Content.Store;
using BorderInfo.Server.Content.Transcode;
using BorderInfo.Server.Content.Uploads;
using BorderInfo.Server.Identity.Public;
using BorderInfo.Server.Platform.Notes;
using BorderInfo.Server.Platform.Pages;
using BorderInfo.Server.Platform.Startup;

namespace BorderInfo.Server.Content;

/// <summary>Services, endpoints and menu entries of the slice; called from Program.cs.</summary>
public static class ContentSlice
{
    public static void AddContent(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton(builder.Configuration.GetSection("content").Get<ContentSettings>() ?? new());
        services.AddSingleton<ContentStore>();
        services.AddSingleton<IContentStore>(s => s.GetRequiredService<ContentStore>());
        services.AddSingleton<ChildProcess>();
        services.AddSingleton<Ffmpeg>();
        services.AddSingleton<MakeSpeech>();
        services.AddSingleton<MakeMaster>();
        services.AddSingleton<SpeakDraft>();
        services.AddSingleton<SlideBrowser>();
        services.AddSingleton<FontCoverage>().AddSingleton<FontCheck>();
        services.AddScoped<ITellNotes, FontNotes>();
        services.AddSingleton<SlideRenderer>();
        services.AddSingleton<MakePart>();
        services.AddSingleton<ItemParts>();
        services.AddSingleton<IParts>(s => s.GetRequiredService<ItemParts>());
        services.AddSingleton<UploadFolder>();
        services.AddSingleton<UploadGate>();
        services.AddSingleton<IAtStart, ClearLeavings>();
        services.AddSingleton<UploadWorker>();
        services.AddHostedService(s => s.GetRequiredService<UploadWorker>());
        services.AddSingleton<PreparationQueue>();
        services.AddHostedService(s => s.GetRequiredService<PreparationQueue>());
        services.AddScoped<IItems, ItemStore>();
        services.AddScoped<ItemRights>();
        services.AddScoped<IItemAccess, ItemAccess>();
        services.AddScoped<ItemWorkshop>();
        services.Configure<Microsoft.AspNetCore.OpenApi.OpenApiOptions>("v1", NoticeSchemas.Describe);
        services.AddScoped<NoticeRules>();
        services.AddScoped<NoticeBook>();
        services.AddScoped<INotices>(s => s.GetRequiredService<NoticeBook>());
        services.AddScoped<CreateItem>();
        services.AddScoped<ChangeItem>();
        services.AddScoped<SetRendition>();
        services.AddScoped<DuplicateItem>();
        services.AddScoped<DeleteDraft>();
        services.AddScoped<FindItems>();
        services.AddScoped<LookAtItem>();
        services.AddScoped<TakeUpload>();
        services.AddSingleton(new NavEntry(30, "/noi-dung", "content.nav", "article", Roles.Editor, Roles.Approver, Roles.Administrator));
    }

    public static void MapContent(this WebApplication app)
    {
        MediaEndpoints.Map(app);
        ItemEndpoints.Map(app);
    }
}
