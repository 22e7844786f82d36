namespace BorderInfo.Server.Scheduling.Public;

/// <summary>Classes of areas in QCVN 26 (noise).</summary>
public enum NoiseZone
{
    /// <summary>Khu vực đặc biệt: hospitals, schools, libraries, places of worship.</summary>
    Special,

    /// <summary>Khu vực thông thường: where people live and work.</summary>
    Ordinary,
}
