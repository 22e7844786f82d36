namespace BorderInfo.Server.Proof;

/// <summary>How long single records are kept. The daily sums and the comparison with the plans are kept for ever.</summary>
/// <param name="Months">Setting <c>retention:playsMonths</c>. Default: 24; less than 12 counts as 12.</param>
/// <remarks>Source of the default: 24 months, as NĐ 53/2022/NĐ-CP asks for stored records; 12 as the least is our own caution.</remarks>
internal sealed record PlayLimits(int Months)
{
    public static PlayLimits From(IConfiguration settings) => new(Math.Clamp(settings.GetValue("retention:playsMonths", 24), 12, 600));

    /// <summary>The first local day whose records stay.</summary>
    public DateOnly FirstKept(DateOnly today) => today.AddMonths(-Months);
}
