using System.IO.Compression;
using System.Text.Json;
using BorderInfo.Contract;
using BorderInfo.Contract.Signing;

namespace BorderInfo.Tests.Contract;

/// <summary>Envelopes taken apart and put together without <see cref="Sealing"/>.</summary>
internal static class SealingBytes
{
    public static byte[] Fold(byte[] json)
    {
        using var folded = new MemoryStream();
        using (var brotli = new BrotliStream(folded, CompressionLevel.Fastest, leaveOpen: true))
            brotli.Write(json);
        return folded.ToArray();
    }

    public static byte[] Fold(Envelope envelope) => Fold(JsonSerializer.SerializeToUtf8Bytes(envelope, ContractJson.Wire.Envelope));

    public static Envelope Unfold(byte[] folded)
    {
        using var brotli = new BrotliStream(new MemoryStream(folded), CompressionMode.Decompress);
        return JsonSerializer.Deserialize(brotli, ContractJson.Wire.Envelope)!;
    }
}
