namespace BorderInfo.Contract.Plans;

/// <summary>Sizes a plan may have. Far above what a site needs; they keep a wrong or hostile plan from costing memory and time.</summary>
public static class PlanLimits
{
    public const int Outputs = 32;
    public const int LanguagesPerOutput = 12;
    public const int QuietHours = 8;
    public const int QuietRules = 24;
    public const int Files = 2000;
    public const int Items = 500;
    public const int PartsPerItem = 200;
    public const int TimesPerItem = 48;
    public const int Entries = 200;
    public const int ItemsPerEntry = 100;
    public const int Withdrawn = 500;
    public const int WindowsPerEntry = 24;

    public const int Stops = 50;
    public const int ThemesPerStop = 50;
    public const int Fallbacks = 24;
    public const int Weight = 20;
    public const int MostPerHour = 720;

    /// <summary>Seconds: twelve hours.</summary>
    public const int LeastGap = 43_200;

    /// <summary>Titles, names and themes, in UTF-16 units.</summary>
    public const int TextLength = 300;

    /// <summary>Entry ids, in UTF-16 units.</summary>
    public const int IdLength = 40;

    /// <summary>Bytes of one file.</summary>
    public const long FileBytes = 4L * 1024 * 1024 * 1024;

    /// <summary>Pixels, along either edge and from the screen's corner.</summary>
    public const int Pixels = 16_384;

    public const int MinPartMs = 500;
    public const int MaxPartMs = 4 * 60 * 60 * 1000;
}
