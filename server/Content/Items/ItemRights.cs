using BorderInfo.Server.Geo.Public;
using BorderInfo.Server.Identity.Public;

namespace BorderInfo.Server.Content.Items;

/// <summary>Who may do what with an item. An item belongs to a province, or to the whole country ("").</summary>
/// <remarks>An editor of communes or sectors only may make items of their province and change their own, but nobody else's.</remarks>
public sealed class ItemRights(IServiceProvider services)
{
    public bool MayRead(Actor actor, string provinceCode) => provinceCode == "" || actor.Scope.Everything || Provinces(actor).Contains(provinceCode);

    public bool MayEdit(Actor actor, string provinceCode, long createdBy) =>
        actor.Is(Roles.Editor) && (Whole(actor, provinceCode) || (createdBy == actor.UserId && Provinces(actor).Contains(provinceCode)));

    public static bool MayApprove(Actor actor, string provinceCode) => actor.Is(Roles.Approver) && Whole(actor, provinceCode);

    /// <summary>Provinces of the actor's area: whole ones and those of its communes and sectors.</summary>
    public IReadOnlyList<string> Provinces(Actor actor)
    {
        var geo = services.GetService<IGeoCatalogue>();
        var all = geo?.Provinces.Select(p => p.Code) ?? [];
        if (actor.Scope.Everything)
            return [.. all];
        var communes = actor.Scope.Communes.Select(c => geo?.Commune(c)?.ProvinceCode);
        var sectors = actor.Scope.Sectors.Select(s => geo?.Sector(s)?.ProvinceCode);
        return [.. actor.Scope.Provinces.Concat(communes.Concat(sectors).OfType<string>()).Distinct()];
    }

    public string ProvinceName(string code) => services.GetService<IGeoCatalogue>()?.Province(code)?.Name ?? code;

    private static bool Whole(Actor actor, string provinceCode) => actor.Scope.Everything || (provinceCode != "" && actor.Scope.Provinces.Contains(provinceCode));
}
