using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using BorderInfo.Contract;
using BorderInfo.Contract.Messages;
using BorderInfo.Contract.Signing;
using BorderInfo.Server.Fleet;
using BorderInfo.Server.Identity.Public;
using BorderInfo.Server.Messaging.Public;
using BorderInfo.Server.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using static BorderInfo.Tests.Server.Fleet.FleetUnderTest;

namespace BorderInfo.Tests.Server.Fleet;

public sealed class ScreenAndCommandTests
{
    [Fact]
    public async Task A_picture_a_site_sends_is_shown_with_its_time_and_item()
    {
        await using var fleet = await Start();
        var certificate = await fleet.Enrolled(LangSon);
        var browser = await fleet.Browser(Roles.Monitor, "p:20");

        var sent = await Put(fleet, certificate, "LCD-1", Jpeg(1));

        var shown = await browser.GetAsync("/api/v1/sites/LS-0001/screens/LCD-1");
        Assert.Equal(HttpStatusCode.NoContent, sent.StatusCode);
        Assert.Equal(Jpeg(1), await shown.Content.ReadAsByteArrayAsync());
        var page = await browser.GetStringAsync("/diem/LS-0001");
        Assert.Contains("23/11/2026 07:59:58", page);
        Assert.Contains("T-12", page);
    }

    [Fact]
    public async Task Pictures_need_the_certificate_of_a_site()
    {
        await using var fleet = await Start();
        var certificate = await fleet.Enrolled(LangSon);
        await (await fleet.Administrator()).DeleteAsync("/api/v1/sites/LS-0001/certificates");

        var revoked = await Put(fleet, certificate, "LCD-1", Jpeg(1));
        var without = await fleet.Anonymous().PutAsync("/agent/v1/screens/LCD-1", new ByteArrayContent(Jpeg(1)));

        Assert.Equal(HttpStatusCode.Unauthorized, revoked.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, without.StatusCode);
    }

    [Theory]
    [InlineData("LCD-9", 10, true, HttpStatusCode.NotFound)]
    [InlineData("LCD-1", 10, false, HttpStatusCode.UnsupportedMediaType)]
    [InlineData("LCD-1", 300 * 1024, true, HttpStatusCode.RequestEntityTooLarge)]
    public async Task What_is_no_small_JPEG_of_an_own_output_is_refused(string output, int filling, bool isJpeg, HttpStatusCode status)
    {
        await using var fleet = await Start();
        var certificate = await fleet.Enrolled(LangSon);
        var picture = Jpeg(1, filling);
        if (!isJpeg)
            picture[0] = 0x3C;

        var answer = await Put(fleet, certificate, output, picture);

        Assert.Equal(status, answer.StatusCode);
        Assert.Empty(Directory.GetFiles(fleet.Services.GetRequiredService<DataFolder>().Screens));
    }

    [Fact]
    public async Task At_most_200_pictures_of_an_output_are_kept()
    {
        await using var fleet = await Start();
        var certificate = await fleet.Enrolled(LangSon);

        foreach (var n in Enumerable.Range(0, 203))
            await Put(fleet, certificate, "LCD-1", Jpeg((byte)n));

        Assert.Equal(200, Directory.GetFiles(Path.Combine(fleet.Folder, "screens")).Length);
        Assert.Equal(200, await fleet.WithDb(db => db.Set<ScreenRow>().CountAsync()));
        Assert.Equal(Jpeg(202), await (await fleet.Administrator()).GetByteArrayAsync("/api/v1/sites/LS-0001/screens/LCD-1"));
    }

    [Fact]
    public async Task A_command_goes_out_signed_and_its_answer_is_shown()
    {
        await using var fleet = await Start();
        await fleet.Online(LangSon);
        var technician = await fleet.Browser(Roles.Technician);

        var done = await Json(await technician.PostAsync("/api/v1/sites/LS-0001/commands", Body(new { verb = "RestartPlayer", output = "LED-1.A" })));
        var command = CommandIn(fleet);
        await fleet.Hear(LangSon, "answer", new Answer { Id = command.Id, Done = false, Code = "player.missing", Detail = "mpv not found" }, ContractJson.Wire.Answer);

        Assert.Equal((done.GetProperty("id").GetString(), Verb.RestartPlayer, "LED-1.A", LangSon), (command.Id, command.Verb, command.Output?.Value, command.Site));
        Assert.Equal(fleet.Clock.GetUtcNow().AddSeconds(60), command.NotAfter);
        Assert.Contains("player.missing mpv not found", await technician.GetStringAsync("/diem/LS-0001"));
    }

    [Fact]
    public async Task A_site_answers_only_for_its_own_commands()
    {
        await using var fleet = await Start();
        await fleet.Online(LangSon);
        await fleet.Online(GiaLai);
        var technician = await fleet.Browser(Roles.Technician);
        await technician.PostAsync("/api/v1/sites/LS-0001/commands", Body(new { verb = "VerifyShelf" }));

        await fleet.Hear(GiaLai, "answer", new Answer { Id = CommandIn(fleet).Id, Done = true }, ContractJson.Wire.Answer);

        var commands = await Json(await technician.GetAsync("/api/v1/sites/LS-0001/commands"));
        Assert.Equal(JsonValueKind.Null, commands[0].GetProperty("answeredAt").ValueKind);
    }

    [Theory]
    [InlineData("offline", "fleet.site-not-online")]
    [InlineData("no broker", "fleet.link-down")]
    [InlineData("no output", "fleet.output-wanted")]
    [InlineData("strange output", "fleet.no-such-output")]
    public async Task A_command_that_cannot_arrive_is_refused(string trial, string why)
    {
        await using var fleet = await Start();
        await fleet.Online(LangSon);
        if (trial == "offline")
            await fleet.State(LangSon, Presence.Lost, 1, 1);
        fleet.Sent.Connected = trial != "no broker";

        var answer = await (await fleet.Administrator()).PostAsync("/api/v1/sites/LS-0001/commands", Body(new { verb = "Screenshot", output = trial switch { "no output" => null, "strange output" => "LCD-9", _ => "LCD-1" } }));

        Assert.Equal(why, JsonSerializer.Deserialize<JsonElement>(await answer.Content.ReadAsStringAsync()).GetProperty("code").GetString());
        Assert.DoesNotContain(fleet.Sent.Messages, m => m.Topic == Topics.Commands(LangSon));
    }

    private static Command CommandIn(FleetUnderTest fleet)
    {
        var sealedBytes = fleet.Sent.Messages.Single(m => m.Topic == Topics.Commands(LangSon)).Payload;
        return JsonSerializer.Deserialize(Sealing.Open(sealedBytes, SignedTypes.Command, fleet.Services.GetRequiredService<ISigner>().Keys).Value, ContractJson.Wire.Command)!;
    }

    private static byte[] Jpeg(byte n, int filling = 100) => [0xFF, 0xD8, 0xFF, 0xE0, .. Enumerable.Repeat(n, filling), 0xFF, 0xD9];

    private static async Task<HttpResponseMessage> Put(FleetUnderTest fleet, string certificate, string output, byte[] picture)
    {
        var request = new HttpRequestMessage(HttpMethod.Put, $"/agent/v1/screens/{output}") { Content = new ByteArrayContent(picture) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("image/jpeg");
        request.Headers.Add("X-Test-Certificate", Uri.EscapeDataString(certificate));
        request.Headers.Add("X-Item", "T-12");
        request.Headers.Add("X-Version", "3");
        request.Headers.Add("X-At", fleet.Clock.GetUtcNow().AddSeconds(-2).ToString("O"));
        return await fleet.Anonymous().SendAsync(request);
    }
}
