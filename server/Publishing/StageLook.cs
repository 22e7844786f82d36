using BorderInfo.Server.Publishing.Public;

namespace BorderInfo.Server.Publishing;

/// <summary>Colour and icon of a delivery stage; the word always stands beside them.</summary>
internal static class StageLook
{
    /// <summary>Icons in use: "send", "download", "database", "player-play", "alert-triangle", "player-track-next".</summary>
    public static string IconOf(DeliveryStage stage) => stage switch
    {
        DeliveryStage.Received => "download",
        DeliveryStage.OnDisk => "database",
        DeliveryStage.OnAir => "player-play",
        DeliveryStage.Refused => "alert-triangle",
        DeliveryStage.Overtaken => "player-track-next",
        _ => "send",
    };

    public static string Colour(DeliveryStage stage) => stage switch
    {
        DeliveryStage.OnAir => "bg-green-lt",
        DeliveryStage.Refused => "bg-red-lt",
        DeliveryStage.Overtaken => "bg-secondary-lt",
        DeliveryStage.Sent => "bg-azure-lt",
        _ => "bg-blue-lt",
    };
}
