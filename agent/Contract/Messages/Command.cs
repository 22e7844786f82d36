using System.Text.Json.Serialization;

namespace BorderInfo.Contract.Messages;

[JsonConverter(typeof(StrictWords<Verb>))]
public enum Verb
{
    /// <summary>Grab the real output named in <see cref="Command.Output"/> and send it.</summary>
    Screenshot,

    /// <summary>Start the player of the output anew.</summary>
    RestartPlayer,

    /// <summary>Hash every file on the shelf again and fetch what is wrong.</summary>
    VerifyShelf,
}

/// <summary>A signed order on <c>dn/command</c> (envelope type <c>bi.command.v1</c>). Sending it twice is harmless.</summary>
public sealed record Command
{
    public required string Id { get; init; }

    public required SiteId Site { get; init; }

    public required Verb Verb { get; init; }

    public OutputId? Output { get; init; }

    public required DateTimeOffset MadeAt { get; init; }

    /// <summary>Ignored after this.</summary>
    public required DateTimeOffset NotAfter { get; init; }
}
