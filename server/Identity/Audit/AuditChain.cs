using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace BorderInfo.Server.Identity;

/// <summary>
/// The hash of one audit row: HMAC-SHA-256 over all its fields and the hash before it. Pure.
/// </summary>
/// <remarks>
/// Shape: each field as UTF-8 with its length in four big-endian bytes before it; numbers in decimal. The key lies in the keys folder, not in the
/// database: who can only write to the database file cannot make a chain that fits.
/// </remarks>
internal static class AuditChain
{
    public const string Beginning = "";

    public static string Hash(byte[] key, AuditRow row) =>
        Keyed(key, $"{row.N}", $"{row.At.UtcTicks}", $"{row.ActorId}", row.ActorName, row.Action, row.Target, row.Detail, row.PrevHash);

    public static string Seal(byte[] key, long n, string hash) => Keyed(key, "head", $"{n}", hash);

    private static string Keyed(byte[] key, params ReadOnlySpan<string> fields)
    {
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);
        Span<byte> length = stackalloc byte[4];
        foreach (var field in fields)
        {
            var bytes = Encoding.UTF8.GetBytes(field);
            BinaryPrimitives.WriteInt32BigEndian(length, bytes.Length);
            hmac.AppendData(length);
            hmac.AppendData(bytes);
        }

        return Convert.ToHexString(hmac.GetHashAndReset());
    }
}
