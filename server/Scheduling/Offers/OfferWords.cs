using BorderInfo.Contract.Plans;
using BorderInfo.Server.Identity.Public;
using BorderInfo.Server.Platform.Languages;

namespace BorderInfo.Server.Scheduling.Offers;

/// <summary>Sources, communes and states of offers in the reader's language.</summary>
internal sealed class OfferWords(TargetChoices choices, Texts texts)
{
    /// <summary>For example “Tỉnh Lạng Sơn”.</summary>
    public string Source(AreaScope area) => area.Everything
        ? texts["offer.source-central"]
        : string.Join(", ", area.Provinces.Select(p => choices.NameOf(new(TargetWidth.Province, p))).Concat(area.Sectors.Select(s => choices.NameOf(new(TargetWidth.Sector, s)))).Concat(area.Communes.Select(Commune)));

    public string Commune(string code) => choices.NameOf(new(TargetWidth.Commune, code));

    public static (string Colour, string Icon) Look(PlaceState state) => state switch
    {
        PlaceState.Accepted => ("bg-green-lt", "circle-check"),
        PlaceState.Stopped => ("bg-red-lt", "player-stop"),
        PlaceState.Declined => ("bg-orange-lt", "circle-x"),
        PlaceState.Unanswered => ("bg-secondary-lt", "minus"),
        _ => ("bg-blue-lt", "clock"),
    };
}
