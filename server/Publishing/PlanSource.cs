using BorderInfo.Server.Platform.Languages;
using BorderInfo.Server.Platform.Pages;

namespace BorderInfo.Server.Publishing;

/// <summary>By which plan an answer was given, as a sentence.</summary>
internal static class PlanSource
{
    public static string Of(PlanSpan span, Texts texts) => span switch
    {
        { Basis: PlanBasis.InForce, Sent: { } s } => texts["publish.by.in-force", s.Number.Value, LocalTime.Text(s.SentAt)],
        { Sent: { } s } => texts["publish.timeline-from", s.Number.Value, LocalTime.Text(s.SentAt), texts[$"publish.stage.{s.Stage}"]],
        { Basis: PlanBasis.Draft } => texts["publish.timeline-from-draft"],
        _ => texts["publish.by.unknown"],
    };
}
