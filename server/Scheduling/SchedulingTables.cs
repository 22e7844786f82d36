using System.Text.Json;
using BorderInfo.Contract.Calendars;
using BorderInfo.Contract.Plans;
using BorderInfo.Server.Identity.Public;
using BorderInfo.Server.Platform.Pages;
using BorderInfo.Server.Scheduling.Public;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace BorderInfo.Server.Scheduling;

/// <summary>A schedule's head: which of its revisions is the newest and which one the sites play.</summary>
internal sealed class ScheduleRow
{
    public long Id { get; set; }

    /// <summary>Concurrency token: two editors cannot both write revision 5.</summary>
    public int Newest { get; set; }

    public int? Published { get; set; }

    public DateTimeOffset? PublishedAt { get; set; }

    public bool Stopped { get; set; }

    public bool Deleted { get; set; }

    /// <summary>JSON of the <see cref="AreaScope"/> that the published revision may reach, frozen when it was published; null = not published.</summary>
    public string? PublishedArea { get; set; }

    public long CreatedBy { get; set; }
}

/// <summary>What a schedule said at one time. Never changed once written.</summary>
internal sealed class ScheduleRevision
{
    public long Id { get; set; }

    public long ScheduleId { get; set; }

    /// <summary>From 1.</summary>
    public int Revision { get; set; }

    public string Name { get; set; } = "";

    public Tier Tier { get; set; }

    public int Number { get; set; }

    public DateOnly From { get; set; }

    public DateOnly? To { get; set; }

    public int Weekdays { get; set; }

    public int? EveryMinutes { get; set; }

    /// <summary>JSON of the API, enums as words: items in order, targets, windows.</summary>
    public string Items { get; set; } = "[]";

    public string Targets { get; set; } = "[]";

    public string Windows { get; set; } = "[]";

    /// <summary>JSON of the <see cref="DayRule"/>; null = none.</summary>
    public string? Days { get; set; }

    public PlayOrder Order { get; set; }

    public int Seed { get; set; }

    public string Weights { get; set; } = "[]";

    /// <summary>Of <see cref="SchedulePace"/>, as the next five.</summary>
    public int? SharePercent { get; set; }

    public int? ShareSeconds { get; set; }

    public int? MostPerHour { get; set; }

    public int? LeastGapSeconds { get; set; }

    public int? SlotMinutes { get; set; }

    public bool InStep { get; set; }

    /// <summary>JSON of the <see cref="AreaScope"/> that this revision may reach: of whoever wrote it, or narrower.</summary>
    public string Area { get; set; } = "";

    public DateTimeOffset ChangedAt { get; set; }

    public long ChangedBy { get; set; }

    public ScheduleView View(bool published) => new(
        ScheduleId, Name, Tier, Number, Read<ItemId>(Items), Read<Target>(Targets), From, To, (Weekdays)Weekdays, Read<TimeWindow>(Windows), EveryMinutes, published, ChangedAt)
    {
        Days = Days is null ? null : JsonSerializer.Deserialize<DayRule>(Days, ApiJson.Options),
        Order = Order,
        Seed = Seed,
        Weights = Read<ItemWeight>(Weights),
        Pace = new() { SharePercent = SharePercent, ShareSeconds = ShareSeconds, MostPerHour = MostPerHour, LeastGapSeconds = LeastGapSeconds, SlotMinutes = SlotMinutes, InStep = InStep },
    };

    public static ScheduleRevision Of(ScheduleView view, int revision, AreaScope area, long by, DateTimeOffset now) => new()
    {
        ScheduleId = view.Id,
        Revision = revision,
        Name = view.Name,
        Tier = view.Tier,
        Number = view.Number,
        From = view.From,
        To = view.To,
        Weekdays = (int)view.Weekdays,
        EveryMinutes = view.EveryMinutes,
        Items = JsonSerializer.Serialize(view.Items, ApiJson.Options),
        Targets = JsonSerializer.Serialize(view.Targets, ApiJson.Options),
        Windows = JsonSerializer.Serialize(view.Windows, ApiJson.Options),
        Days = view.Days is null ? null : JsonSerializer.Serialize(view.Days, ApiJson.Options),
        Order = view.Order,
        Seed = view.Seed,
        Weights = JsonSerializer.Serialize(view.Weights, ApiJson.Options),
        SharePercent = view.Pace.SharePercent,
        ShareSeconds = view.Pace.ShareSeconds,
        MostPerHour = view.Pace.MostPerHour,
        LeastGapSeconds = view.Pace.LeastGapSeconds,
        SlotMinutes = view.Pace.SlotMinutes,
        InStep = view.Pace.InStep,
        Area = JsonSerializer.Serialize(area),
        ChangedAt = now,
        ChangedBy = by,
    };

    private static List<T> Read<T>(string json) => JsonSerializer.Deserialize<List<T>>(json, ApiJson.Options)!;
}

/// <summary>What an entry of the holiday table said at one time. Never changed once written; the newest one that is not removed counts.</summary>
internal sealed class HolidayRevision
{
    public long Id { get; set; }

    /// <summary>Id of the entry.</summary>
    public string Key { get; set; } = "";

    /// <summary>From 1, of the entry.</summary>
    public int Revision { get; set; }

    /// <summary>JSON of the <see cref="Holiday"/>.</summary>
    public string Entry { get; set; } = "";

    public bool Removed { get; set; }

    public DateTimeOffset ChangedAt { get; set; }

    /// <summary>0 = came with the program.</summary>
    public long ChangedBy { get; set; }

    public Holiday Read() => JsonSerializer.Deserialize<Holiday>(Entry, ApiJson.Options)!;
}

internal sealed class ScheduleTable : IEntityTypeConfiguration<ScheduleRow>
{
    public void Configure(EntityTypeBuilder<ScheduleRow> table)
    {
        table.ToTable("schedules");
        table.Property(s => s.Newest).IsConcurrencyToken();
    }
}

internal sealed class ScheduleRevisionTable : IEntityTypeConfiguration<ScheduleRevision>
{
    public void Configure(EntityTypeBuilder<ScheduleRevision> table)
    {
        table.ToTable("schedule_revisions");
        table.HasIndex(r => new { r.ScheduleId, r.Revision }).IsUnique();
        table.HasOne<ScheduleRow>().WithMany().HasForeignKey(r => r.ScheduleId);
    }
}

internal sealed class HolidayRevisionTable : IEntityTypeConfiguration<HolidayRevision>
{
    public void Configure(EntityTypeBuilder<HolidayRevision> table)
    {
        table.ToTable("holiday_revisions");
        table.HasIndex(r => new { r.Key, r.Revision }).IsUnique();
    }
}
