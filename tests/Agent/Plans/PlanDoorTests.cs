using System.Security.Cryptography;
using System.Text;
using BorderInfo.Contract;
using BorderInfo.Contract.Messages;
using BorderInfo.Contract.Plans;
using BorderInfo.Contract.Signing;

namespace BorderInfo.Tests.Agent.Plans;

/// <summary>The front door for plans: what is taken, what is refused, and that a refusal changes nothing.</summary>
public sealed class PlanDoorTests
{
    [Fact]
    public async Task A_plan_is_received_fetched_over_https_and_goes_on_air_with_its_events_in_order()
    {
        await using var rig = new AgentRig();
        var plan = rig.Plans.Rotation(1, 20, 1, 2);
        rig.Upload(plan);
        rig.Start();

        rig.Agent.Plans.Offer(rig.Plans.Sealed(plan));

        await Eventually.True(() => rig.Players.Has("LCD-1") && rig.Screen.Now?.Path is not null, "something on the screen");
        await Eventually.True(() => rig.Events.Any(e => e.Kind == SiteEventKind.PlanOnAir), "told");
        Assert.Equal(
            [SiteEventKind.PlanReceived, SiteEventKind.PlanOnDisk, SiteEventKind.PlanOnAir],
            rig.Events.Where(e => e.Plan == plan.Number && e.Kind is not SiteEventKind.FindingRaised).Select(e => e.Kind));
        Assert.All(rig.Server.Clients, c => Assert.Equal("CN=LS-0001", c));
        Assert.Equal(plan.Files.Count, rig.Server.Gets.Count);
    }

    public static TheoryData<string, string> Bad => new()
    {
        { "older", "plan.older" },
        { "same-version-other-bytes", "plan.older" },
        { "other-site", "plan.wrong-site" },
        { "newer-level", "plan.level" },
        { "other-key", "seal.unknown-key" },
        { "cut-short", "seal.malformed" },
        { "altered-inside", "seal.bad-signature" },
        { "command-as-plan", "seal.wrong-type" },
        { "duplicate-member", "plan.malformed" },
        { "too-large", "plan.too-large" },
        { "garbage", "seal.malformed" },
        { "rule", "plan.part-duration" },
    };

    [Theory]
    [MemberData(nameof(Bad))]
    public async Task What_is_not_right_is_refused_counted_and_told_once_and_the_last_good_plan_plays_on(string which, string code)
    {
        await using var rig = new AgentRig();
        rig.Start();
        await rig.OnAir(rig.Plans.Rotation(5, 60, 1));
        await rig.Shows(1);
        var bad = BadPlan(rig, which);

        rig.Agent.Plans.Offer(bad);
        rig.Agent.Plans.Offer(bad);

        await Eventually.True(() => rig.Agent.Health.Report().Refused.GetValueOrDefault(code) == 2, $"two refusals of {code}, got {string.Join(", ", rig.Agent.Health.Report().Refused)}");
        await Eventually.True(() => rig.Events.Any(e => e.Kind == SiteEventKind.PlanRefused), "told");
        Assert.Single(rig.Events, e => e.Kind == SiteEventKind.PlanRefused && e.Code == code);
        Assert.Equal("LS-0001/2026-0005", rig.Agent.Air.Plan!.Number.Value);
        Assert.Equal("LS-0001/2026-0005", rig.Agent.Inbox.Active!.Number.Value);
        Assert.Null(rig.Agent.Inbox.Wanted);
        Assert.True(rig.IsShowing(1));
    }

    [Fact]
    public async Task The_retained_plan_that_comes_again_at_every_connection_is_neither_refused_nor_told()
    {
        await using var rig = new AgentRig();
        var sealedBytes = rig.Plans.Sealed(rig.Plans.Rotation(1, 60, 1));
        rig.Shelve(rig.Plans.Rotation(1, 60, 1));
        rig.Start();
        rig.Agent.Plans.Offer(sealedBytes);
        await rig.Shows(1);

        rig.Agent.Plans.Offer(sealedBytes);
        await rig.OnAir(rig.Plans.Rotation(2, 60, 2));

        Assert.Empty(rig.Agent.Health.Report().Refused);
        Assert.Single(rig.Events, e => e.Kind == SiteEventKind.PlanReceived && e.Plan!.Value.Value == "LS-0001/2026-0001");
    }

    [Fact]
    public async Task A_plan_with_a_file_missing_waits_and_the_one_before_plays_on_also_over_a_restart()
    {
        await using var rig = new AgentRig();
        rig.Start();
        await rig.OnAir(rig.Plans.Rotation(1, 60, 1));
        var wanted = rig.Plans.Rotation(2, 60, 1, 2);

        rig.Agent.Plans.Offer(rig.Plans.Sealed(wanted));
        await Eventually.True(() => rig.Agent.Inbox.Wanted is not null, "kept");
        await rig.Stop();
        rig.Start();

        await rig.Shows(1);
        Assert.Equal("LS-0001/2026-0001", rig.Agent.Air.Plan!.Number.Value);
        rig.Upload(wanted);
        await Eventually.True(() => rig.Agent.Air.Plan!.Number == wanted.Number, "switched", 60);
        Assert.Equal("LS-0001/2026-0001", rig.Agent.Inbox.Previous!.Number.Value);
    }

    [Fact]
    public async Task An_emergency_does_not_wait_for_a_film()
    {
        await using var rig = new AgentRig();
        rig.Start();
        await rig.OnAir(rig.Plans.Rotation(1, 60, 1));
        var plan = rig.Plans.Plan(2,
            [rig.Plans.Item(1, SamplePlan.Screen, 60), rig.Plans.Item(8, SamplePlan.Screen, 60, bytes: new byte[100_000]), rig.Plans.Item(9, SamplePlan.Screen, 10)],
            [rig.Plans.Entry("L-1", Tier.Programme, SamplePlan.Screen, 1, 8), rig.Plans.Entry("K-1", Tier.Emergency, SamplePlan.Screen, 9)]);
        rig.Server.Put(rig.Plans.Files["9.1"]);

        rig.Agent.Plans.Offer(rig.Plans.Sealed(plan));

        await rig.Shows(9);
        Assert.DoesNotContain(rig.Events, e => e.Kind == SiteEventKind.PlanOnDisk && e.Plan == plan.Number);
        rig.Upload(plan);
        await Eventually.True(() => rig.Events.Any(e => e.Kind == SiteEventKind.PlanOnDisk && e.Plan == plan.Number), "complete later", 60);
    }

    [Fact]
    public async Task A_withdrawn_item_does_not_stay_on_air_because_a_film_is_missing()
    {
        await using var rig = new AgentRig();
        rig.Start();
        await rig.OnAir(rig.Plans.Rotation(1, 60, 1));
        await rig.Shows(1);
        var without = rig.Plans.Rotation(2, 60, 2, 8) with { Withdrawn = [new(new ItemId(1), 1)] };
        rig.Server.Put(rig.Plans.Files["2.1"]);

        rig.Agent.Plans.Offer(rig.Plans.Sealed(without));

        await rig.Shows(2);
    }

    private static byte[] BadPlan(AgentRig rig, string which)
    {
        var good = rig.Plans.Rotation(6, 60, 2);
        var sealedGood = rig.Plans.Sealed(good);
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return which switch
        {
            "older" => rig.Plans.Sealed(good with { Number = new PlanNumber(SamplePlan.Site, 2026, 4), Counter = 4 }),
            "same-version-other-bytes" => rig.Plans.Sealed(good with { Number = new PlanNumber(SamplePlan.Site, 2026, 5), Counter = 5 }),
            "other-site" => rig.Plans.Sealed(good with { Site = new SiteId("LS-0002"), Number = new PlanNumber(new SiteId("LS-0002"), 2026, 6) }),
            "newer-level" => rig.Plans.Sealed(good with { Level = ContractLevel.Current + 1 }),
            "other-key" => rig.Plans.Sealed(good, other),
            "cut-short" => sealedGood[..(sealedGood.Length / 2)],
            "altered-inside" => Reseal(rig, sealedGood),
            "command-as-plan" => rig.Plans.Sealed(new Command { Id = "C-1", Site = SamplePlan.Site, Verb = Verb.Screenshot, MadeAt = DateTimeOffset.UtcNow, NotAfter = DateTimeOffset.UtcNow }),
            "duplicate-member" => Sealing.Seal(SignedTypes.Plan, Encoding.UTF8.GetBytes("""{"level":1,"level":1}"""), rig.Plans.Key),
            "too-large" => new byte[PlayPlan.MaxSealedBytes + 1],
            "garbage" => "{}"u8.ToArray(),
            _ => rig.Plans.Sealed(good with { Items = [good.Items[0] with { Parts = [good.Items[0].Parts[0] with { DurationMs = 10 }] }] }),
        };
    }

    /// <summary>The payload of one plan under the signature of another.</summary>
    private static byte[] Reseal(AgentRig rig, byte[] sealedBytes)
    {
        var envelope = Unfold(sealedBytes);
        var payload = envelope.Payload.ToArray();
        payload[^2] ^= 1;
        return Fold(envelope with { Payload = payload });
    }

    private static Envelope Unfold(byte[] bytes)
    {
        using var brotli = new System.IO.Compression.BrotliStream(new MemoryStream(bytes), System.IO.Compression.CompressionMode.Decompress);
        using var json = new MemoryStream();
        brotli.CopyTo(json);
        return System.Text.Json.JsonSerializer.Deserialize(json.ToArray(), ContractJson.Wire.Envelope)!;
    }

    private static byte[] Fold(Envelope envelope)
    {
        using var folded = new MemoryStream();
        using (var brotli = new System.IO.Compression.BrotliStream(folded, System.IO.Compression.CompressionLevel.Fastest, leaveOpen: true))
            brotli.Write(System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(envelope, ContractJson.Wire.Envelope));
        return folded.ToArray();
    }
}
