using System.IO.Compression;
using System.Text.Json;
using BorderInfo.Contract.Plans;

namespace BorderInfo.Server.Publishing;

/// <summary>Pure: a plan as signed JSON, and that JSON folded for the table.</summary>
internal static class PlanBytes
{
    public static byte[] Json(PlayPlan plan) => JsonSerializer.SerializeToUtf8Bytes(plan, ContractJson.Wire.PlayPlan);

    public static byte[] Fold(byte[] json)
    {
        using var folded = new MemoryStream();
        using (var brotli = new BrotliStream(folded, CompressionLevel.Fastest, leaveOpen: true))
            brotli.Write(json);
        return folded.ToArray();
    }

    public static PlayPlan Unfold(byte[] folded)
    {
        using var brotli = new BrotliStream(new MemoryStream(folded), CompressionMode.Decompress);
        return JsonSerializer.Deserialize(brotli, ContractJson.Wire.PlayPlan)!;
    }

    /// <summary>True when two plans say the same, whatever their numbers and dates.</summary>
    public static bool SayTheSame(PlayPlan a, PlayPlan b) => Json(Bare(a)).AsSpan().SequenceEqual(Json(Bare(b)));

    private static PlayPlan Bare(PlayPlan p) => p with { Number = new PlanNumber(p.Site, 1970, 0), Epoch = 0, Counter = 0, MadeAt = DateTimeOffset.UnixEpoch, ValidUntil = DateTimeOffset.UnixEpoch };
}
