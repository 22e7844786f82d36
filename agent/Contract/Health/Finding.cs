using System.Text.Json.Serialization;

namespace BorderInfo.Contract.Health;

/// <summary>Something wrong at a site, as it stands now.</summary>
/// <param name="Code">One of <see cref="Findings"/>.</param>
/// <param name="Output">The output it concerns; null = the whole site.</param>
/// <param name="Detail">Evidence in English, at most 300 characters.</param>
public sealed record Finding(string Code, DateTimeOffset Since, OutputId? Output = null, string? Detail = null);

[JsonConverter(typeof(StrictWords<Severity>))]
public enum Severity
{
    Info,
    Warning,
    Critical,
}

/// <summary>A kind of finding, declared once. Texts (name, cause, check, remedy) stand in <c>content/languages</c> under <c>finding.{code}</c>.</summary>
/// <param name="Speakable">Short code for the telephone.</param>
/// <param name="VisibleAfter">How long it must hold before people see it.</param>
/// <param name="HiddenBy">Codes that explain this one away.</param>
public sealed record FindingKind(string Code, string Speakable, Severity Severity, TimeSpan VisibleAfter, params string[] HiddenBy);

/// <summary>All findings of contract level 1.</summary>
public static class Findings
{
    public static readonly FindingKind SiteOffline = new("site-offline", "N-01", Severity.Critical, TimeSpan.Zero);
    public static readonly FindingKind PlayerDead = new("player-dead", "P-01", Severity.Critical, TimeSpan.FromSeconds(5), "site-offline", "screen-missing");
    public static readonly FindingKind WrongPicture = new("wrong-picture", "P-02", Severity.Critical, TimeSpan.FromSeconds(10), "site-offline", "player-dead", "screen-missing");
    public static readonly FindingKind BlackScreen = new("black-screen", "P-03", Severity.Critical, TimeSpan.FromSeconds(20), "site-offline", "player-dead", "screen-missing");
    public static readonly FindingKind MediaMissing = new("media-missing", "C-01", Severity.Warning, TimeSpan.FromSeconds(30), "site-offline");
    public static readonly FindingKind PlanRefused = new("plan-refused", "C-02", Severity.Critical, TimeSpan.Zero, "site-offline");
    public static readonly FindingKind PlanExpired = new("plan-expired", "C-03", Severity.Warning, TimeSpan.Zero);
    public static readonly FindingKind DiskLow = new("disk-low", "H-01", Severity.Warning, TimeSpan.FromMinutes(1));
    public static readonly FindingKind StoreFailing = new("store-failing", "H-02", Severity.Critical, TimeSpan.Zero);
    public static readonly FindingKind ClockFalse = new("clock-false", "T-01", Severity.Critical, TimeSpan.Zero);
    public static readonly FindingKind CertificateExpiring = new("certificate-expiring", "N-06", Severity.Warning, TimeSpan.Zero);
    public static readonly FindingKind ScreenMissing = new("screen-missing", "P-04", Severity.Critical, TimeSpan.FromSeconds(5), "site-offline");

    /// <summary>Found by the server, as <see cref="SiteOffline"/>: the site has been online for so long and plays an older plan than one that was sent some minutes ago.</summary>
    public static readonly FindingKind PlanBehind = new("plan-behind", "C-04", Severity.Warning, TimeSpan.FromMinutes(2), "site-offline", "plan-refused");

    public static readonly IReadOnlyList<FindingKind> All =
    [
        SiteOffline, PlayerDead, WrongPicture, BlackScreen, MediaMissing, PlanRefused, PlanExpired,
        DiskLow, StoreFailing, ClockFalse, CertificateExpiring, ScreenMissing, PlanBehind,
    ];
}
