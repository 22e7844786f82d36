using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using BorderInfo.Contract;
using BorderInfo.Server.Content.Public;
using BorderInfo.Server.Fleet.Public;
using BorderInfo.Server.Identity.Public;
using BorderInfo.Server.Platform.Languages;
using Microsoft.Extensions.DependencyInjection;

namespace BorderInfo.Tests.Server.Content;

public sealed class ItemTests
{
    [Fact]
    public async Task An_item_is_found_without_diacritics_and_shown_with_what_it_lacks()
    {
        await using var room = new Newsroom();
        var editor = await room.As(Roles.Editor);
        var item = await room.NewItem(editor, ("vi", "Thủ tục xuất nhập cảnh tại cửa khẩu Hữu Nghị."), ("en", "Border procedures."));
        await room.NewItem(editor, ("vi", "Quảng bá du lịch."));

        var found = await editor.GetFromJsonAsync<JsonElement>("/api/v1/items?search=huu%20nghi%20xuat");
        var seen = await room.Ready(editor, item);

        Assert.Equal(item, Assert.Single(found.GetProperty("items").EnumerateArray()).GetProperty("id").GetString());
        Assert.Equal(["zh-Hans"], seen.GetProperty("needs")[0].GetProperty("missing").EnumerateArray().Select(l => l.GetString()));
    }

    [Fact]
    public async Task Text_is_kept_in_NFC_and_counted_as_a_reader_counts()
    {
        await using var room = new Newsroom();
        var editor = await room.As(Roles.Editor);
        var decomposed = "Biên giới".Normalize(NormalizationForm.FormD);

        var item = await room.NewItem(editor, ("vi", decomposed));
        var long_ = await editor.PutAsJsonAsync($"/api/v1/items/{item}", new { stamp = (int?)null, fields = room.Fields("a", ("jra", string.Concat(Enumerable.Repeat("ơ̆", 2001)))) });
        var fits = await editor.PutAsJsonAsync($"/api/v1/items/{item}", new { stamp = (int?)null, fields = room.Fields("a", ("jra", string.Concat(Enumerable.Repeat("ơ̆", 2000)))) });

        var text = (await editor.GetFromJsonAsync<JsonElement>($"/api/v1/items/{item}")).GetProperty("item").GetProperty("renditions")[0].GetProperty("text").GetString();
        Assert.Equal("Biên giới".Normalize(), text);
        Assert.Equal("content.text-too-long", await Newsroom.Code(long_));
        Assert.True(fits.IsSuccessStatusCode);
    }

    [Theory]
    [InlineData("mnw", null)]
    [InlineData("lo-LA", null)]
    [InlineData("zxx", "content.unknown-language")]
    [InlineData("Tiếng Mường", "content.unknown-language")]
    public async Task A_text_may_be_in_any_language_that_an_output_may_ask_for(string language, string? refused)
    {
        await using var room = new Newsroom();
        var editor = await room.As(Roles.Editor);

        var answer = await editor.PostAsJsonAsync("/api/v1/items", room.New("Thông báo thử", (language, "Ban noi")));

        Assert.Equal(refused, answer.IsSuccessStatusCode ? null : await Newsroom.Code(answer));
    }

    [Fact]
    public async Task A_language_off_the_list_that_a_cluster_asks_for_is_offered_drawn_and_lacking_no_more()
    {
        await using var room = new Newsroom(s => s.AddSingleton<IClusters>(new Newsroom.OneCluster(Newsroom.OneCluster.Lcd with { Languages = ["vi", "mtq"] })));
        var editor = await room.As(Roles.Editor);
        var item = await room.NewItem(editor, ("vi", "Thủ tục xuất cảnh."), ("mtq", "Thủ tục xuất cảnh."));

        var seen = await room.Ready(editor, item);
        var page = await editor.GetStringAsync($"/noi-dung/{item}");

        Assert.Empty(seen.GetProperty("needs")[0].GetProperty("missing").EnumerateArray());
        Assert.Contains("name=\"text-mtq\"", page, StringComparison.Ordinal);
        Assert.Contains("<option value=\"mtq\">", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_letter_that_an_unlisted_language_cannot_be_drawn_with_is_refused_by_name()
    {
        await using var room = new Newsroom(s => s.AddSingleton<IClusters>(new Newsroom.OneCluster(Newsroom.OneCluster.Lcd with { Languages = ["shn"] })));
        var editor = await room.As(Roles.Editor);
        var item = await room.NewItem(editor, ("shn", "လိၵ်ႈတႆး"));

        var seen = await Newsroom.Until(() => editor.GetFromJsonAsync<JsonElement>($"/api/v1/items/{item}"), i => i.GetProperty("readiness").GetProperty("failures").GetArrayLength() > 0);

        Assert.Equal("content.glyph-missing", seen.GetProperty("readiness").GetProperty("failures")[0].GetProperty("code").GetString());
    }

    [Fact]
    public async Task Of_two_editors_who_saw_the_same_the_second_is_told()
    {
        await using var room = new Newsroom();
        var one = await room.As(Roles.Editor);
        var two = await room.As(Roles.Editor);
        var item = await room.NewItem(one, ("vi", "a"));
        var stamp = (await one.GetFromJsonAsync<JsonElement>($"/api/v1/items/{item}")).GetProperty("stamp").GetInt32();

        await Newsroom.Good(await one.PutAsJsonAsync($"/api/v1/items/{item}", new { stamp, fields = room.Fields("Của người thứ nhất", ("vi", "a")) }));
        var late = await two.PutAsJsonAsync($"/api/v1/items/{item}", new { stamp, fields = room.Fields("Của người thứ hai", ("vi", "b")) });

        Assert.Equal("content.changed-meanwhile", await Newsroom.Code(late));
    }

    [Fact]
    public async Task Only_an_editor_of_the_area_changes_an_item_and_others_do_not_even_see_it()
    {
        await using var room = new Newsroom();
        var item = await room.NewItem(await room.As(Roles.Editor), ("vi", "a"));
        var approver = await room.As(Roles.Approver);
        var elsewhere = await room.As(Roles.Editor, new AreaScope(false, ["22"], [], []));
        var change = new { stamp = (int?)null, fields = room.Fields("b", ("vi", "b")) };

        Assert.Equal("content.no-right", await Newsroom.Code(await approver.PutAsJsonAsync($"/api/v1/items/{item}", change)));
        Assert.Equal("content.not-found", await Newsroom.Code(await elsewhere.PutAsJsonAsync($"/api/v1/items/{item}", change)));
        Assert.Equal(HttpStatusCode.NotFound, (await elsewhere.GetAsync($"/api/v1/items/{item}")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await elsewhere.GetAsync($"/noi-dung/{item}")).StatusCode);
        Assert.Equal(0, (await elsewhere.GetFromJsonAsync<JsonElement>("/api/v1/items")).GetProperty("total").GetInt32());
        Assert.Equal("content.no-right", await Newsroom.Code(await elsewhere.PostAsJsonAsync("/api/v1/items", room.New("a", ("vi", "a")))));
    }

    [Fact]
    public async Task A_copy_of_unapproved_work_keeps_its_authors()
    {
        await using var room = new Newsroom();
        var item = await room.NewItem(await room.As(Roles.Editor), ("vi", "a"));

        var copy = await Newsroom.Good(await (await room.As(Roles.Editor)).PostAsync($"/api/v1/items/{item}/duplicate", null));

        Assert.Equal(2, copy.GetProperty("authors").GetArrayLength());
        Assert.NotEqual(item, copy.GetProperty("id").GetString());
    }

    [Fact]
    public async Task A_draft_can_be_deleted_and_is_gone()
    {
        await using var room = new Newsroom();
        var editor = await room.As(Roles.Editor);
        var item = await room.NewItem(editor, ("vi", "a"));

        await Newsroom.Good(await editor.DeleteAsync($"/api/v1/items/{item}"));

        Assert.Equal(HttpStatusCode.NotFound, (await editor.GetAsync($"/api/v1/items/{item}")).StatusCode);
    }

    [Fact]
    public async Task A_text_that_does_not_fit_one_output_is_told_with_the_preview()
    {
        await using var room = new Newsroom();
        var editor = await room.As(Roles.Editor);
        var item = await room.NewItem(editor, ("zh-Hans", "口岸" + new string('国', 400)));

        var seen = await room.Ready(editor, item);

        Assert.Equal("content.does-not-fit", Assert.Single(seen.GetProperty("readiness").GetProperty("failures").EnumerateArray()).GetProperty("code").GetString());
    }

    [Theory]
    [InlineData("Céng hoµ x· héi chñ nghÜa ViÖt Nam §éc lËp Tù do", "TCVN3 (ABC)")]
    [InlineData("Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam", "VNI")]
    [InlineData("Cộng hòa xã hội chủ nghĩa Việt Nam, Độc lập – Tự do – Hạnh phúc. Khoảng 25 °C.", null)]
    public void Text_in_an_encoding_from_before_Unicode_is_recognised(string text, string? encoding) => Assert.Equal(encoding, Script.OldEncoding(text));

    [Theory]
    [InlineData("Công văn TUYỆT MẬT", "TUYỆT MẬT")]
    [InlineData("Độ mật: MẬT", "MẬT")]
    [InlineData("Mật ong rừng, BÍ MẬTX, đường mật", null)]
    public void Marks_of_state_secrets_are_found(string text, string? mark) => Assert.Equal(mark, Script.SecrecyMark(text));

    [Fact]
    public async Task The_composer_keeps_what_was_typed_when_it_refuses()
    {
        await using var room = new Newsroom();
        var editor = await room.As(Roles.Editor);
        var html = await editor.GetStringAsync("/noi-dung/moi");
        var token = System.Text.RegularExpressions.Regex.Match(html, "name=\"__RequestVerificationToken\"[^>]*value=\"([^\"]+)\"").Groups[1].Value;

        var answer = await editor.PostAsync("/noi-dung/moi", new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["_handler"] = "item", ["__RequestVerificationToken"] = WebUtility.HtmlDecode(token), ["title"] = "Tiêu đề đã gõ", ["theme"] = "", ["area"] = "20", ["class"] = "Normal", ["look"] = "1",
            ["from"] = "2026-11-23T08:00", ["until"] = "2026-12-23T08:00", ["text-vi"] = "Nội dung đã gõ, rất dài.",
        }));

        var page = await answer.Content.ReadAsStringAsync();
        Assert.Contains("Chưa chọn chuyên đề.", page, StringComparison.Ordinal);
        Assert.Contains("Tiêu đề đã gõ", page, StringComparison.Ordinal);
        Assert.Contains("Nội dung đã gõ, rất dài.", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_sentence_of_content_and_approval_is_there_in_both_languages()
    {
        await using var room = new Newsroom();
        var texts = room.Services.GetRequiredService<Texts>();
        string[] Keys(string language) => [.. texts.All(language).Keys.Where(k => k.StartsWith("content.", StringComparison.Ordinal) || k.StartsWith("approval.", StringComparison.Ordinal)).Order()];

        Assert.Equal(Keys("vi"), Keys("en"));
    }
}
