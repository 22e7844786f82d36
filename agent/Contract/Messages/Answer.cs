namespace BorderInfo.Contract.Messages;

/// <summary>Answer to a command on <c>up/answer</c>.</summary>
public sealed record Answer
{
    public required string Id { get; init; }

    /// <summary>False = refused or failed, with the code.</summary>
    public required bool Done { get; init; }

    public string? Code { get; init; }

    public string? Detail { get; init; }
}
