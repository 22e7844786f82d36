using BorderInfo.Server.Identity.Public;
using BorderInfo.Server.Platform.Database;
using BorderInfo.Server.Platform.Languages;
using BorderInfo.Server.Platform.Pages;

namespace BorderInfo.Server.Fleet.Registry;

/// <summary>“Thêm pa nô”: a printed panel. Refuses with <c>fleet.panel-title</c>, <c>fleet.panel-size</c>, <c>fleet.output-languages</c>.</summary>
internal sealed class AddPanel(BorderInfoDb db, RegisterDoor door)
{
    public sealed record Ask(long Cluster, string Title, double WidthM, double HeightM, IReadOnlyList<string> Languages);

    public async Task<Outcome<Nothing>> Handle(Ask ask, Actor actor, CancellationToken stop)
    {
        if (!door.Editable(actor, ask.Cluster).Is(out var cluster, out var closed))
            return closed;
        if (Decide(ask) is { } why)
            return why;

        await door.Change(actor, "panel.create", () =>
        {
            db.Add(new PanelRow { ClusterId = ask.Cluster, Title = ask.Title.Typed(), WidthM = ask.WidthM, HeightM = ask.HeightM, Languages = [.. ask.Languages] });
            return Task.FromResult((ask.Cluster, $"{cluster.Name}/{ask.Title}", ""));
        }, stop);
        return default(Nothing);
    }

    internal static Refusal? Decide(Ask ask)
    {
        if (ask.Title.Trim().Length is < 3 or > 200)
            return new Refusal("fleet.panel-title") { Field = "Title" };
        if (ask.WidthM is not (> 0 and <= 100) || ask.HeightM is not (> 0 and <= 100))
            return new Refusal("fleet.panel-size") { Field = "WidthM" };
        return ask.Languages.Count == 0 || !ask.Languages.All(LanguageNames.IsTag) ? new Refusal("fleet.output-languages") { Field = "Languages" } : null;
    }
}

/// <summary>“Ghi kiểm tra”: somebody looked at a printed panel. A monitor may, as everybody who may see it.</summary>
/// <remarks>Refuses with <c>fleet.no-such-panel</c>, <c>fleet.inspection-day</c> (in the future, or before 2000), <c>fleet.inspection-condition</c>, <c>fleet.inspection-photo</c> (not a SHA-256).</remarks>
internal sealed class InspectPanel(BorderInfoDb db, RegisterDoor door, Clusters clusters, TimeProvider clock)
{
    /// <summary>A day before it was left out or mistyped.</summary>
    public const int EarliestYear = 2000;

    public sealed record Ask(long Panel, DateOnly Day, PanelCondition Condition, string Note, string? PhotoHash);

    public async Task<Outcome<Nothing>> Handle(Ask ask, Actor actor, CancellationToken stop)
    {
        var panel = await db.Set<PanelRow>().FindAsync([ask.Panel], stop);
        if (panel is null || clusters.ById(panel.ClusterId) is not { } cluster || !cluster.Within(actor.Scope))
            return new Refusal("fleet.no-such-panel");
        if (ask.Day.Year < EarliestYear || ask.Day > LocalTime.Day(clock.GetUtcNow()))
            return new Refusal("fleet.inspection-day") { Field = "Day" };
        if (!Enum.IsDefined(ask.Condition))
            return new Refusal("fleet.inspection-condition") { Field = "Condition" };
        var at = LocalTime.Noon(ask.Day);
        if (!string.IsNullOrWhiteSpace(ask.PhotoHash) && !MediaHash.TryParse(ask.PhotoHash.Trim(), out _))
            return new Refusal("fleet.inspection-photo") { Field = "PhotoHash" };

        await door.Change(actor, "panel.inspect", () =>
        {
            var photo = string.IsNullOrWhiteSpace(ask.PhotoHash) ? null : ask.PhotoHash.Trim();
            var note = ask.Note.Trim();
            db.Add(new InspectionRow { PanelId = panel.Id, At = at, By = actor.DisplayName, Condition = ask.Condition, Note = note[..Math.Min(note.Length, 500)], PhotoHash = photo });
            return Task.FromResult((cluster.Id, $"{cluster.Name}/{panel.Title}", ask.Condition.ToString()));
        }, stop);
        return default(Nothing);
    }
}
