using System.Globalization;
using BorderInfo.Contract.Messages;
using BorderInfo.Server.Fleet.Commands;
using BorderInfo.Server.Fleet.Enrol;
using BorderInfo.Server.Fleet.Pages;
using BorderInfo.Server.Fleet.Public;
using BorderInfo.Server.Fleet.Registry;
using BorderInfo.Server.Identity.Public;
using BorderInfo.Server.Platform.Languages;
using BorderInfo.Server.Platform.Pages;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace BorderInfo.Server.Fleet;

/// <summary>Buttons of the pages (post, redirect, get) and the live parts that pages fetch again.</summary>
internal static class FleetForms
{
    public static void MapFleetForms(this IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("").RequireAuthorization().ExcludeFromDescription();
        group.MapPost("/cum/{id:long}/xoa", Delete);
        group.MapPost("/cum/{id:long}/diem", Open);
        group.MapPost("/cum/{id:long}/pa-no", Panel);
        group.MapPost("/cum/{id:long}/kiem-tra", Inspect);
        group.MapPost("/cum/{id:long}/dau-ra/{output}/bo", Remove);
        group.MapPost("/diem/{site}/lenh", Order);
        group.MapPost("/diem/{site}/thu-hoi", Revoke);
        group.MapPost("/diem/{site}/ghep-noi/{code:long}/dong-y", Confirm);
        group.MapGet("/cum/danh-sach", IResult ([FromQuery] string? nhom, [FromQuery] string? q, [FromQuery(Name = "trang-thai")] string? standing, [FromQuery] string? tuyen, [FromQuery] string? loai) =>
            new RazorComponentResult<ClusterRows>(new { Filter = new ClusterFilter(nhom, q, standing, tuyen, loai) }));
        group.MapGet("/diem/{site}/hien-tai", (string site, HttpContext http, IClusters clusters) => Fragment<SiteNow>(site, http, clusters));
        group.MapGet("/diem/{site}/dien-bien", (string site, HttpContext http, IClusters clusters) => Fragment<SiteHistory>(site, http, clusters));
        group.MapGet("/tuong/o", IResult () => new RazorComponentResult<WallTiles>());
    }

    private static IResult Fragment<TPage>(string site, HttpContext http, IClusters clusters)
        where TPage : Microsoft.AspNetCore.Components.IComponent =>
        clusters.BySite(new SiteId(site)) is { } cluster && cluster.Within(http.User.Actor().Scope) ? new RazorComponentResult<TPage>(new { Cluster = cluster }) : Results.NotFound();

    private static async Task<IResult> Delete(long id, HttpContext http, DeleteCluster use, Texts texts, CancellationToken stop)
    {
        var outcome = await use.Handle(id, http.User.Actor(), stop);
        return Done(http, outcome, outcome.Why is null ? "/cum" : $"/cum/{id}/sua", "fleet.done.cluster-deleted", texts);
    }

    private static async Task<IResult> Open(long id, [FromForm] string site, HttpContext http, OpenSite use, Texts texts, CancellationToken stop)
    {
        var outcome = await use.Handle(id, site, http.User.Actor(), stop);
        return Done(http, outcome, outcome.Is(out var opened, out _) ? $"/diem/{opened}" : $"/cum/{id}", "fleet.done.site-opened", texts);
    }

    private static async Task<IResult> Panel(long id, [FromForm] string title, [FromForm] string width, [FromForm] string height, [FromForm] string languages, HttpContext http, AddPanel use, Texts texts, CancellationToken stop) =>
        Done(http, await use.Handle(new(id, title, Number(width), Number(height), OutputRules.Words(languages)), http.User.Actor(), stop), $"/cum/{id}", "fleet.done.panel-added", texts);

    private static async Task<IResult> Inspect(long id, [FromForm] long panel, [FromForm] DateOnly day, [FromForm] PanelCondition condition, [FromForm] string? note, [FromForm] string? photo, HttpContext http, InspectPanel use, Texts texts, CancellationToken stop) =>
        Done(http, await use.Handle(new(panel, day, condition, note ?? "", photo), http.User.Actor(), stop), $"/cum/{id}", "fleet.done.inspected", texts);

    private static async Task<IResult> Remove(long id, string output, HttpContext http, RemoveOutput use, Texts texts, CancellationToken stop) =>
        Done(http, await use.Handle(id, new OutputId(output), http.User.Actor(), stop), $"/cum/{id}/sua", "fleet.done.output-removed", texts);

    private static async Task<IResult> Order(string site, [FromForm] Verb verb, [FromForm] string? output, HttpContext http, CommandSite use, Texts texts, CancellationToken stop) =>
        Done(http, await use.Handle(new(new SiteId(site), verb, string.IsNullOrEmpty(output) ? null : new OutputId(output)), http.User.Actor(), stop), $"/diem/{site}", "fleet.done.command-sent", texts);

    private static async Task<IResult> Revoke(string site, HttpContext http, RevokeSite use, Texts texts, CancellationToken stop) =>
        Done(http, await use.Handle(new SiteId(site), http.User.Actor(), stop), $"/diem/{site}", "fleet.done.revoked", texts);

    private static async Task<IResult> Confirm(string site, long code, HttpContext http, ConfirmReplacement use, Texts texts, CancellationToken stop) =>
        Done(http, await use.Handle(new(new SiteId(site), code, http.User.Actor()), stop), $"/diem/{site}", "fleet.done.replacement-confirmed", texts);

    private static IResult Done<T>(HttpContext http, Outcome<T> outcome, string url, string doneText, Texts texts) => outcome.Why switch
    {
        { Code: "fleet.no-such-cluster" or "fleet.no-such-site" or "fleet.no-such-panel" } => Results.NotFound(),
        { Code: "fleet.not-allowed" } => Results.Forbid(),
        _ => Reply.Form(http, outcome, url, doneText, texts),
    };

    /// <summary>With a decimal point or comma; NaN when it is no number, which every rule refuses.</summary>
    internal static double Number(string? text) =>
        double.TryParse(text?.Trim().Replace(',', '.'), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : double.NaN;
}
