namespace BorderInfo.Contract.Plans;

/// <summary>A file on the shelf.</summary>
/// <param name="Size">Exact size in bytes; a download stops one byte beyond.</param>
/// <param name="MediaType">One of <c>image/png</c>, <c>image/jpeg</c>, <c>video/mp4</c>, <c>audio/mp4</c>, <c>audio/flac</c>.</param>
public sealed record PlanFile(MediaHash Hash, long Size, string MediaType);
