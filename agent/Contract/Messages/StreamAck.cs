using System.Text.Json.Serialization;

namespace BorderInfo.Contract.Messages;

/// <summary>Which durable stream of the agent is meant.</summary>
[JsonConverter(typeof(StrictWords<Stream>))]
public enum Stream
{
    Play,
    Event,
}

/// <summary>Sent on <c>dn/ack</c> after the server has committed everything up to and including <see cref="UpTo"/>; only then may the agent prune.</summary>
public sealed record StreamAck(Stream Stream, long UpTo);
