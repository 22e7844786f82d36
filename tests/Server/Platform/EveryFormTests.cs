using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using BorderInfo.Server.Identity.Public;
using BorderInfo.Tests.Server.Support;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace BorderInfo.Tests.Server.Platform;

/// <summary>All that people do by a form, programs do under <c>/api/v1</c>; what they may not stands here with the reason.</summary>
public sealed class EveryFormTests
{
    /// <summary>Address of the form, or its name inside a page; then the route that does the same, or the reason why there is none.</summary>
    private static readonly Dictionary<string, string> SameAs = new()
    {
        ["/lich/{id:long}/doi"] = "POST /api/v1/schedules/{id:long}/move",
        ["/lich/{id:long}/hoan-tac"] = "POST /api/v1/schedules/{id:long}/undo",
        ["/lich/{id:long}/xoa"] = "DELETE /api/v1/schedules/{id:long}",
        ["/lich/{id:long}/khoi-phuc"] = "POST /api/v1/schedules/{id:long}/undelete",
        ["soan"] = "PUT /api/v1/schedules/{id:long}",
        ["/lich/{id:long}/chep"] = "POST /api/v1/schedules/{id:long}/copy",
        ["/lich/{id:long}/bo-ban-sao"] = "DELETE /api/v1/schedules/{id:long}",
        ["/lich/{id:long}/ngay/{day}/chep"] = "POST /api/v1/schedules/{id:long}/copy",
        ["/lich/{id:long}/ngay/{day}/doi"] = "POST /api/v1/schedules/{id:long}/move",
        ["/lich/{id:long}/ve-ban"] = "POST /api/v1/schedules/{id:long}/undo",
        ["/lich/{id:long}/tro-lai"] = "POST /api/v1/schedules/{id:long}/undo",
        ["/lich/{id:long}/lan-phat"] = "POST /api/v1/schedules/{id:long}/occurrences",
        ["ngay-le"] = "PUT /api/v1/holidays/{id}",
        ["/ngay-le/{id}/xoa"] = "DELETE /api/v1/holidays/{id}",
        ["/ngay-le/{id}/hoan-tac"] = "POST /api/v1/holidays/{id}/undo",
        ["tam-dung"] = "POST /api/v1/stops",
        ["/tam-dung/{id:long}/bo"] = "POST /api/v1/stops/{id:long}/lift",
        ["de-nghi"] = "POST /api/v1/offers",
        ["/de-nghi-phat/{id:long}/thu-hoi"] = "POST /api/v1/offers/{id:long}/withdraw",
        ["nhan-phat"] = "POST /api/v1/offers/{id:long}/communes/{commune}/accept",
        ["/de-nghi-phat/{id:long}/xa/{commune}/khong-nhan"] = "POST /api/v1/offers/{id:long}/communes/{commune}/decline",
        ["/de-nghi-phat/{id:long}/xa/{commune}/rut-lai"] = "POST /api/v1/offers/{id:long}/communes/{commune}/take-back",
        ["/de-nghi-phat/gap-nhau"] = "POST /api/v1/priority-meetings",
        ["noise"] = "POST /api/v1/noise/rules",
        ["/gio-yen-tinh/{id:long}/xoa"] = "DELETE /api/v1/noise/rules/{id:long}",
        ["/gio-yen-tinh/noi"] = "PUT /api/v1/noise/places/{cluster:long}",
        ["/toi/ma/{id:long}/thu-hoi"] = "DELETE /api/v1/tokens/{id:long}",
        ["token"] = "POST /api/v1/tokens",
        ["/toi/phien/ket-thuc"] = "DELETE /api/v1/me/sessions",
        ["password"] = "PUT /api/v1/me/password",
        ["second"] = "POST /api/v1/me/second-factor/on",
        ["/dang-xuat"] = "a program has no session to leave",
        ["sign-in"] = "a program has a token",
        ["code"] = "a program has a token",
        ["enter"] = "a one-time link is for a person at a browser",
        ["/nguoi-dung/{id:long}/bo-hai-buoc"] = "POST /api/v1/users/{id:long}/second-factor/reset",
        ["/nguoi-dung/{id:long}/khoa"] = "POST /api/v1/users/{id:long}/disable",
        ["/nguoi-dung/{id:long}/mo-khoa"] = "POST /api/v1/users/{id:long}/enable",
        ["/nguoi-dung/{id:long}/ket-thuc-phien"] = "DELETE /api/v1/users/{id:long}/sessions",
        ["create"] = "POST /api/v1/users",
        ["change"] = "PUT /api/v1/users/{id:long}",
        ["link"] = "POST /api/v1/users/{id:long}/link",
        ["verify"] = "GET /api/v1/audit/verify",
        ["/noi-dung/{id}/tai-len"] = "POST /api/v1/items/{id}/uploads",
        ["/noi-dung/{id}/nhan-ban"] = "POST /api/v1/items/{id}/duplicate",
        ["/noi-dung/{id}/xoa-nhap"] = "DELETE /api/v1/items/{id}",
        ["/noi-dung/{id}/doc-nhap"] = "POST /api/v1/items/{id}/renditions/{language}/speech",
        ["/noi-dung/{id}/bo-ban"] = "DELETE /api/v1/items/{id}/renditions/{language}/{kind}",
        ["item"] = "PUT /api/v1/items/{id}",
        ["/noi-dung/{id}/trinh-duyet"] = "POST /api/v1/items/{id}/submit",
        ["/noi-dung/{id}/rut-lai"] = "POST /api/v1/items/{id}/take-back",
        ["/noi-dung/{id}/thu-hoi"] = "POST /api/v1/items/{id}/withdraw",
        ["/duyet/{id}/{version:int}/dong-y"] = "POST /api/v1/items/{id}/approve",
        ["/duyet/{id}/{version:int}/tra-lai"] = "POST /api/v1/items/{id}/return",
        ["/cum/{id:long}/xoa"] = "DELETE /api/v1/clusters/{id:long}",
        ["/cum/{id:long}/diem"] = "POST /api/v1/clusters/{id:long}/site",
        ["/cum/{id:long}/pa-no"] = "POST /api/v1/clusters/{id:long}/panels",
        ["/cum/{id:long}/kiem-tra"] = "POST /api/v1/panels/{panel:long}/inspections",
        ["/cum/{id:long}/dau-ra/{output}/bo"] = "DELETE /api/v1/clusters/{id:long}/outputs/{output}",
        ["cluster"] = "PUT /api/v1/clusters/{id:long}",
        ["output"] = "POST /api/v1/clusters/{id:long}/outputs",
        ["/diem/{site}/lenh"] = "POST /api/v1/sites/{site}/commands",
        ["/diem/{site}/thu-hoi"] = "DELETE /api/v1/sites/{site}/certificates",
        ["/diem/{site}/ghep-noi/{code:long}/dong-y"] = "POST /api/v1/sites/{site}/enrol-codes/{code:long}/confirmation",
        ["enrol-code"] = "POST /api/v1/sites/{site}/enrol-codes",
        ["/phat-hanh/gui"] = "POST /api/v1/publish",
        ["/phat-hanh/dung/{id:long}"] = "POST /api/v1/publish/stop/{schedule:long}",
        ["/phat-hanh/ky-moi"] = "POST /api/v1/publish/epoch",
        ["sector"] = "PUT /api/v1/geo/sectors/{id}",
        ["gate"] = "PUT /api/v1/geo/gates/{id}",
        ["post"] = "PUT /api/v1/geo/posts/{id}",
        ["posts"] = "POST /api/v1/geo/posts/import",
        ["check"] = "POST /api/v1/geo/boundaries/check",
        ["/dia-gioi/ap-dung"] = "POST /api/v1/geo/boundaries/apply",
        ["/dia-gioi/hoan-tac"] = "POST /api/v1/geo/boundaries/undo",
    };

    [Fact]
    public void Every_form_has_a_route_for_programs_or_a_reason()
    {
        using var server = new ServerUnderTest();
        server.CreateClient().Dispose();
        var doors = server.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .SelectMany(e => e.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods.Select(m => (Endpoint: e, Method: m, Path: "/" + e.RoutePattern.RawText!.Trim('/'))) ?? []).ToArray();
        var routes = doors.Where(d => d.Path.StartsWith("/api/v1", StringComparison.Ordinal)).Select(d => $"{d.Method} {d.Path}").ToHashSet();

        var forms = doors.Where(d => d.Method == "POST" && d.Endpoint.Metadata.GetMetadata<ComponentTypeMetadata>() is null).Select(d => d.Path)
            .Where(p => !p.StartsWith("/api/", StringComparison.Ordinal) && !p.StartsWith("/agent/", StringComparison.Ordinal) && !p.StartsWith("/_", StringComparison.Ordinal)).Concat(NamedForms()).ToArray();

        Assert.Empty(forms.Except(SameAs.Keys));
        Assert.Empty(SameAs.Where(s => s.Value.Contains(" /api/", StringComparison.Ordinal) && !routes.Contains(s.Value)).Select(s => $"{s.Key}: {s.Value}"));
    }

    [Theory]
    [InlineData("plays.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")]
    [InlineData("plays.csv", "text/csv")]
    [InlineData("half-year.docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document")]
    public async Task A_program_fetches_a_report_as_a_file_with_its_token(string file, string type)
    {
        using var server = new ServerUnderTest();
        var program = await Program(server, Roles.Editor);

        var answer = await program.GetAsync("/api/v1/reports/" + file);

        Assert.Equal((HttpStatusCode.OK, type), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
    }

    [Fact]
    public async Task A_program_begins_a_new_epoch_and_ends_sessions_but_sets_no_password()
    {
        using var server = new ServerUnderTest();
        var program = await Program(server, Roles.Administrator);

        var epoch = await program.PostAsync("/api/v1/publish/epoch", null);
        var password = await program.PutAsJsonAsync("/api/v1/me/password", new { old = "", @new = "mot mat khau that dai 12" });
        var sessions = await program.DeleteAsync("/api/v1/me/sessions");

        Assert.Equal(HttpStatusCode.OK, epoch.StatusCode);
        Assert.Equal(HttpStatusCode.OK, sessions.StatusCode);
        Assert.Contains(password.StatusCode, new[] { HttpStatusCode.Unauthorized, HttpStatusCode.Redirect, HttpStatusCode.Forbidden });
    }

    private static async Task<HttpClient> Program(ServerUnderTest server, string role)
    {
        var person = (await server.ClientAs(role)).AsScript();
        var token = await (await person.PostAsJsonAsync("/api/v1/tokens", new { name = "Thử", days = 7 })).Content.ReadFromJsonAsync<JsonElement>();
        var program = server.Stranger();
        program.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token.GetProperty("token").GetString());
        return program;
    }

    private static IEnumerable<string> NamedForms()
    {
        var root = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(root, "BorderInfo.sln")))
            root = Path.GetDirectoryName(root)!;
        return Directory.EnumerateFiles(Path.Combine(root, "server"), "*.razor", SearchOption.AllDirectories)
            .SelectMany(f => Regex.Matches(File.ReadAllText(f), "@formname=\"([^\"]+)\"")).Select(m => m.Groups[1].Value).Distinct();
    }
}
