using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using BorderInfo.Contract;
using BorderInfo.Contract.Plans;
using BorderInfo.Server.Content.Public;
using BorderInfo.Server.Identity.Public;
using Microsoft.Extensions.DependencyInjection;

namespace BorderInfo.Tests.Server.Content;

public sealed class MediaPartTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("borderinfo-media-").FullName;

    [Fact]
    public async Task A_picture_becomes_one_file_for_each_size_of_screen()
    {
        await using var room = new Newsroom();
        var editor = await room.As(Roles.Editor);
        var item = await room.NewItem(editor);

        Assert.Null(await room.Upload(editor, item, await Media.Picture(folder, size: "600x800")));

        var parts = await Parts(room, item);
        Assert.Equal(["LCD-1", "LED-1"], parts.Parts.Select(p => p.Output.Value).Order());
        var led = await Stream(room, parts.Parts.Single(p => p.Output.Value == "LED-1"));
        Assert.Equal(("png", 320, 160), (led.GetProperty("codec_name").GetString(), led.GetProperty("width").GetInt32(), led.GetProperty("height").GetInt32()));
        var lcd = await Stream(room, parts.Parts.Single(p => p.Output.Value == "LCD-1"));
        Assert.Equal(("mjpeg", 960, 540), (lcd.GetProperty("codec_name").GetString(), lcd.GetProperty("width").GetInt32(), lcd.GetProperty("height").GetInt32()));
        Assert.All(parts.Parts, p => Assert.Equal(("zxx", PartKind.Still, 10_000), (p.Language, p.Kind, p.DurationMs)));
    }

    [Fact]
    public async Task A_photograph_is_turned_the_way_the_camera_was_held()
    {
        await using var room = new Newsroom();
        var editor = await room.As(Roles.Editor);
        var item = await room.NewItem(editor);
        var photo = await Media.Make(folder, "photo.jpg", "-f", "lavfi", "-i", "testsrc2=size=400x200", "-frames:v", "1");
        var bytes = (await File.ReadAllBytesAsync(photo)).ToList();
        bytes.InsertRange(2, [0xFF, 0xE1, 0, 34, .. "Exif\0\0"u8, .. "MM\0*"u8, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0, 0, 0, 0, 0]);
        await File.WriteAllBytesAsync(photo, [.. bytes]);

        Assert.Null(await room.Upload(editor, item, photo));

        var master = await Master(room, item);
        var stream = (await Media.Probe(room.PathOf(master))).GetProperty("streams")[0];
        Assert.Equal((200, 400), (stream.GetProperty("width").GetInt32(), stream.GetProperty("height").GetInt32()));
    }

    [Fact]
    public async Task A_clip_becomes_silent_H264_at_the_exact_size_without_its_metadata()
    {
        await using var room = new Newsroom();
        var editor = await room.As(Roles.Editor);
        var item = await room.NewItem(editor);

        Assert.Null(await room.Upload(editor, item, await Media.Clip(folder), "vi"));

        var parts = await Parts(room, item);
        var part = parts.Parts.Single(p => p.Output.Value == "LED-1");
        var probe = await Media.Probe(room.PathOf(part.File.Value));
        var stream = Assert.Single(probe.GetProperty("streams").EnumerateArray());
        Assert.Equal(("h264", 320, 160, "yuv420p", "High"), (stream.GetProperty("codec_name").GetString(), stream.GetProperty("width").GetInt32(), stream.GetProperty("height").GetInt32(), stream.GetProperty("pix_fmt").GetString(), stream.GetProperty("profile").GetString()));
        Assert.Equal(PartKind.Clip, part.Kind);
        Assert.InRange(part.DurationMs, 2900, 3100);
        Assert.DoesNotContain("SECRET-METADATA", System.Text.Encoding.Latin1.GetString(await File.ReadAllBytesAsync(room.PathOf(part.File.Value))), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_copy_of_an_item_calls_its_files_as_they_were_called_even_when_the_item_is_gone()
    {
        await using var room = new Newsroom();
        var editor = await room.As(Roles.Editor);
        var item = await room.NewItem(editor);
        Assert.Null(await room.Upload(editor, item, await Media.Picture(folder), name: "ảnh cũ.png"));
        room.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Null(await room.Upload(editor, item, await Media.Picture(folder), name: "cửa khẩu.png"));

        var copy = (await Newsroom.Good(await editor.PostAsync($"/api/v1/items/{item}/duplicate", null))).GetProperty("id").GetString();
        await Newsroom.Good(await editor.DeleteAsync($"/api/v1/items/{item}"));

        var files = await editor.GetStringAsync($"/noi-dung/{copy}/tep");
        Assert.Contains("<strong class=\"text-break\">cửa khẩu.png</strong> · Hình ảnh", System.Net.WebUtility.HtmlDecode(files), StringComparison.Ordinal);
        Assert.DoesNotContain("ảnh cũ.png", System.Net.WebUtility.HtmlDecode(files), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("quiet.wav", "sine=frequency=440:duration=8,volume=-30dB")]
    [InlineData("loud.mp3", "sine=frequency=300:duration=8,volume=18dB,tremolo=f=4:d=0.8")]
    [InlineData("bursts.flac", "aevalsrc='0.9*sin(2*PI*500*t)*lt(mod(t,2),0.4)':d=12")]
    [InlineData("noise.ogg", "anoisesrc=d=6:c=pink:a=0.05")]
    public async Task Sound_of_any_loudness_is_brought_to_16_LUFS_below_full_scale(string name, string source)
    {
        await using var room = new Newsroom();
        var editor = await room.As(Roles.Editor);
        var item = await room.NewItem(editor);

        Assert.Null(await room.Upload(editor, item, await Media.Make(folder, name, "-f", "lavfi", "-i", source), "vi"));

        var (lufs, peakDb) = await Media.Loudness(room.PathOf(await Master(room, item)));
        Assert.InRange(lufs, -17, -15);
        Assert.True(peakDb <= -1.5, $"true peak {peakDb} dBTP");
    }

    [Theory]
    [InlineData("vi", "Chào mừng quý khách đến với cửa khẩu quốc tế Hữu Nghị. Đề nghị xuất trình giấy tờ.")]
    [InlineData("en", "Welcome to the international border gate. Please show your passport.")]
    [InlineData("zh-Hans", "欢迎您来到越南。请出示有效护照。")]
    public async Task A_spoken_draft_is_marked_as_such_and_as_loud_as_a_recording(string language, string text)
    {
        await using var room = new Newsroom();
        var editor = await room.As(Roles.Editor);
        var item = await room.NewItem(editor, (language, text));

        var spoken = await Newsroom.Good(await editor.PostAsync($"/api/v1/items/{item}/renditions/{language}/speech", null));

        var audio = spoken.GetProperty("renditions").EnumerateArray().Single(r => r.GetProperty("kind").GetString() == "Audio");
        Assert.True(audio.GetProperty("synthesised").GetBoolean());
        Assert.InRange(audio.GetProperty("durationMs").GetInt32(), 1500, 20_000);
        Assert.InRange((await Media.Loudness(room.PathOf(audio.GetProperty("media").GetString()!))).Lufs, -17, -15);
    }

    [Theory]
    [InlineData("lo", "ຍິນດີຕ້ອນຮັບ", "content.speech-language")]
    [InlineData("vi", "ຍິນດີຕ້ອນຮັບສູ່ດ່ານຊາຍແດນ", "content.speech-script")]
    [InlineData("zh-Hans", "Welcome to Viet Nam", "content.speech-script")]
    public async Task Speech_in_a_language_without_voice_or_in_a_foreign_script_is_refused(string language, string text, string code)
    {
        await using var room = new Newsroom();
        var editor = await room.As(Roles.Editor);
        var item = await room.NewItem(editor, (language, text));

        var answer = await editor.PostAsync($"/api/v1/items/{item}/renditions/{language}/speech", null);

        Assert.Equal(code, await Newsroom.Code(answer));
    }

    [Fact]
    public async Task The_second_call_for_the_same_outputs_makes_nothing_anew()
    {
        await using var room = new Newsroom();
        var editor = await room.As(Roles.Editor);
        var item = await room.NewItem(editor, ("vi", "Xin chào."), ("zh-Hans", "你好。"), ("en", "Hello."));

        var first = await Parts(room, item);
        var written = room.Files().ToDictionary(f => f, File.GetLastWriteTimeUtc);
        var second = await Parts(room, item);

        Assert.Equal(JsonSerializer.Serialize(first), JsonSerializer.Serialize(second));
        Assert.Equal(written, room.Files().ToDictionary(f => f, File.GetLastWriteTimeUtc));
        Assert.Equal([("LED-1", "vi"), ("LED-1", "zh-Hans"), ("LCD-1", "vi"), ("LCD-1", "en")], first.Parts.Select(p => (p.Output.Value, p.Language)));
    }

    [Fact]
    public async Task Text_picture_and_clip_of_one_language_are_all_shown_one_after_the_other()
    {
        await using var room = new Newsroom();
        var editor = await room.As(Roles.Editor);
        var item = await room.NewItem(editor, ("vi", "Xin chào."));
        Assert.Null(await room.Upload(editor, item, await Media.Picture(folder), "vi"));
        Assert.Null(await room.Upload(editor, item, await Media.Clip(folder), "vi"));

        var parts = await Parts(room, item);

        var led = parts.Parts.Where(p => p.Output.Value == "LED-1").ToArray();
        Assert.Equal([(1, PartKind.Still), (2, PartKind.Still), (3, PartKind.Clip)], led.Select(p => (p.Page, p.Kind)));
        Assert.Equal(3, led.Select(p => p.File).Distinct().Count());
    }

    [Fact]
    public async Task Media_are_served_by_hash_with_ranges_and_without_being_guessed_at()
    {
        await using var room = new Newsroom();
        var editor = await room.As(Roles.Editor);
        var item = await room.NewItem(editor);
        Assert.Null(await room.Upload(editor, item, await Media.Picture(folder)));
        var hash = await Master(room, item);

        var whole = await editor.GetAsync($"/api/v1/media/{hash}");
        using var ask = new HttpRequestMessage(HttpMethod.Get, $"/api/v1/media/{hash}") { Headers = { Range = new RangeHeaderValue(10, 19) } };
        var part = await editor.SendAsync(ask);

        var bytes = await whole.Content.ReadAsByteArrayAsync();
        Assert.Equal(hash, MediaHash.Of(bytes).Value);
        Assert.Equal("image/png", whole.Content.Headers.ContentType?.MediaType);
        Assert.Equal("nosniff", whole.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Contains("sandbox", whole.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.Contains("immutable", whole.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.PartialContent, part.StatusCode);
        Assert.Equal(bytes[10..20], await part.Content.ReadAsByteArrayAsync());
        Assert.Equal(HttpStatusCode.NotFound, (await editor.GetAsync("/api/v1/media/..%2F..%2Fborderinfo.db")).StatusCode);
        Assert.NotEqual(HttpStatusCode.OK, (await editor.GetAsync($"/agent/v1/media/{hash}")).StatusCode);
    }

    [Fact]
    public async Task The_store_keeps_a_file_under_its_hash_in_two_levels_and_once()
    {
        await using var room = new Newsroom();
        var store = room.Services.GetRequiredService<BorderInfo.Server.Content.Store.ContentStore>();
        var temporary = store.Temporary();
        await File.WriteAllTextAsync(temporary, "nội dung");

        var hash = await store.Take(temporary, default);
        var again = await store.Keep("nội dung"u8.ToArray(), default);

        Assert.Equal(hash, again);
        Assert.Equal(Path.Combine(room.Folder, "content", hash.Value[..2], hash.Value[2..4], hash.Value), Assert.Single(room.Files()));
        Assert.Equal(hash, MediaHash.Of(await File.ReadAllBytesAsync(store.PathOf(hash))));
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private static async Task<ReadyParts> Parts(Newsroom room, string item)
    {
        using var scope = room.Services.CreateScope();
        var version = (await scope.ServiceProvider.GetRequiredService<IItems>().Versions(new ItemId(item), default))[0];
        return (await scope.ServiceProvider.GetRequiredService<IParts>().For(version, [Newsroom.OneCluster.Led, Newsroom.OneCluster.Lcd, Newsroom.OneCluster.Horn], default)).Value;
    }

    private static async Task<string> Master(Newsroom room, string item)
    {
        using var scope = room.Services.CreateScope();
        return (await scope.ServiceProvider.GetRequiredService<IItems>().Versions(new ItemId(item), default))[0].Renditions.Single(r => r.Media is not null).Media!.Value.Value;
    }

    private static async Task<JsonElement> Stream(Newsroom room, PlanPart part) => (await Media.Probe(room.PathOf(part.File.Value))).GetProperty("streams")[0];
}
