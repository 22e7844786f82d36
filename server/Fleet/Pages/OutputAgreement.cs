using BorderInfo.Contract.Messages;
using BorderInfo.Server.Fleet.Public;

namespace BorderInfo.Server.Fleet.Pages;

/// <summary>What may be said of an output beside its plan.</summary>
internal enum Agreement
{
    /// <summary>The site is out of reach: nobody can say.</summary>
    Unknown,

    /// <summary>Another plan is on its way, or one report alone differs.</summary>
    Changing,
    AsPlanned,
    Off,
}

/// <summary>Pure: never “as planned” when what is shown as planned and as actual differ, or when the newest plan is not the one on air.</summary>
internal static class OutputAgreement
{
    /// <summary>The look behind a report is up to three seconds old.</summary>
    public static readonly TimeSpan LookAge = TimeSpan.FromSeconds(4);

    /// <param name="newest">Number of the newest plan made; 0 = not known.</param>
    /// <param name="planned">Null = no plan is known here: then the site's own word counts.</param>
    public static Agreement Of(bool online, long onAir, long newest, bool astray, OutputHealth shown, PlannedNow? planned) =>
        !online ? Agreement.Unknown
        : newest > 0 && onAir != newest ? Agreement.Changing
        : astray ? Agreement.Off
        : shown.AsPlanned && (planned is null || Same(planned, shown)) ? Agreement.AsPlanned
        : Agreement.Changing;

    public static bool Same(PlannedNow planned, OutputHealth shown) => planned.Item == shown.Shown && (planned.Item is null || planned.Language == shown.Language);
}
