namespace BorderInfo.Server.Geo;

/// <summary>One finding about a file: a commune or a neighbour, and the key of what is wrong.</summary>
internal sealed record BoundaryTrouble(string Code, string Name, string What);

/// <param name="ToCode">Empty = the new areas put it in no commune.</param>
internal sealed record ClusterMove(long ClusterId, string ClusterName, string FromCode, string FromName, string ToCode, string ToName);

/// <summary>What a file would do. Nothing has been changed.</summary>
/// <param name="Mended">Broken outlines that could be mended with less than 1 % change of area.</param>
/// <param name="LeftOut">Unusable: the outline cannot be read or mended, the code is not in today's list or stands twice.</param>
/// <param name="Missing">Communes of today's list that the file lacks.</param>
/// <param name="Renamed">Names that differ by more than where a tone stands.</param>
internal sealed record BoundaryReport(
    string Checksum, string FileName, BoundaryKind Kind, int Features, int Usable, IReadOnlyList<BoundaryTrouble> Mended, IReadOnlyList<BoundaryTrouble> LeftOut,
    IReadOnlyList<BoundaryTrouble> Missing, IReadOnlyList<BoundaryTrouble> Renamed, IReadOnlyList<ClusterMove> Moves)
{
    public const string Unknown = "geo.trouble.unknown", Twice = "geo.trouble.twice", Shape = "geo.trouble.shape", Repaired = "geo.trouble.repaired", Name = "geo.trouble.name";
}
