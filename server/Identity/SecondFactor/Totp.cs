using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;

namespace BorderInfo.Server.Identity;

/// <summary>Pure: the six digits that an authenticator app shows (RFC 6238: HMAC-SHA-1, steps of 30 seconds).</summary>
internal static class Totp
{
    public const int StepSeconds = 30, Digits = 6;

    /// <summary>Bytes of a secret; RFC 4226 recommends 160 bits.</summary>
    public const int SecretBytes = 20;

    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    public static long StepAt(DateTimeOffset at) => at.ToUnixTimeSeconds() / StepSeconds;

    public static string CodeOf(ReadOnlySpan<byte> secret, long step)
    {
        Span<byte> counter = stackalloc byte[8];
        Span<byte> mac = stackalloc byte[HMACSHA1.HashSizeInBytes];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
#pragma warning disable CA5350 // The algorithm that every authenticator app speaks; HMAC does not rest on collision resistance.
        HMACSHA1.HashData(secret, counter, mac);
#pragma warning restore CA5350
        var number = BinaryPrimitives.ReadUInt32BigEndian(mac[(mac[^1] & 0xF)..]) & 0x7FFF_FFFF;
        return (number % 1_000_000).ToString("D6", CultureInfo.InvariantCulture);
    }

    /// <summary>The step that the code belongs to, or null. One step to either side is allowed for clocks that differ; a step up to <paramref name="used"/> is spent.</summary>
    public static long? Fits(ReadOnlySpan<byte> secret, string code, DateTimeOffset now, long used)
    {
        var digits = code.Replace(" ", "", StringComparison.Ordinal);
        var step = StepAt(now);
        for (var candidate = Math.Max(step - 1, used + 1); candidate <= step + 1; candidate++)
        {
            if (CodeOf(secret, candidate) == digits)
                return candidate;
        }

        return null;
    }

    /// <summary>What the app reads from the picture (Key URI Format).</summary>
    public static string Uri(ReadOnlySpan<byte> secret, string issuer, string account) =>
        $"otpauth://totp/{Escaped(issuer)}:{Escaped(account)}?secret={Base32(secret)}&issuer={Escaped(issuer)}&algorithm=SHA1&digits={Digits}&period={StepSeconds}";

    /// <summary>RFC 4648 without padding; <see cref="SecretBytes"/> give 32 characters.</summary>
    public static string Base32(ReadOnlySpan<byte> bytes)
    {
        var text = new char[((bytes.Length * 8) + 4) / 5];
        for (var i = 0; i < text.Length; i++)
        {
            var (first, shift) = Math.DivRem(i * 5, 8);
            var pair = (bytes[first] << 8) | (first + 1 < bytes.Length ? bytes[first + 1] : 0);
            text[i] = Alphabet[(pair >> (11 - shift)) & 31];
        }

        return new string(text);
    }

    private static string Escaped(string text) => System.Uri.EscapeDataString(text);
}
