using System.Globalization;
using BorderInfo.Server.Identity.Public;
using BorderInfo.Server.Platform.Languages;
using BorderInfo.Server.Platform.Pages;
using BorderInfo.Server.Proof.Public;
using BorderInfo.Server.Reports.Export;

namespace BorderInfo.Server.Reports;

/// <summary>Files of a report and the reports for programs.</summary>
internal static class ReportsEndpoints
{
    public const string XlsxType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    public const string DocxType = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

    public sealed record Summary(ReportPeriod Period, int Clusters, ReportRow Total, IReadOnlyList<ReportDay> Days, int Pending, DateTimeOffset MadeAt, IReadOnlyList<string> Notes);

    public static void MapReportsEndpoints(this IEndpointRouteBuilder app)
    {
        var files = app.MapGroup("/bao-cao").RequireAuthorization().ExcludeFromDescription();
        files.MapGet("/xuat.xlsx", Workbook);
        files.MapGet("/xuat.csv", Commas);
        files.MapGet("/xuat.docx", HalfYear);
        files.MapGet("/khan-cap.csv", EmergencyLines);

        var api = app.MapGroup("/api/v1").RequireAuthorization("api").WithTags("reports");
        api.MapGet("/reports/plays", async (HttpContext http, BuildReport use, Texts t, CancellationToken stop) => Reply.Api(await use.Handle(ReportAsk.Read(http.Request.Query), http.User.Actor(), stop), t))
            .WithSummary("Plays and hours of a period by group; query: period or from and to, cutOff, groupBy, cluster, commune, sector, province, language, theme, class, item, site, output");
        api.MapGet("/reports/plays.xlsx", Workbook).WithSummary("The same as a workbook; same query");
        api.MapGet("/reports/plays.csv", Commas).WithSummary("The same as comma-separated values; same query");
        api.MapGet("/reports/emergencies.csv", EmergencyLines).WithSummary("Emergencies of the period as comma-separated values: who sent them, when, why, how they ended; same query");
        api.MapGet("/reports/half-year.docx", HalfYear).WithSummary("Draft of the half-year or yearly report; same query");
        api.MapGet("/reports/summary", SummaryOf).WithSummary("Totals and days of the same; same query");
        api.MapGet("/plays", Plays).WithSummary("The records behind a sum, newest first; same query, and after = next of the page before, size up to 1000");
    }

    private static Task<IResult> Workbook(HttpContext http, BuildReport use, EmergencyLog log, Texts t, CancellationToken stop) => File(http, use, t, "xlsx", XlsxType, async r =>
    {
        var urgent = await log.Of(ReportAsk.Read(http.Request.Query), http.User.Actor(), r.Period, stop);
        return Xlsx.Write([ReportTable.Of(r, t), ReportTable.Days(r, t), .. urgent.Length > 0 ? [log.Table(urgent, r.Period)] : Array.Empty<ReportTable>()]);
    }, stop);

    private static Task<IResult> Commas(HttpContext http, BuildReport use, Texts t, CancellationToken stop) => File(http, use, t, "csv", "text/csv", r => Task.FromResult(Csv.Write(ReportTable.Of(r, t))), stop);

    private static Task<IResult> EmergencyLines(HttpContext http, BuildReport use, EmergencyLog log, Texts t, CancellationToken stop) => File(http, use, t, "csv", "text/csv", async r =>
        Csv.Write(log.Table(await log.Of(ReportAsk.Read(http.Request.Query), http.User.Actor(), r.Period, stop), r.Period)), stop, "tin-khan-cap");

    private static async Task<IResult> File(HttpContext http, BuildReport use, Texts t, string ending, string type, Func<Report, Task<byte[]>> write, CancellationToken stop, string name = "bao-cao")
    {
        if (!(await use.Handle(ReportAsk.Read(http.Request.Query), http.User.Actor(), stop)).Is(out var report, out var why))
            return Reply.Refused(why, t);
        return Results.File(await write(report), type, NameOf(report.Period, ending, name));
    }

    private static async Task<IResult> HalfYear(HttpContext http, BuildHalfYear use, Texts t, CancellationToken stop)
    {
        if (!(await use.Handle(ReportAsk.Read(http.Request.Query), http.User.Actor(), stop)).Is(out var draft, out var why))
            return Reply.Refused(why, t);
        return Results.File(Docx.Write(draft), DocxType, NameOf(draft.Period, "docx"));
    }

    private static async Task<IResult> SummaryOf(HttpContext http, BuildReport use, Texts t, CancellationToken stop)
    {
        if (!(await use.Handle(ReportAsk.Read(http.Request.Query), http.User.Actor(), stop)).Is(out var r, out var why))
            return Reply.Refused(why, t);
        return Results.Json(new Summary(r.Period, r.Clusters, r.Total, r.Days, r.Pending, r.MadeAt, r.Notes), ApiJson.Options);
    }

    private static async Task<IResult> Plays(HttpContext http, string? after, int? size, BuildReport use, IPlayFigures plays, TimeProvider clock, Texts t, CancellationToken stop)
    {
        var ask = ReportAsk.Read(http.Request.Query);
        if (!ask.Period(clock.GetUtcNow()).Is(out var period, out var why))
            return Reply.Refused(why, t);
        return Results.Json(await plays.Plays(use.Asked(ask, http.User.Actor(), period).Ask, after, size ?? 100, stop), ApiJson.Options);
    }

    private static string NameOf(ReportPeriod period, string ending, string name = "bao-cao") =>
        string.Create(CultureInfo.InvariantCulture, $"{name}-{period.From:yyyyMMdd}-{period.CutOff:yyyyMMdd}.{ending}");
}
