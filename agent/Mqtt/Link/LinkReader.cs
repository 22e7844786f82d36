using System.IO.Pipelines;
using BorderInfo.Mqtt.Wire;

namespace BorderInfo.Mqtt.Link;

/// <summary>Cuts the stream into packets. Zero-byte reads: a connection that says nothing holds no read buffer.</summary>
/// <param name="maximum">Largest packet taken, in bytes.</param>
/// <param name="take">Given every packet, in order; the next one is read when its task has ended.</param>
internal sealed class LinkReader(Stream stream, uint maximum, Action heard, Func<Frame, ValueTask> take)
{
    private static readonly StreamPipeReaderOptions Options = new(bufferSize: 4096, minimumReadSize: 1, leaveOpen: true, useZeroByteReads: true);

    /// <summary>Runs until the stream ends (then it returns), fails, or <paramref name="stop"/>.</summary>
    /// <exception cref="MqttException">The peer broke the protocol.</exception>
    public async Task RunAsync(CancellationToken stop)
    {
        var pipe = PipeReader.Create(stream, Options);
        try
        {
            while (true)
            {
                var read = await pipe.ReadAsync(stop).ConfigureAwait(false);
                heard();
                var buffer = read.Buffer;
                while (Frame.TryRead(ref buffer, maximum, out var frame))
                    await take(frame).ConfigureAwait(false);

                pipe.AdvanceTo(buffer.Start, buffer.End);
                if (read.IsCompleted)
                    return;
            }
        }
        finally
        {
            await pipe.CompleteAsync().ConfigureAwait(false);
        }
    }
}
