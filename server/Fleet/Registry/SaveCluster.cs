using BorderInfo.Server.Fleet.Public;
using BorderInfo.Server.Geo.Public;
using BorderInfo.Server.Identity.Public;
using BorderInfo.Server.Platform.Database;
using BorderInfo.Server.Platform.Languages;

namespace BorderInfo.Server.Fleet.Registry;

/// <summary>“Lưu cụm”: a new cluster, or a changed one.</summary>
/// <remarks>
/// Refuses with <c>fleet.not-allowed</c>, <c>fleet.no-such-cluster</c>, <c>fleet.outside-area</c>, <c>fleet.cluster-name</c>, <c>fleet.cluster-kind</c>,
/// <c>fleet.cluster-codes</c>, <c>fleet.cluster-point</c> and the refusals of <see cref="IGeoCatalogue.Place"/>.
/// </remarks>
internal sealed class SaveCluster(BorderInfoDb db, RegisterDoor door, IServiceProvider services, TimeProvider clock)
{
    /// <param name="Id">Null = new.</param>
    public sealed record Ask(
        long? Id, string Name, string Kind, string ProvinceCode, string CommuneCode, string? SectorId, string? GateId, double Lat, double Lon, IReadOnlyList<string> Tags,
        string Owner, string Operator, string MonitoredBy);

    public sealed record Done(long Id);

    public async Task<Outcome<Done>> Handle(Ask ask, Actor actor, CancellationToken stop)
    {
        var id = ask.Id ?? 0;
        if (!RegisterDoor.MayEdit(actor))
            return RegisterDoor.NotAllowed;
        if (ask.Id is not null && door.Editable(actor, id).Why is { } closed)
            return closed;
        if ((Decide(ask, actor.Scope) ?? AgainstCatalogue(ask)) is { } why)
            return why;

        await door.Change(actor, ask.Id is null ? "cluster.create" : "cluster.change", async () =>
        {
            var row = ask.Id is null ? db.Add(new ClusterRow()).Entity : (await db.Set<ClusterRow>().FindAsync([id], stop))!;
            Copy(ask, row);
            row.ChangedAt = clock.GetUtcNow();
            await db.SaveChangesAsync(stop);
            return (id = row.Id, row.Name, "");
        }, stop);
        return new Done(id);
    }

    /// <summary>Pure. Null = fine. Nobody may put a cluster outside their own area.</summary>
    internal static Refusal? Decide(Ask ask, AreaScope scope)
    {
        if (ask.Name.Trim().Length is < 3 or > 160)
            return new Refusal("fleet.cluster-name") { Field = "Name" };
        if (!ClusterKinds.All.Contains(ask.Kind))
            return new Refusal("fleet.cluster-kind") { Field = "Kind" };
        if (!IsCode(ask.ProvinceCode, 2) || !IsCode(ask.CommuneCode, 5))
            return new Refusal("fleet.cluster-codes") { Field = "CommuneCode" };
        // The frame of Việt Nam with its islands; also catches exchanged numbers.
        if (ask.Lat is not (>= 6 and <= 24) || ask.Lon is not (>= 102 and <= 118))
            return new Refusal("fleet.cluster-point") { Field = "Lat" };
        return scope.Holds(ask.ProvinceCode, ask.CommuneCode, Blank(ask.SectorId)) ? null : new Refusal("fleet.outside-area");
    }

    private static bool IsCode(string code, int digits) => code.Length == digits && code.All(char.IsAsciiDigit);

    private static string? Blank(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    private static void Copy(Ask from, ClusterRow to)
    {
        to.Name = from.Name.Typed();
        to.Kind = from.Kind;
        to.ProvinceCode = from.ProvinceCode;
        to.CommuneCode = from.CommuneCode;
        to.SectorId = Blank(from.SectorId);
        to.GateId = Blank(from.GateId);
        to.Lat = from.Lat;
        to.Lon = from.Lon;
        to.Tags = [.. from.Tags];
        to.Owner = from.Owner.Trim();
        to.Operator = from.Operator.Trim();
        to.MonitoredBy = from.MonitoredBy.Trim();
    }

    private Refusal? AgainstCatalogue(Ask ask)
    {
        if (services.GetService<IGeoCatalogue>() is not { Communes.Count: > 0 } geo)
            return null;
        if (geo.Commune(ask.CommuneCode)?.ProvinceCode != ask.ProvinceCode)
            return new Refusal("fleet.cluster-codes") { Field = "CommuneCode" };
        if (Blank(ask.SectorId) is { } sector && geo.Sector(sector) is null)
            return new Refusal("fleet.cluster-sector") { Field = "SectorId" };
        return Blank(ask.GateId) is { } gate && geo.Gate(gate) is null ? new Refusal("fleet.cluster-gate") { Field = "GateId" } : null;
    }
}
