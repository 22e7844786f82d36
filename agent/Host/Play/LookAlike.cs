namespace BorderInfo.Agent.Play;

/// <summary>Pure: whether a grab of the real screen shows the still that it should, by small grey copies of both.</summary>
/// <remarks>
/// Agreed when the cells differ by 2 of 255 at most on average and no more than three by more than 24: two slides of one template differ only where their words stand, which an average alone passes over.
/// Measured 2026-11-21: of two slides of 1280 x 720 that differ in one or two digits of 56 pixels, 14 to 19 cells lie further apart than 24, while the average is below 0.1. One small letter may still escape.
/// A still that is nearly of one colour proves nothing, a dark screen would agree with it, so it never agrees.
/// </remarks>
internal static class LookAlike
{
    public const int Columns = 160;
    public const int Rows = 90;
    public const int Cells = Columns * Rows;

    private const double MostOnAverage = 2;
    private const int FarOff = 24;
    private const int MostFarOff = 3;
    private const double LeastSpread = 6;

    public static bool Agrees(ReadOnlySpan<byte> seen, ReadOnlySpan<byte> wanted)
    {
        if (seen.Length != Cells || wanted.Length != Cells || Spread(wanted) < LeastSpread)
            return false;
        var (sum, far) = (0L, 0);
        for (var i = 0; i < Cells; i++)
        {
            var apart = Math.Abs(seen[i] - wanted[i]);
            sum += apart;
            far += apart > FarOff ? 1 : 0;
        }

        return sum <= MostOnAverage * Cells && far <= MostFarOff;
    }

    /// <summary>Standard deviation.</summary>
    private static double Spread(ReadOnlySpan<byte> cells)
    {
        var (sum, squares) = (0.0, 0.0);
        foreach (var cell in cells)
        {
            sum += cell;
            squares += cell * cell;
        }

        var mean = sum / cells.Length;
        return Math.Sqrt(Math.Max(0, squares / cells.Length - mean * mean));
    }
}
