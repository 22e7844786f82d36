using System.Security.Cryptography;
using System.Text;

namespace BorderInfo.Server.Fleet.Enrol;

/// <summary>
/// One-time enrolment codes: 16 characters of Crockford base 32 (80 random bits), shown as <c>XXXX-XXXX-XXXX-XXXX</c>.
/// </summary>
/// <remarks>Kept as SHA-256 over salt and code: with 80 random bits a slow hash would add nothing.</remarks>
internal static class EnrolCode
{
    public const int MostTries = 5;
    public static readonly TimeSpan Lasts = TimeSpan.FromHours(72);
    private const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    public static string Fresh() => RandomNumberGenerator.GetString(Alphabet, 16);

    public static string Grouped(string code) => string.Join('-', code.Chunk(4).Select(c => new string(c)));

    /// <summary>As a person may type it: hyphens and blanks passed over, small letters, O for 0, I and L for 1.</summary>
    public static string Folded(string typed)
    {
        var folded = new StringBuilder(16);
        foreach (var c in typed.ToUpperInvariant().Where(c => c is not ('-' or ' ')))
            folded.Append(c switch { 'O' => '0', 'I' or 'L' => '1', _ => c });
        return folded.ToString();
    }

    public static byte[] Hash(byte[] salt, string folded) => SHA256.HashData([.. salt, .. Encoding.UTF8.GetBytes(folded)]);

    public static EnrolCodeRow Row(SiteId site, string code, string by, DateTimeOffset now)
    {
        var salt = RandomNumberGenerator.GetBytes(16);
        return new() { Site = site.Value, Salt = salt, Hash = Hash(salt, code), MadeAt = now, MadeBy = by, ExpiresAt = now + Lasts };
    }

    /// <summary>Compares in constant time.</summary>
    public static bool Fits(EnrolCodeRow row, string typed) => CryptographicOperations.FixedTimeEquals(row.Hash, Hash(row.Salt, Folded(typed)));
}
