namespace BorderInfo.Contract.Messages;

/// <summary><c>POST /agent/v1/enrol</c> over TLS pinned to the fingerprint printed beside the code.</summary>
/// <param name="Code">16 characters of Crockford base 32, hyphens passed over; used once.</param>
/// <param name="CsrPem">PKCS#10 of a P-256 key made on the site PC; the server writes the subject itself.</param>
public sealed record EnrolAsk(SiteId Site, string Code, string CsrPem, string AgentVersion);

/// <summary>A key that may sign plans.</summary>
/// <param name="Kid">First 16 hexadecimal digits of SHA-256 of the SubjectPublicKeyInfo.</param>
/// <param name="Spki">SubjectPublicKeyInfo, base64.</param>
public sealed record TrustedKey(string Kid, string Spki);

public sealed record BrokerAddress(string Host, int Port);

public sealed record EnrolDone
{
    public required SiteId Site { get; init; }

    /// <summary>The site's certificate.</summary>
    public required string CertificatePem { get; init; }

    /// <summary>Authorities that sign the server's and the broker's certificates.</summary>
    public required string AuthorityPem { get; init; }

    public required IReadOnlyList<TrustedKey> PlanKeys { get; init; }

    /// <summary>In order of preference.</summary>
    public required IReadOnlyList<BrokerAddress> Brokers { get; init; }

    public required DateTimeOffset Utc { get; init; }

    /// <summary>Highest play and event number and highest boot that the server has of this site; a computer with an empty disk goes on after them. 0 = none.</summary>
    public long LastPlaySeq { get; init; }

    public long LastEventSeq { get; init; }

    public long LastBoot { get; init; }
}

/// <summary><c>POST /agent/v1/renew</c> with the site's certificate, which may have ended up to a year ago but may not be revoked.</summary>
/// <param name="CsrPem">PKCS#10 of a new P-256 key made on the site PC; the server writes the subject itself.</param>
public sealed record RenewAsk(string CsrPem, string AgentVersion);

/// <summary>What the site uses from now on. Once it is connected with the new certificate it says so with <c>POST /agent/v1/renewed</c>, and its older certificates are revoked.</summary>
public sealed record RenewDone
{
    public required string CertificatePem { get; init; }

    public required string AuthorityPem { get; init; }

    public required IReadOnlyList<TrustedKey> PlanKeys { get; init; }

    public required IReadOnlyList<BrokerAddress> Brokers { get; init; }

    public required DateTimeOffset Utc { get; init; }
}

/// <summary>Body of every refusal on the agent's HTTPS door.</summary>
public sealed record AgentRefusal(string Code, string Detail);
