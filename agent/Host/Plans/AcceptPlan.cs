using System.Text.Json;
using BorderInfo.Agent.Store;
using BorderInfo.Contract;
using BorderInfo.Contract.Messages;
using BorderInfo.Contract.Plans;
using BorderInfo.Contract.Signing;

namespace BorderInfo.Agent.Plans;

/// <summary>Bytes from the network become a plan, or a refusal and nothing changed. Pure: no clock, no disk.</summary>
/// <remarks>
/// Refuses with <c>plan.too-large</c>, any <c>seal.…</c>, <c>plan.malformed</c>, <c>plan.wrong-site</c>, <c>plan.level</c>, <c>plan.older</c>, and what <see cref="PlanRules"/> says.
/// </remarks>
public static class AcceptPlan
{
    /// <summary>What is already here.</summary>
    /// <param name="Newest">Version below which nothing is accepted.</param>
    /// <param name="NewestStored">Version whose bytes are on the disk. Lower than <paramref name="Newest"/> only after a database was lost; then that version is accepted once more.</param>
    public sealed record Here(SiteId Site, IReadOnlyList<TrustedKey> Keys, (int Epoch, long Counter) Newest, (int Epoch, long Counter) NewestStored);

    public sealed record Done(PlayPlan Plan, StoredPlan Stored);

    /// <summary>The number is known as soon as the seal is good and the plan can be read, also when it is then refused.</summary>
    public static Outcome<Done> Decide(byte[] sealedBytes, Here here, out PlanNumber? number)
    {
        number = null;
        if (!Unseal(sealedBytes, here.Keys).Is(out var plan, out var why))
            return why;
        number = plan.Number;
        if (plan.Site != here.Site || plan.Number.Site != here.Site)
            return new Refusal("plan.wrong-site", plan.Site.Value);
        if (plan.Level > ContractLevel.Current)
            return new Refusal("plan.level", $"{plan.Level}");
        var version = (plan.Epoch, plan.Counter);
        if (version.CompareTo(here.Newest) < 0 || version.CompareTo(here.NewestStored) <= 0)
            return new Refusal("plan.older", $"{plan.Epoch}.{plan.Counter}", $"{here.Newest.Epoch}.{here.Newest.Counter}");
        if (PlanRules.Check(plan) is { } broken)
            return broken;
        return new Done(plan, new StoredPlan(plan.Epoch, plan.Counter, plan.Number, sealedBytes));
    }

    /// <summary>Seal, then shape. Also for plans from our own disk: they may have been tampered with.</summary>
    public static Outcome<PlayPlan> Unseal(byte[] sealedBytes, IReadOnlyList<TrustedKey> keys)
    {
        if (sealedBytes.Length > PlayPlan.MaxSealedBytes)
            return new Refusal("plan.too-large", $"{sealedBytes.Length}");
        if (!Sealing.Open(sealedBytes, SignedTypes.Plan, keys).Is(out var payload, out var why))
            return why;
        try
        {
            return JsonSerializer.Deserialize(payload, ContractJson.Wire.PlayPlan) is { } plan ? plan : new Refusal("plan.malformed", "null");
        }
        catch (JsonException e)
        {
            return new Refusal("plan.malformed", e.Message);
        }
    }
}
