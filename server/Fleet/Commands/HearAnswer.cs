using BorderInfo.Server.Fleet.Watch;
using BorderInfo.Server.Messaging.Public;
using BorderInfo.Server.Platform.Database;
using BorderInfo.Server.Platform.Live;

namespace BorderInfo.Server.Fleet.Commands;

/// <summary>The answer of a site to a command; only its own commands, only once.</summary>
internal sealed class HearAnswer(Heard heard, KeepStanding keep, BorderInfoDb db, LiveBoard live, TimeProvider clock) : IUplink
{
    public string Word => "answer";

    public async Task Take(SiteId site, ReadOnlyMemory<byte> payload, CancellationToken stop)
    {
        if (heard.Read(site, Word, payload, ContractJson.Wire.Answer, Tidy.Of) is not { } answer)
            return;
        if (await db.Set<SiteCommandRow>().FindAsync([answer.Id], stop) is { } asked && asked.Site == site.Value && asked.AnsweredAt is null)
        {
            (asked.AnsweredAt, asked.Done, asked.Code, asked.Detail) = (clock.GetUtcNow(), answer.Done, answer.Code, answer.Detail);
            await db.SaveChangesAsync(stop);
            live.Tell($"site:{site}");
        }

        await keep.Change(site, StandingRules.Touch, stop);
    }
}
