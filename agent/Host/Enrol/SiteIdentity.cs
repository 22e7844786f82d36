using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using System.Text.Json.Serialization;
using BorderInfo.Agent.Settings;
using BorderInfo.Contract;
using BorderInfo.Contract.Messages;

namespace BorderInfo.Agent.Enrol;

/// <summary><c>identity.json</c>: what enrolment brought.</summary>
public sealed record SiteIdentityFile
{
    public required SiteId Site { get; set; }

    /// <summary>Scheme, host and port of the server.</summary>
    public required string Server { get; set; }

    public required string CertificatePem { get; set; }

    public required string AuthorityPem { get; set; }

    public required IReadOnlyList<TrustedKey> PlanKeys { get; set; }

    public required IReadOnlyList<BrokerAddress> Brokers { get; set; }

    /// <summary>Name of the key's file beside this one; null = <c>site.key.pem</c>. So certificate and key change together, in one rename.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? KeyFile { get; set; }

    /// <exception cref="JsonException">The file is spoilt.</exception>
    internal static SiteIdentityFile Read(DataFolder folder) =>
        JsonSerializer.Deserialize(File.ReadAllBytes(folder.Identity), AgentJson.Default.SiteIdentityFile) ?? throw new JsonException("null");

    /// <exception cref="IOException">The name leads elsewhere.</exception>
    public string KeyPath(DataFolder folder) =>
        KeyFile is null ? folder.Key
        : Path.GetFileName(KeyFile) == KeyFile && KeyFile.EndsWith(".key.pem", StringComparison.Ordinal) ? folder.RenewedKey(KeyFile)
        : throw new IOException($"“{KeyFile}” is not a key beside identity.json");
}

/// <summary>Who this machine is, whom it believes and whom it calls.</summary>
/// <param name="Certificate">With its private key.</param>
public sealed record SiteIdentity(
    SiteId Site,
    Uri Server,
    X509Certificate2 Certificate,
    X509Certificate2Collection Authorities,
    IReadOnlyList<TrustedKey> PlanKeys,
    IReadOnlyList<BrokerAddress> Brokers)
{
    /// <exception cref="PlainTrouble">Not enrolled, or the files are spoilt.</exception>
    public static SiteIdentity Load(DataFolder folder)
    {
        if (!File.Exists(folder.Identity))
        {
            throw new PlainTrouble(
                $"Máy này chưa đăng ký với máy chủ: hãy chạy “borderinfo-agent enrol --data {folder.Root} …” bằng mã đăng ký do quản trị viên cấp.",
                $"This machine is not enrolled: run “borderinfo-agent enrol --data {folder.Root} …” with the code your administrator gives you.");
        }

        try
        {
            var file = SiteIdentityFile.Read(folder);
            var authorities = new X509Certificate2Collection();
            authorities.ImportFromPem(file.AuthorityPem);
            return new(file.Site, new Uri(file.Server), WithKey(file.CertificatePem, File.ReadAllText(file.KeyPath(folder))), authorities, file.PlanKeys, file.Brokers);
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException or CryptographicException or UriFormatException or ArgumentException)
        {
            throw new PlainTrouble(
                $"Tệp đăng ký trong {folder.Root} bị hỏng hoặc không đọc được: hãy đăng ký lại bằng lệnh enrol ({e.Message}).",
                $"The enrolment files in {folder.Root} are spoilt or cannot be read: enrol again ({e.Message}).",
                e);
        }
    }

    /// <summary>Windows' TLS does not take a key that lives only in memory, so there it goes once through PKCS#12.</summary>
    internal static X509Certificate2 WithKey(string certificatePem, string keyPem)
    {
        var certificate = X509Certificate2.CreateFromPem(certificatePem, keyPem);
        return OperatingSystem.IsWindows() ? X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), null) : certificate;
    }
}
