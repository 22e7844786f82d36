using System.Text.Json;
using BorderInfo.Contract;
using BorderInfo.Contract.Messages;
using BorderInfo.Contract.Plans;
using BorderInfo.Server.Fleet;
using BorderInfo.Server.Messaging.Public;
using BorderInfo.Server.Platform.Database;
using BorderInfo.Server.Proof;
using BorderInfo.Server.Publishing;
using BorderInfo.Tests.Server.Fleet;
using BorderInfo.Tests.Server.Support;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace BorderInfo.Tests.Server.Proof;

/// <summary>The whole server with the sample clusters and a real database; batches come in by the door the inbox uses, acknowledgements are written down.</summary>
public sealed class ProofWorld : IAsyncDisposable
{
    public static readonly SiteId LangSon = FleetUnderTest.LangSon;
    public static readonly SiteId GiaLai = FleetUnderTest.GiaLai;
    public static readonly OutputId Led = new("LED-1.A");

    /// <summary>07:00 on the Monday the clock starts at 08:00, in Việt Nam.</summary>
    public static readonly DateTimeOffset Seven = new(2026, 11, 23, 0, 0, 0, TimeSpan.Zero);

    private readonly ServerUnderTest server;
    private readonly WebApplicationFactory<Program> host;

    private ProofWorld(IInterceptor? interceptor, string? folder) => host = (server = new(folder)).WithWebHostBuilder(web => web.ConfigureTestServices(services =>
    {
        services.RemoveAll<IDownlink>();
        services.AddSingleton<IDownlink>(Sent);
        // The plans on air are those that a test made by hand.
        services.Remove(services.Single(d => d.ImplementationType == typeof(PlanWorker)));
        if (interceptor is not null)
            services.AddSingleton(interceptor);
    }));

    public RecordedDownlink Sent { get; } = new();

    public FakeClock Clock => server.Clock;

    public IServiceProvider Services => host.Services;

    public WebApplicationFactory<Program> Host => host;

    public static async Task<ProofWorld> Start(IInterceptor? interceptor = null, string? folder = null)
    {
        var world = new ProofWorld(interceptor, folder);
        await SampleFleet.Ensure(world.Services);
        return world;
    }

    /// <summary>The record of one part at 15 minutes each; number 1 begins at seven.</summary>
    public static PlayRecord Record(long seq, long boot = 1, SiteId? site = null, DateTimeOffset? at = null, int seconds = 900, long item = 1, int version = 1, string language = "vi", int page = 1, OutputId? output = null, ClockTrust clock = ClockTrust.Confirmed)
    {
        var from = at ?? Seven.AddMinutes(15 * (seq - 1));
        return new()
        {
            Seq = seq, Boot = boot, Plan = new PlanNumber(site ?? LangSon, 2026, 1), Entry = "L-1", Tier = Tier.Programme, Output = output ?? Led, Item = new ItemId(item), Version = version,
            Language = language, Page = page, StartedAt = from, EndedAt = from.AddSeconds(seconds), DurationMs = seconds * 1000L, End = PlayEnd.Completed, Clock = clock,
        };
    }

    /// <summary>Short records one second apart, long before the clock's now.</summary>
    public static PlayRecord Short(long seq, long boot = 1) => Record(seq, boot, at: Seven.AddDays(-1).AddSeconds(seq), seconds: 1);

    public Task Offer(SiteId site, params PlayRecord[] records) => Offer(site, JsonSerializer.SerializeToUtf8Bytes(new PlayBatch(records), ContractJson.Wire.PlayBatch));

    public async Task Offer(SiteId site, byte[] payload)
    {
        using var scope = Services.CreateScope();
        await scope.ServiceProvider.GetServices<IUplink>().Single(u => u.Word == "play").Take(site, payload, CancellationToken.None);
    }

    public long? LastAck(SiteId site) => Sent.Acks(site) is { Count: > 0 } acks ? acks[^1].UpTo : null;

    public async Task<T> WithDb<T>(Func<BorderInfoDb, Task<T>> work)
    {
        using var scope = Services.CreateScope();
        return await work(scope.ServiceProvider.GetRequiredService<BorderInfoDb>());
    }

    public Task<List<long>> Stored(SiteId site) => WithDb(db => db.Set<PlayRow>().Where(p => p.Site == site.Value).OrderBy(p => p.Run).ThenBy(p => p.Seq).Select(p => p.Seq).ToListAsync());

    internal Task<List<PlayGapRow>> Gaps(SiteId site) => WithDb(db => db.Set<PlayGapRow>().AsNoTracking().Where(g => g.Site == site.Value).OrderBy(g => g.FromSeq).ToListAsync());

    internal Task<PlayStreamRow> Stream(SiteId site) => WithDb(db => db.Set<PlayStreamRow>().AsNoTracking().SingleAsync(s => s.Site == site.Value));

    public Task<long> CountedPlays(SiteId site) => WithDb(db => db.Set<PlayDayRow>().Where(d => d.Site == site.Value).SumAsync(d => (long)d.Plays));

    /// <summary>What content knew of a version when it was first reported.</summary>
    public Task<int> Known(long item, string theme, BulletinClass kind = BulletinClass.Normal, int version = 1) => WithDb(db =>
    {
        db.Add(new PlayItemRow { Item = new ItemId(item).Value, Version = version, Title = $"Tin mẫu {item}", Theme = theme, Class = kind });
        return db.SaveChangesAsync();
    });

    /// <summary>A plan made by hand and on air since midnight: item 1 in Vietnamese for a quarter of an hour at a time, between seven and eight, on the LED wall.</summary>
    public Task<int> PlanOnAir(SiteId site, Func<PlayPlan, PlayPlan>? change = null) => WithDb(async db =>
    {
        var plan = HandMade(site);
        plan = change?.Invoke(plan) ?? plan;
        var publish = new PublishRow { At = Seven.AddHours(-7) };
        db.Add(publish);
        await db.SaveChangesAsync();
        var folded = PlanBytes.Fold(PlanBytes.Json(plan));
        db.Add(new PlanRow { PublishId = publish.Id, Site = site.Value, Number = plan.Number.Value, Epoch = 1, Counter = 1, SentAt = publish.At, ValidUntil = plan.ValidUntil, Plan = folded, OnAirAt = Seven.AddHours(-7) });
        return await db.SaveChangesAsync();
    });

    private static PlayPlan HandMade(SiteId site) => new()
    {
        Level = 1, Site = site, Number = new PlanNumber(site, 2026, 1), Epoch = 1, Counter = 1, MadeAt = Seven.AddDays(-1), ValidUntil = Seven.AddDays(40),
        Outputs = [new() { Id = Led, Kind = OutputKind.LedRegion, WidthPx = 320, HeightPx = 320, Languages = ["vi"] }],
        Files = [],
        Items = [new() { Id = new ItemId(1), Version = 1, Title = "Tin mẫu 1", ValidFrom = Seven.AddDays(-10), ValidUntil = Seven.AddDays(30), ApprovedBy = "hung", ApprovedAt = Seven.AddDays(-10),
            Parts = [new() { Output = Led, Language = "vi", Kind = PartKind.Still, File = MediaHash.Of("x"u8), DurationMs = 900_000 }] }],
        Entries = [new() { Id = "L-1", Tier = Tier.Programme, Since = Seven.AddDays(-10), Items = [new ItemId(1)], Outputs = [Led], From = new(2026, 11, 1), Windows = [new(new(7, 0), new(8, 0))] }],
    };

    public async ValueTask DisposeAsync()
    {
        await host.DisposeAsync();
        await server.DisposeAsync();
    }
}
