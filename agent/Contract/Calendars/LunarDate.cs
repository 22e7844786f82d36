namespace BorderInfo.Contract.Calendars;

/// <summary>A day of the Vietnamese lunar calendar. The year is named by the solar year in which its first day lies.</summary>
/// <param name="Month">1…12.</param>
/// <param name="Day">1…30.</param>
/// <param name="Leap">The second month of that number (tháng nhuận).</param>
public readonly record struct LunarDate(int Year, int Month, int Day, bool Leap = false) : IComparable<LunarDate>
{
    public int CompareTo(LunarDate other) => (Year, Month, Leap, Day).CompareTo((other.Year, other.Month, other.Leap, other.Day));

    /// <summary><c>15/8/2026</c>, <c>15/6n/2025</c> in a leap month.</summary>
    public override string ToString() => FormattableString.Invariant($"{Day}/{Month}{(Leap ? "n" : "")}/{Year}");
}

/// <summary>A name of the sixty-year or sixty-day cycle.</summary>
/// <param name="Index">0…59, 0 = Giáp Tý.</param>
public readonly record struct CanChi(int Index)
{
    private static readonly string[] Stems = ["Giáp", "Ất", "Bính", "Đinh", "Mậu", "Kỷ", "Canh", "Tân", "Nhâm", "Quý"];
    private static readonly string[] BranchNames = ["Tý", "Sửu", "Dần", "Mão", "Thìn", "Tỵ", "Ngọ", "Mùi", "Thân", "Dậu", "Tuất", "Hợi"];

    public string Stem => Stems[Index % 10];

    public string BranchName => BranchNames[Index % 12];

    public Branches Branch => (Branches)(1 << (Index % 12));

    /// <summary><c>Bính Ngọ</c>.</summary>
    public override string ToString() => Stem + " " + BranchName;
}
