using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using BorderInfo.Contract;
using BorderInfo.Contract.Plans;
using BorderInfo.Server.Content.Public;
using BorderInfo.Server.Fleet.Public;
using BorderInfo.Server.Identity.Public;
using BorderInfo.Server.Platform.Database;
using BorderInfo.Server.Platform.Pages;
using BorderInfo.Tests.Server.Support;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;

namespace BorderInfo.Tests.Server.Content;

/// <summary>A server with one cluster in Lạng Sơn (an LED region, a screen, a speaker) and people at it, through the HTTP door.</summary>
internal sealed class Newsroom : IAsyncDisposable
{
    private readonly ServerUnderTest server;
    private readonly WebApplicationFactory<Program> with;

    public Newsroom(Action<IServiceCollection>? also = null, string? folder = null, params (string Key, string Value)[] settings) => with = (server = new(folder, settings)).WithWebHostBuilder(b => b.ConfigureTestServices(s =>
    {
        s.AddSingleton<IClusters>(new OneCluster());
        also?.Invoke(s);
    }));

    public static readonly AreaScope LangSon = new(false, ["20"], [], []);

    public string Folder => server.Folder;

    public FakeClock Clock => server.Clock;

    public IServiceProvider Services => with.Services;

    public async Task<HttpClient> As(string role, AreaScope? scope = null) => (await with.ClientAs(role, scope ?? LangSon)).AsScript();

    public async Task<HttpClient> As(string[] roles, AreaScope? scope = null) => (await with.ClientAs(roles, scope ?? LangSon)).AsScript();

    /// <summary>A new draft; its id.</summary>
    public async Task<string> NewItem(HttpClient editor, params (string Language, string Text)[] texts) =>
        (await Good(await editor.PostAsJsonAsync("/api/v1/items", New("Thông báo thử", texts), ApiJson.Options))).GetProperty("id").GetString()!;

    public object New(string title, params (string Language, string Text)[] texts) => new { provinceCode = "20", fields = Fields(title, texts) };

    public object Fields(string title, params (string Language, string Text)[] texts) => new
    {
        title,
        theme = "gate-procedure",
        @class = "Normal",
        look = 1,
        validFrom = Clock.GetUtcNow(),
        validUntil = Clock.GetUtcNow().AddDays(30),
        note = "",
        texts = texts.Select(t => new { language = t.Language, text = t.Text, headline = false }),
    };

    /// <summary>Sends a file and waits for the end; null = taken, else the refusal's code.</summary>
    public async Task<string?> Upload(HttpClient editor, string item, string path, string language = "zxx", string? name = null)
    {
        using var form = new MultipartFormDataContent { { new StringContent(language), "language" } };
        var bytes = new StreamContent(File.OpenRead(path));
        bytes.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        form.Add(bytes, "file", name ?? Path.GetFileName(path));
        var answer = await editor.PostAsync($"/api/v1/items/{item}/uploads", form);
        var told = JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;
        if (!answer.IsSuccessStatusCode)
            return told.GetProperty("code").GetString();
        var upload = told.GetProperty("upload").GetGuid();
        var state = await Until(() => editor.GetFromJsonAsync<JsonElement>($"/api/v1/uploads/{upload}"), s => s.GetProperty("state").GetString() is "Done" or "Refused");
        return state.GetProperty("code").GetString();
    }

    public Task<JsonElement> Ready(HttpClient reader, string item) =>
        Until(() => reader.GetFromJsonAsync<JsonElement>($"/api/v1/items/{item}"), i => i.GetProperty("readiness").GetProperty("ready").GetBoolean());

    public static async Task<T> Until<T>(Func<Task<T>> look, Func<T, bool> good)
    {
        for (var deadline = DateTime.UtcNow.AddSeconds(90); ; await Task.Delay(100))
        {
            var seen = await look();
            if (good(seen))
                return seen;
            Assert.True(DateTime.UtcNow < deadline, $"not in 90 s: {seen}");
        }
    }

    public static async Task<JsonElement> Good(HttpResponseMessage answer)
    {
        var body = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, $"{answer.StatusCode} {body}");
        return JsonDocument.Parse(body).RootElement;
    }

    public static async Task<string?> Code(HttpResponseMessage answer)
    {
        var body = await answer.Content.ReadAsStringAsync();
        Assert.False(answer.IsSuccessStatusCode, body);
        return JsonDocument.Parse(body).RootElement.GetProperty("code").GetString();
    }

    public async Task<T> WithDb<T>(Func<BorderInfoDb, Task<T>> work)
    {
        using var scope = Services.CreateScope();
        return await work(scope.ServiceProvider.GetRequiredService<BorderInfoDb>());
    }

    public string PathOf(string hash) => Services.GetRequiredService<IContentStore>().PathOf(new MediaHash(hash));

    /// <summary>Every file that content keeps: finished, half-made and waiting for the gate.</summary>
    public IReadOnlyList<string> Files() =>
        [.. new[] { "content", "work" }.Select(f => Path.Combine(Folder, f)).Where(Directory.Exists).SelectMany(f => Directory.EnumerateFiles(f, "*", SearchOption.AllDirectories))];

    public async ValueTask DisposeAsync()
    {
        await with.DisposeAsync();
        await server.DisposeAsync();
    }

    /// <summary>The fleet as far as content needs it.</summary>
    internal sealed class OneCluster(params ClusterOutput[] outputs) : IClusters
    {
        public static readonly ClusterOutput Led = new(new("LED-1"), "Bảng LED", OutputKind.LedRegion, 1, 0, 0, 320, 160, ["vi", "zh-Hans"], 0, []);
        public static readonly ClusterOutput Lcd = new(new("LCD-1"), "Màn hình", OutputKind.Screen, 1, 0, 0, 960, 540, ["vi", "en"], 0, []);
        public static readonly ClusterOutput Horn = new(new("LOA-1"), "Loa", OutputKind.Speaker, 1, 0, 0, 0, 0, ["vi"], 80, []);

        public IReadOnlyList<Cluster> All { get; } = [new(1, "Cụm thử", "Gate", "20", "06184", null, null, null, 21.97, 106.71, [], new SiteId("LS-0001"), outputs is [] ? [Led, Lcd, Horn] : outputs, ["vi", "zh-Hans", "en"])];

        public Cluster? ById(long id) => All.FirstOrDefault(c => c.Id == id);

        public Cluster? BySite(SiteId site) => All.FirstOrDefault(c => c.Site == site);

        public IReadOnlyList<Cluster> Within(AreaScope scope) => [.. All.Where(c => c.Within(scope))];
    }
}
