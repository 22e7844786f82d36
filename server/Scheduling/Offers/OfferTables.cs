using System.Text.Json;
using BorderInfo.Server.Identity.Public;
using BorderInfo.Server.Scheduling.Public;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace BorderInfo.Server.Scheduling.Offers;

/// <summary>An ordinary bulletin offered to communes (đề nghị phát). Only its withdrawal is ever added.</summary>
internal sealed class OfferRow
{
    public long Id { get; set; }

    public long ScheduleId { get; set; }

    /// <summary>What the schedule said when it was offered.</summary>
    public int Revision { get; set; }

    /// <summary>Five-digit codes.</summary>
    public List<string> Communes { get; set; } = [];

    public string Note { get; set; } = "";

    public DateTimeOffset AnswerBy { get; set; }

    /// <summary>JSON of the <see cref="AreaScope"/> of the schedule then.</summary>
    public string Area { get; set; } = "";

    public DateTimeOffset MadeAt { get; set; }

    public long MadeBy { get; set; }

    public string MadeByName { get; set; } = "";

    public DateTimeOffset? WithdrawnAt { get; set; }

    public string? WithdrawnByName { get; set; }

    public string? WithdrawnReason { get; set; }

    public AreaScope Reach() => JsonSerializer.Deserialize<AreaScope>(Area)!;
}

/// <summary>What a commune did with an offer. Never changed once written; the newest of a commune counts.</summary>
internal sealed class OfferAnswerRow
{
    public long Id { get; set; }

    public long OfferId { get; set; }

    public string Commune { get; set; } = "";

    /// <summary>From 1, of the commune at this offer.</summary>
    public int Turn { get; set; }

    public AnswerKind Kind { get; set; }

    public DateTimeOffset At { get; set; }

    public long By { get; set; }

    public string ByName { get; set; } = "";

    public string Reason { get; set; } = "";

    /// <summary>The commune's own schedule that the acceptance made.</summary>
    public long? ScheduleId { get; set; }
}

/// <summary>A commune's word on two priority bulletins that meet. Never changed once written; the newest of the pair counts.</summary>
internal sealed class PriorityDecisionRow
{
    public long Id { get; set; }

    public string Commune { get; set; } = "";

    public long SourceSchedule { get; set; }

    public DateTimeOffset SourceChangedAt { get; set; }

    public long OwnSchedule { get; set; }

    public PriorityFirst First { get; set; }

    public string Note { get; set; } = "";

    public DateTimeOffset At { get; set; }

    public long By { get; set; }

    public string ByUser { get; set; } = "";

    public string ByName { get; set; } = "";

    public PriorityDecision View() => new(Commune, SourceSchedule, SourceChangedAt, OwnSchedule, First, Note, At, ByUser, ByName);
}

internal sealed class OfferTable : IEntityTypeConfiguration<OfferRow>
{
    public void Configure(EntityTypeBuilder<OfferRow> table)
    {
        table.ToTable("bulletin_offers");
        table.HasOne<ScheduleRow>().WithMany().HasForeignKey(o => o.ScheduleId);
    }
}

internal sealed class OfferAnswerTable : IEntityTypeConfiguration<OfferAnswerRow>
{
    public void Configure(EntityTypeBuilder<OfferAnswerRow> table)
    {
        table.ToTable("bulletin_offer_answers");
        table.HasIndex(a => new { a.OfferId, a.Commune, a.Turn }).IsUnique();
        table.HasOne<OfferRow>().WithMany().HasForeignKey(a => a.OfferId);
    }
}

internal sealed class PriorityDecisionTable : IEntityTypeConfiguration<PriorityDecisionRow>
{
    public void Configure(EntityTypeBuilder<PriorityDecisionRow> table)
    {
        table.ToTable("priority_decisions");
        table.HasIndex(d => new { d.Commune, d.SourceSchedule, d.OwnSchedule });
    }
}
