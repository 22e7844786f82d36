using System.Net;
using BorderInfo.Server.Content.Public;
using BorderInfo.Server.Content.Slides;
using BorderInfo.Server.Identity.Public;
using BorderInfo.Server.Platform.Machine;
using BorderInfo.Server.Platform.Notes;
using BorderInfo.Tests.Server.Support;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace BorderInfo.Tests.Server.Platform;

/// <summary>What stands on top of the overview, for whom, and in the log.</summary>
public sealed class NotesTests
{
    private static readonly ContentLanguage Unknown = new("km", ["Noto Sans Nowhere"], 14, 10, 1.5);

    [Fact]
    public async Task A_language_whose_font_is_missing_is_named_with_the_package_that_brings_it()
    {
        using var server = new ServerUnderTest();
        var technician = await server.ClientAs(Roles.Technician);
        var editor = await server.ClientAs(Roles.Editor);
        var missing = await server.Services.GetRequiredService<FontCheck>().Look([Unknown, ContentLanguage.Of("vi")!]);

        var page = WebUtility.HtmlDecode(await technician.GetStringAsync("/"));

        Assert.Equal(("Noto Sans Nowhere", "fonts-noto-core"), (Assert.Single(missing).Family, missing[0].Package));
        Assert.Contains("Thiếu phông Noto Sans Nowhere: không hiển thị được chữ của ngôn ngữ sau: Tiếng Khmer. Hãy chạy: apt-get install fonts-noto-core", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Noto Sans Nowhere", WebUtility.HtmlDecode(await editor.GetStringAsync("/")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_language_that_is_offered_can_be_drawn_where_both_packages_are_installed()
    {
        using var server = new ServerUnderTest();

        var missing = await server.Services.GetRequiredService<FontCheck>().Look(ContentLanguage.All);

        Assert.Empty(missing);
    }

    [Fact]
    public void A_missing_program_is_named_with_its_package()
    {
        var bin = Directory.CreateTempSubdirectory("borderinfo-bin-").FullName;
        foreach (var name in (string[])["ffmpeg", "ffprobe", "chromium", "fc-match"])
            File.WriteAllText(Path.Combine(bin, name), "");

        var missing = Programs.Missing(bin);

        Directory.Delete(bin, recursive: true);
        Assert.Equal([("espeak-ng", "espeak-ng"), ("mosquitto", "mosquitto")], missing.Select(p => (p.Name, p.Package)));
        Assert.Equal(Programs.Needed, Programs.Missing("/nowhere"));
    }

    [Fact]
    public async Task A_note_is_logged_once_and_once_more_when_it_is_settled_which_no_failing_teller_says()
    {
        var teller = new OneNote();
        var lines = new Lines();
        using var bare = new ServerUnderTest();
        using var server = bare.WithWebHostBuilder(web => web.ConfigureTestServices(s => s.AddSingleton<ITellNotes>(teller).AddSingleton<ILoggerProvider>(lines)));

        await Watch(server.Services);
        teller.Fails = true;
        await Watch(server.Services);
        teller.Fails = false;
        await Watch(server.Services);
        teller.Note = null;
        await Watch(server.Services);

        Assert.Equal(
            ["1077 The newest backup is 3 days old. See the server's log or run deploy/backup.", "1078 Settled: The newest backup is 3 days old. See the server's log or run deploy/backup."],
            lines.All.Where(l => l.Contains("3 days old", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_teller_that_fails_does_not_close_the_overview()
    {
        using var bare = new ServerUnderTest();
        using var server = bare.WithWebHostBuilder(web => web.ConfigureTestServices(s => s.AddSingleton<ITellNotes>(new OneNote { Fails = true })));
        var administrator = await server.ClientAs(Roles.Administrator);

        var page = await administrator.GetAsync("/");

        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
    }

    private static async Task Watch(IServiceProvider services)
    {
        using var scope = services.CreateScope();
        await scope.ServiceProvider.GetRequiredService<WatchNotes>().Run(default);
    }

    private sealed class OneNote : ITellNotes
    {
        public Note? Note { get; set; } = new(NoteWeight.Warning, "note.backup.old", 3);

        public bool Fails { get; set; }

        public IReadOnlyList<string> Roles => [];

        public Task<IReadOnlyList<Note>> Tell(System.Security.Claims.ClaimsPrincipal? reader, CancellationToken stop) =>
            Fails ? throw new InvalidOperationException("on purpose") : Task.FromResult<IReadOnlyList<Note>>(Note is null ? [] : [Note]);
    }
}
