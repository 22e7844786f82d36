using System.Security.Cryptography;
using System.Text.Json;
using BorderInfo.Contract;
using BorderInfo.Contract.Messages;
using BorderInfo.Contract.Plans;
using BorderInfo.Contract.Signing;

namespace BorderInfo.Tests.Agent.Support;

/// <summary>Sample plans of one site with one screen (and, if wanted, one loudspeaker), signed by a key of the test.</summary>
public sealed class SamplePlan(DateTimeOffset now) : IDisposable
{
    public static readonly SiteId Site = new("LS-0001");
    public static readonly OutputId Screen = new("LCD-1");
    public static readonly OutputId Speaker = new("LOA-1");

    private readonly Dictionary<string, byte[]> files = [];

    public ECDsa Key { get; } = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public TrustedKey Trusted => Sealing.PublicPart(Key);

    /// <summary>Bytes of the files by name of the item.</summary>
    public IReadOnlyDictionary<string, byte[]> Files => files;

    /// <summary>A screen that rotates the items, each for <paramref name="seconds"/>, all day from yesterday on.</summary>
    public PlayPlan Rotation(long counter, int seconds, params long[] items) => Plan(counter, [.. items.Select(i => Item(i, Screen, seconds))], [Entry("L-1", Tier.Programme, Screen, items)]);

    public PlayPlan Plan(long counter, IReadOnlyList<PlanItem> items, IReadOnlyList<PlanEntry> entries, bool speaker = false) => new()
    {
        Level = 1,
        Site = Site,
        Number = new PlanNumber(Site, 2026, counter),
        Epoch = 1,
        Counter = counter,
        MadeAt = now,
        ValidUntil = now.AddDays(45),
        ClusterName = "Cụm mẫu",
        Outputs = speaker ? [ScreenOutput, SpeakerOutput] : [ScreenOutput],
        Files = [.. items.SelectMany(i => i.Parts).Select(FileOf).Distinct()],
        Items = items,
        Entries = entries,
    };

    public PlanItem Item(long number, OutputId output, int seconds, int version = 1, PartKind kind = PartKind.Still, byte[]? bytes = null)
    {
        bytes ??= files.TryGetValue($"{number}.{version}", out var had) ? had : [.. "sample "u8, .. BitConverter.GetBytes(number), .. BitConverter.GetBytes(version)];
        files[$"{number}.{version}"] = bytes;
        return new PlanItem
        {
            Id = new ItemId(number),
            Version = version,
            Title = $"Tin mẫu {number}",
            ValidFrom = now.AddDays(-2),
            ValidUntil = now.AddDays(100),
            ApprovedBy = "mau",
            ApprovedAt = now.AddDays(-2),
            Parts = [new PlanPart { Output = output, Language = "vi", Kind = kind, File = MediaHash.Of(bytes), DurationMs = seconds * 1000 }],
        };
    }

    public PlanEntry Entry(string id, Tier tier, OutputId output, params long[] items) => new()
    {
        Id = id,
        Tier = tier,
        Since = now.AddDays(-1),
        Items = [.. items.Select(i => new ItemId(i))],
        Outputs = [output],
        From = DateOnly.FromDateTime(now.UtcDateTime.AddDays(-3)),
        Windows = [TimeWindow.WholeDay],
    };

    public byte[] Sealed(PlayPlan plan, ECDsa? by = null) => Sealing.Seal(SignedTypes.Plan, JsonSerializer.SerializeToUtf8Bytes(plan, ContractJson.Wire.PlayPlan), by ?? Key);

    public byte[] Sealed(Pulse pulse, ECDsa? by = null) => Sealing.Seal(SignedTypes.Pulse, JsonSerializer.SerializeToUtf8Bytes(pulse, ContractJson.Wire.Pulse), by ?? Key);

    public byte[] Sealed(Command command, ECDsa? by = null) => Sealing.Seal(SignedTypes.Command, JsonSerializer.SerializeToUtf8Bytes(command, ContractJson.Wire.Command), by ?? Key);

    public byte[] BytesOf(PlanFile file) => files.Values.First(b => MediaHash.Of(b) == file.Hash);

    public void Dispose() => Key.Dispose();

    private PlanFile FileOf(PlanPart part)
    {
        var type = part.Kind switch { PartKind.Speech => "audio/flac", PartKind.Clip => "video/mp4", _ => "image/png" };
        return new(part.File, files.Values.First(b => MediaHash.Of(b) == part.File).Length, type);
    }

    private static PlanOutput ScreenOutput => new() { Id = Screen, Kind = OutputKind.Screen, WidthPx = 640, HeightPx = 360, Languages = ["vi"] };

    private static PlanOutput SpeakerOutput => new() { Id = Speaker, Kind = OutputKind.Speaker, Languages = ["vi"] };
}
