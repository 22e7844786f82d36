using System.Buffers.Binary;
using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using BorderInfo.Contract.Messages;

namespace BorderInfo.Contract.Signing;

/// <summary>
/// Pure: seals bytes with ECDSA P-256 over <c>"BI1" 0 type 0 length(8, big endian) payload</c> and opens them again.
/// The sealed form is the envelope's JSON, Brotli-compressed.
/// </summary>
public static class Sealing
{
    /// <summary>An envelope may not unfold to more than this many bytes.</summary>
    public const int MaxUnfoldedBytes = 4 * 1024 * 1024;

    /// <summary>Sealed bytes beyond this are not unfolded at all.</summary>
    public const int MaxFoldedBytes = 1024 * 1024;

    /// <summary>More signatures than this are not looked at: each costs a verification.</summary>
    public const int MaxSignatures = 8;

    /// <summary>Id of a public key: first 16 hexadecimal digits of SHA-256 of its SubjectPublicKeyInfo.</summary>
    public static string KidOf(ReadOnlySpan<byte> spki) => Convert.ToHexStringLower(SHA256.HashData(spki))[..16];

    public static TrustedKey PublicPart(ECDsa key)
    {
        var spki = key.ExportSubjectPublicKeyInfo();
        return new(KidOf(spki), Convert.ToBase64String(spki));
    }

    public static byte[] Seal(string type, byte[] payload, ECDsa key)
    {
        var sig = key.SignData(SignedBytes(type, payload), HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        var envelope = new Envelope
        {
            Type = type,
            Payload = payload,
            Sigs = [new(KidOf(key.ExportSubjectPublicKeyInfo()), "ES256", sig)],
        };
        return Fold(JsonSerializer.SerializeToUtf8Bytes(envelope, ContractJson.Wire.Envelope));
    }

    /// <summary>The payload, when it is of the wanted type and signed by one of the trusted keys.</summary>
    /// <remarks>Refuses with <c>seal.malformed</c>, <c>seal.too-large</c>, <c>seal.wrong-type</c>, <c>seal.unsigned</c>, <c>seal.unknown-key</c>, <c>seal.bad-signature</c>.</remarks>
    public static Outcome<byte[]> Open(ReadOnlySpan<byte> sealedBytes, string type, IReadOnlyList<TrustedKey> trusted)
    {
        if (sealedBytes.Length > MaxFoldedBytes)
            return new Refusal("seal.too-large", MaxFoldedBytes.ToString(CultureInfo.InvariantCulture));
        if (!TryUnfold(sealedBytes, out var json, out var why))
            return why!;
        Envelope? envelope;
        try
        {
            envelope = JsonSerializer.Deserialize(json, ContractJson.Wire.Envelope);
        }
        catch (JsonException e)
        {
            return new Refusal("seal.malformed", e.Message);
        }

        if (envelope is null)
            return new Refusal("seal.malformed", "null");
        if (envelope.Type != type)
            return new Refusal("seal.wrong-type", envelope.Type);
        if (envelope.Sigs.Count == 0)
            return new Refusal("seal.unsigned");
        if (envelope.Sigs.Count > MaxSignatures || envelope.Sigs.Any(s => s is null))
            return new Refusal("seal.malformed", "signatures");
        return Verify(envelope, trusted) is { } refusal ? refusal : envelope.Payload;
    }

    private static Refusal? Verify(Envelope envelope, IReadOnlyList<TrustedKey> trusted)
    {
        var known = false;
        var signed = SignedBytes(envelope.Type, envelope.Payload);
        foreach (var sig in envelope.Sigs)
        {
            var key = trusted.FirstOrDefault(k => k.Kid == sig.Kid);
            if (key is null || sig.Alg != "ES256")
                continue;
            known = true;
            using var ecdsa = ECDsa.Create();
            ecdsa.ImportSubjectPublicKeyInfo(Convert.FromBase64String(key.Spki), out _);
            if (ecdsa.VerifyData(signed, sig.Sig, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation))
                return null;
        }

        return new Refusal(known ? "seal.bad-signature" : "seal.unknown-key", envelope.Sigs[0].Kid);
    }

    private static byte[] SignedBytes(string type, byte[] payload)
    {
        var name = Encoding.UTF8.GetBytes(type);
        var bytes = new byte[4 + name.Length + 1 + 8 + payload.Length];
        "BI1\0"u8.CopyTo(bytes);
        name.CopyTo(bytes, 4);
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(5 + name.Length), payload.Length);
        payload.CopyTo(bytes, 13 + name.Length);
        return bytes;
    }

    private static byte[] Fold(byte[] json)
    {
        using var folded = new MemoryStream();
        using (var brotli = new BrotliStream(folded, CompressionLevel.Optimal, leaveOpen: true))
            brotli.Write(json);
        return folded.ToArray();
    }

    private static bool TryUnfold(ReadOnlySpan<byte> folded, out byte[] json, out Refusal? why)
    {
        json = [];
        why = null;
        using var input = new MemoryStream(folded.ToArray());
        using var brotli = new BrotliStream(input, CompressionMode.Decompress);
        using var output = new MemoryStream();
        var buffer = new byte[16 * 1024];
        try
        {
            int read;
            while ((read = brotli.Read(buffer)) > 0)
            {
                if (output.Length + read > MaxUnfoldedBytes)
                {
                    why = new Refusal("seal.too-large", MaxUnfoldedBytes.ToString(CultureInfo.InvariantCulture));
                    return false;
                }

                output.Write(buffer, 0, read);
            }
        }
        catch (Exception e) when (e is InvalidDataException or InvalidOperationException or IOException)
        {
            why = new Refusal("seal.malformed", "not Brotli");
            return false;
        }

        json = output.ToArray();
        return true;
    }
}
