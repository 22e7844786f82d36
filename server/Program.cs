using System.Text.Encodings.Web;
using System.Text.Unicode;
using BorderInfo.Server.Approval;
using BorderInfo.Server.Content;
using BorderInfo.Server.Fleet;
using BorderInfo.Server.Fleet.Public;
using BorderInfo.Server.Geo;
using BorderInfo.Server.Identity;
using BorderInfo.Server.Identity.Public;
using BorderInfo.Server.Messaging;
using BorderInfo.Server.Platform.Database;
using BorderInfo.Server.Platform.Jobs;
using BorderInfo.Server.Platform.Languages;
using BorderInfo.Server.Platform.Live;
using BorderInfo.Server.Platform.Machine;
using BorderInfo.Server.Platform.News;
using BorderInfo.Server.Platform.Notes;
using BorderInfo.Server.Platform.Pages;
using BorderInfo.Server.Platform.Startup;
using BorderInfo.Server.Proof;
using BorderInfo.Server.Publishing;
using BorderInfo.Server.Reports;
using BorderInfo.Server.Samples;
using BorderInfo.Server.Scheduling;

var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
builder.WebHost.UseStaticWebAssets();
// A build that is not published would send scripts and styles uncompressed and have them asked for again with every page.
builder.Configuration["ReloadStaticAssetsAtRuntime"] = "false";
var data = new DataFolder(Path.GetFullPath(builder.Configuration["data"] ?? "data"));
try
{
    data.Open();
    builder.AddLogs(data);
}
catch (Exception e) when (CannotStart.From(e, data) is { } why)
{
    Console.Error.WriteLine(why.Message);
    return CannotStart.ExitCode;
}

builder.Services.AddSingleton(data);
builder.Services.AddSingleton(TimeProvider.System);
builder.Services.AddDatabase(data);
builder.Services.AddSingleton(new Texts(Path.Combine(AppContext.BaseDirectory, "content", "languages")));
builder.Services.AddSingleton(HtmlEncoder.Create(UnicodeRanges.All));
builder.Services.AddSingleton<LiveBoard>();
builder.Services.AddScoped<NewsDesk>();
builder.Services.AddHttpContextAccessor();
builder.Services.AddPageShell();
builder.Services.AddRazorComponents();
builder.Services.AddCascadingAuthenticationState();
// Many bodies are called Ask: each is described under its own name.
builder.Services.AddOpenApi("v1", o => o.CreateSchemaReferenceId = type =>
    Microsoft.AspNetCore.OpenApi.OpenApiOptions.CreateDefaultSchemaReferenceId(type) is { } id ? type.Type is { IsGenericType: false, DeclaringType: { } outer } ? outer.Name + id : id : null);
builder.Services.ConfigureHttpJsonOptions(o => WholeBodies.Asked(ApiJson.Made(o.SerializerOptions)));

builder.AddChores();
builder.Services.AddNotes();
builder.AddMachine(data);

builder.AddIdentity();
builder.AddGeo();
builder.AddMessaging();
builder.AddFleet();
builder.AddContent();
builder.AddApproval();
builder.AddScheduling();
builder.AddPublishing();
builder.AddProof();
builder.AddReports();
builder.AddSamples();
builder.AddSystemdNotice();

WebApplication app;
IReadOnlyList<StartLink> links;
try
{
    app = builder.Build();
    var reach = app.Services.GetRequiredService<MessagingOptions>();
    if (reach.Broker != "off")
        reach.NeedPorts();
    await app.Services.PrepareDatabase();
    links = await app.Services.RunStart(builder.Configuration.GetValue("sample", false));
}
catch (Exception e) when (CannotStart.From(e, data) is { } why)
{
    Console.Error.WriteLine(why.Message);
    return CannotStart.ExitCode;
}

app.UsePageShell();
app.UseAuthentication();
app.UseAuthorization();
app.UseAntiforgery();
app.MapStaticAssets().AllowAnonymous();
app.MapOpenApi().RequireAuthorization(ApiDoor.Policy);
app.MapPageShell();

app.MapIdentity();
app.MapGeo();
app.MapMessaging();
app.MapFleet();
app.MapContent();
app.MapApproval();
app.MapScheduling();
app.MapPublishing();
app.MapProof();
app.MapReports();
app.MapRazorComponents<App>();
app.MapGet("/live", (string[] topic, HttpContext http, LiveBoard board, IClusters clusters, IStillSignedIn still, CancellationToken stop) => TypedResults.ServerSentEvents(board.Listen(
    [.. topic.Where(t => LiveTopics.MayHear(http.User.Actor(), t, clusters))],
    CancellationTokenSource.CreateLinkedTokenSource(stop, app.Lifetime.ApplicationStopping).Token, ended => still.Of(http, ended)))).RequireAuthorization().ExcludeFromDescription();

app.Lifetime.ApplicationStarted.Register(() => Announcement.Print(app.Services.GetRequiredService<MessagingOptions>().Address, links, app.Services.GetRequiredService<Texts>()));
await app.RunAsync();
return 0;

/// <summary>For tests that start the whole server.</summary>
public partial class Program;
