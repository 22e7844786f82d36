using BorderInfo.Server.Fleet.Public;
using BorderInfo.Server.Identity.Public;
using BorderInfo.Server.Platform.Database;
using BorderInfo.Server.Platform.Languages;

namespace BorderInfo.Server.Fleet.Registry;

/// <summary>“Lưu đầu ra”: a screen, a region of an LED wall or a loudspeaker line, new or changed.</summary>
/// <remarks>Refuses with <c>fleet.output-…</c>: id, name, size, place, overlap, languages, required ones and stand-ins, screen number, volume.</remarks>
internal sealed class SaveOutput(BorderInfoDb db, RegisterDoor door)
{
    public async Task<Outcome<Nothing>> Handle(long clusterId, ClusterOutput output, bool isNew, Actor actor, CancellationToken stop)
    {
        if (!door.Editable(actor, clusterId).Is(out var cluster, out var closed))
            return closed;
        var known = cluster.Outputs.Any(o => o.Id == output.Id);
        if (isNew && known)
            return new Refusal("fleet.output-exists", output.Id.Value) { Field = "Id" };
        if (!isNew && !known)
            return new Refusal("fleet.no-such-output", output.Id.Value);
        if (OutputRules.WhyNot(output, cluster.Outputs.Where(o => o.Id != output.Id)) is { } why)
            return why;

        await door.Change(actor, isNew ? "output.create" : "output.change", async () =>
        {
            var row = await db.Set<OutputRow>().FindAsync([clusterId, output.Id.Value], stop) ?? db.Add(new OutputRow { ClusterId = clusterId, Output = output.Id.Value }).Entity;
            Copy(output, row);
            return (clusterId, $"{cluster.Name}/{output.Id}", "");
        }, stop);
        return default(Nothing);
    }

    private static void Copy(ClusterOutput from, OutputRow to)
    {
        var speaker = from.Kind == Contract.Plans.OutputKind.Speaker;
        to.Name = from.Name.Typed();
        to.Kind = from.Kind;
        to.Screen = from.Screen;
        (to.X, to.Y, to.WidthPx, to.HeightPx) = speaker ? (0, 0, 0, 0) : (from.X, from.Y, from.WidthPx, from.HeightPx);
        to.Languages = [.. from.Languages];
        to.RequiredLanguages = [.. from.RequiredLanguages.Distinct()];
        to.Fallbacks = OutputLanguages.Text(from.Fallbacks.Distinct());
        to.VolumePercent = from.VolumePercent;
        to.QuietHours = speaker ? OutputRules.Text(from.QuietHours) : "";
    }
}

/// <summary>“Bỏ đầu ra”.</summary>
internal sealed class RemoveOutput(BorderInfoDb db, RegisterDoor door)
{
    public async Task<Outcome<Nothing>> Handle(long clusterId, OutputId output, Actor actor, CancellationToken stop)
    {
        if (!door.Editable(actor, clusterId).Is(out var cluster, out var closed))
            return closed;
        if (!cluster.Outputs.Any(o => o.Id == output))
            return new Refusal("fleet.no-such-output", output.Value);

        await door.Change(actor, "output.remove", async () =>
        {
            db.Remove((await db.Set<OutputRow>().FindAsync([clusterId, output.Value], stop))!);
            return (clusterId, $"{cluster.Name}/{output}", "");
        }, stop);
        return default(Nothing);
    }
}
