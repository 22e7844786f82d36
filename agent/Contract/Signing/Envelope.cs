namespace BorderInfo.Contract.Signing;

/// <summary>Signed bytes as they travel. The payload is signed and parsed as bytes, never re-serialised.</summary>
public sealed record Envelope
{
    /// <summary>What the payload is, part of the signed bytes: <c>bi.plan.v1</c>, <c>bi.command.v1</c>, <c>bi.pulse.v1</c>.</summary>
    public required string Type { get; init; }

    public required byte[] Payload { get; init; }

    public required IReadOnlyList<EnvelopeSignature> Sigs { get; init; }
}

/// <param name="Kid">First 16 hexadecimal digits of SHA-256 of the SubjectPublicKeyInfo.</param>
/// <param name="Alg">Only <c>ES256</c>.</param>
/// <param name="Sig">64 bytes, IEEE P1363 form.</param>
public sealed record EnvelopeSignature(string Kid, string Alg, byte[] Sig);

/// <summary>The types that are signed.</summary>
public static class SignedTypes
{
    public const string Plan = "bi.plan.v1";
    public const string Command = "bi.command.v1";
    public const string Pulse = "bi.pulse.v1";
}
