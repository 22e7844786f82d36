using System.Security.Cryptography;
using System.Text;
using BorderInfo.Server.Identity.Public;

namespace BorderInfo.Server.Fleet.Enrol;

/// <summary>
/// One-time enrolment codes: 16 characters of Crockford base 32 (80 random bits), shown as <c>XXXX-XXXX-XXXX-XXXX</c>.
/// </summary>
/// <remarks>
/// Kept as SHA-256 over salt and code: with 80 random bits a slow hash would add nothing. The first four characters (20 bits) are its prefix, kept in clear: only a wrong code that begins
/// with it counts as a try, five from one address and a hundred in all. The arithmetic stands in the slice's README.
/// </remarks>
internal static class EnrolCode
{
    public const int PrefixLength = 4;

    /// <summary>Of one address at one code.</summary>
    public const int MostTriesFromOne = 5;

    /// <summary>Of all addresses at one code.</summary>
    public const int MostTries = 100;
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

    public static EnrolCodeRow Row(SiteId site, string code, Actor by, DateTimeOffset now)
    {
        var salt = RandomNumberGenerator.GetBytes(16);
        return new() { Site = site.Value, Salt = salt, Hash = Hash(salt, code), Prefix = code[..PrefixLength], MadeAt = now, MadeBy = by.DisplayName, MadeByUser = by.UserId, ExpiresAt = now + Lasts };
    }

    /// <summary>True when it begins like the code.</summary>
    public static bool Begins(EnrolCodeRow row, string typed) => Folded(typed).StartsWith(row.Prefix, StringComparison.Ordinal);

    /// <summary>Compares in constant time.</summary>
    public static bool Fits(EnrolCodeRow row, string typed) => CryptographicOperations.FixedTimeEquals(row.Hash, Hash(row.Salt, Folded(typed)));
}
