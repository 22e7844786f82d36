using System.Net.Http.Headers;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using BorderInfo.Agent.Settings;
using BorderInfo.Agent.Store;
using BorderInfo.Contract;
using BorderInfo.Contract.Messages;

namespace BorderInfo.Agent.Enrol;

/// <summary>
/// The technician runs <c>enrol</c>: a key is made here and never leaves, the server gives a certificate for it.
/// </summary>
/// <remarks>
/// The server is recognised by the fingerprint printed beside the code, nothing else is believed. Nothing of the old identity is changed before the new one is complete.
/// Run again with a new code it replaces the identity; plans, media and journal stay.
/// </remarks>
public sealed class EnrolSite(DataFolder folder, HighWater highWater)
{
    /// <param name="Fingerprint">SHA-256 of the server's certificate, 64 hexadecimal digits, colons and spaces passed over.</param>
    public sealed record Ask(Uri Server, SiteId Site, string Code, string Fingerprint, string AgentVersion);

    /// <exception cref="PlainTrouble">With what to do.</exception>
    public async Task<SiteIdentity> Handle(Ask ask, CancellationToken stop)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var done = await Send(ask, CsrFor(ask.Site, key), stop);
        if (done.Site != ask.Site || !Fits(done.CertificatePem, key))
            throw Refused("the certificate is not for this site and key", "chứng thư máy chủ trả về không khớp với điểm này");
        Keep(ask, done, key);
        return SiteIdentity.Load(folder);
    }

    /// <summary>PKCS#10 that proves the key.</summary>
    internal static string CsrFor(SiteId site, ECDsa key) =>
        new CertificateRequest(new X500DistinguishedName($"CN={site}"), key, HashAlgorithmName.SHA256).CreateSigningRequestPem();

    private static async Task<EnrolDone> Send(Ask ask, string csr, CancellationToken stop)
    {
        var wanted = Plain(ask.Fingerprint);
        var met = "";
        using var handler = new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false };
        handler.SslOptions.RemoteCertificateValidationCallback = (_, certificate, _, _) =>
        {
            met = certificate is null ? "" : Convert.ToHexStringLower(SHA256.HashData(certificate.GetRawCertData()));
            return met == wanted;
        };
        using var http = new HttpClient(handler) { Timeout = TimeSpan.FromSeconds(60), MaxResponseContentBufferSize = 1024 * 1024 };
        try
        {
            var body = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(new EnrolAsk(ask.Site, ask.Code, csr, ask.AgentVersion), ContractJson.Wire.EnrolAsk));
            body.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            using var answer = await http.PostAsync(new Uri(ask.Server, "/agent/v1/enrol"), body, stop);
            var bytes = await answer.Content.ReadAsByteArrayAsync(stop);
            if (!answer.IsSuccessStatusCode)
                throw Refused(RefusalOf(bytes, (int)answer.StatusCode), RefusalOf(bytes, (int)answer.StatusCode));
            return JsonSerializer.Deserialize(bytes, ContractJson.Wire.EnrolDone) ?? throw new JsonException("null");
        }
        catch (HttpRequestException e) when (e.InnerException is AuthenticationException && met.Length > 0 && met != wanted)
        {
            throw new PlainTrouble(
                $"Máy chủ {ask.Server} có dấu vân tay {met}, khác với dấu đã in kèm mã: KHÔNG tiếp tục, hãy gọi quản trị viên kiểm tra địa chỉ và dấu vân tay.",
                $"The server {ask.Server} has the fingerprint {met}, not the one printed beside the code: do NOT go on, ask your administrator to check address and fingerprint.",
                e);
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException && !stop.IsCancellationRequested)
        {
            throw new PlainTrouble(
                $"Không kết nối được máy chủ {ask.Server}: hãy kiểm tra địa chỉ, cổng và đường truyền ({e.Message}).",
                $"The server {ask.Server} cannot be reached: check address, port and line ({e.Message}).",
                e);
        }
        catch (JsonException e)
        {
            throw new PlainTrouble(
                $"Máy chủ {ask.Server} trả lời không đúng: hãy kiểm tra lại địa chỉ và phiên bản máy chủ.",
                $"The server {ask.Server} answers in a way this agent does not understand: check its address and version.",
                e);
        }
    }

    private void Keep(Ask ask, EnrolDone done, ECDsa key)
    {
        var identity = new SiteIdentityFile
        {
            Site = done.Site,
            Server = ask.Server.GetLeftPart(UriPartial.Authority),
            CertificatePem = done.CertificatePem,
            AuthorityPem = done.AuthorityPem,
            PlanKeys = done.PlanKeys,
            Brokers = done.Brokers,
        };
        try
        {
            highWater.Raise(m => m with
            {
                Floor = done.Utc > m.Floor ? done.Utc : m.Floor,
                Play = Math.Max(m.Play, done.LastPlaySeq),
                Event = Math.Max(m.Event, done.LastEventSeq),
                Boot = Math.Max(m.Boot, done.LastBoot),
            });
            Durable.Write(folder.Key, System.Text.Encoding.ASCII.GetBytes(key.ExportPkcs8PrivateKeyPem()), UnixFileMode.UserRead | UnixFileMode.UserWrite);
            Durable.Write(folder.Identity, JsonSerializer.SerializeToUtf8Bytes(identity, AgentJson.Default.SiteIdentityFile));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new PlainTrouble(
                $"Không ghi được vào {folder.Root}: hãy kiểm tra quyền ghi và dung lượng đĩa ({e.Message}).",
                $"{folder.Root} cannot be written: check the rights and the free disk space ({e.Message}).",
                e);
        }
    }

    internal static bool Fits(string certificatePem, ECDsa key)
    {
        try
        {
            using var certificate = X509Certificate2.CreateFromPem(certificatePem, key.ExportPkcs8PrivateKeyPem());
            return certificate.HasPrivateKey;
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            return false;
        }
    }

    private static string RefusalOf(byte[] body, int status)
    {
        try
        {
            return JsonSerializer.Deserialize(body, ContractJson.Wire.AgentRefusal) is { } refusal ? $"{refusal.Code}: {refusal.Detail}" : $"HTTP {status}";
        }
        catch (JsonException)
        {
            return $"HTTP {status}";
        }
    }

    private static PlainTrouble Refused(string english, string vietnamese) => new(
        $"Máy chủ từ chối đăng ký ({vietnamese}): hãy kiểm tra mã điểm và mã đăng ký, hoặc xin quản trị viên cấp mã mới.",
        $"The server refused the enrolment ({english}): check the site and the code, or ask your administrator for a new code.");

    private static string Plain(string fingerprint) => fingerprint.Replace(":", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal).ToLowerInvariant();
}
