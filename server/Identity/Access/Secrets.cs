using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace BorderInfo.Server.Identity;

/// <summary>Random words that open something; the database keeps only their hash.</summary>
internal static class Secrets
{
    /// <summary>128 bits as 22 characters of base64url.</summary>
    public static string New() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(16));

    /// <summary>SHA-256, uppercase hexadecimal. Enough for words that are random themselves; passwords go through the library's slow hash.</summary>
    public static string Hash(string secret) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));
}
