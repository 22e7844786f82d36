using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace BorderInfo.Tests.Spine;

/// <summary>One person at the pages: signed in by a one-time link, then at work through the API with the same session.</summary>
internal sealed partial class Office : IDisposable
{
    private readonly HttpClient http;

    private Office(HttpClient http) => this.http = http;

    /// <param name="link">Path of the one-time link, <c>/vao/…</c>.</param>
    public static async Task<Office> Enter(string address, string link)
    {
        var http = new HttpClient(new HttpClientHandler { CookieContainer = new CookieContainer() }) { BaseAddress = new Uri(address), Timeout = TimeSpan.FromMinutes(2) };
        http.DefaultRequestHeaders.Add("X-BorderInfo", "1");
        var page = await http.GetStringAsync(link);
        var fields = HiddenField().Matches(page).ToDictionary(m => m.Groups[1].Value, m => WebUtility.HtmlDecode(m.Groups[2].Value));
        fields["_handler"] = "enter";
        using var answer = await http.PostAsync(link, new FormUrlEncodedContent(fields));
        Assert.True(answer.IsSuccessStatusCode, $"{link}: {answer.StatusCode}");
        return new(http);
    }

    public async Task<JsonNode> Get(string path) => JsonNode.Parse(await http.GetStringAsync(path))!;

    public Task<byte[]> Bytes(string path) => http.GetByteArrayAsync(path);

    public async Task<string> Page(string path) => await http.GetStringAsync(path);

    public Task<JsonNode> Post(string path, object body) => Sent(http.PostAsJsonAsync(path, body, JsonSerializerOptions.Web));

    /// <summary>A refusal is wanted: its code.</summary>
    public async Task<string> Refused(string path, object body)
    {
        using var answer = await http.PostAsJsonAsync(path, body, JsonSerializerOptions.Web);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["code"]!.GetValue<string>();
    }

    /// <summary>Sends a file for a language of an item and waits until it is taken and converted.</summary>
    public async Task Upload(string item, string language, string file)
    {
        using var form = new MultipartFormDataContent { { new StringContent(language), "language" }, { new ByteArrayContent(await File.ReadAllBytesAsync(file)), "file", Path.GetFileName(file) } };
        var upload = (await Sent(http.PostAsync($"/api/v1/items/{item}/uploads", form)))["upload"]!.GetValue<string>();
        await Eventually.True(async () => (await Get($"/api/v1/uploads/{upload}"))["state"]!.GetValue<string>() is var state && (state != "Refused" ? state == "Done" : throw new InvalidOperationException("the upload was refused")), $"{file} is converted");
    }

    public void Dispose() => http.Dispose();

    private static async Task<JsonNode> Sent(Task<HttpResponseMessage> sending)
    {
        using var answer = await sending;
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, $"{answer.RequestMessage!.RequestUri}: {answer.StatusCode} {text}");
        return JsonNode.Parse(text)!;
    }

    [GeneratedRegex("<input type=\"hidden\" name=\"([^\"]+)\" value=\"([^\"]*)\"")]
    private static partial Regex HiddenField();
}

/// <summary>Waits for what happens by itself.</summary>
internal static class Eventually
{
    public static Task True(Func<Task<bool>> happened, string what, int seconds = 120) => True(happened, () => what, seconds);

    public static async Task True(Func<Task<bool>> happened, Func<string> what, int seconds = 120, int everyMs = 100)
    {
        var deadline = DateTime.UtcNow.AddSeconds(seconds);
        while (!await happened())
        {
            Assert.True(DateTime.UtcNow < deadline, $"not within {seconds} s: {what()}");
            await Task.Delay(everyMs);
        }
    }

    public static Task True(Func<bool> happened, string what, int seconds = 120, int everyMs = 100) => True(() => Task.FromResult(happened()), () => what, seconds, everyMs);
}
