using BorderInfo.Contract.Messages;
using BorderInfo.Server.Fleet.Public;
using BorderInfo.Server.Messaging.Public;
using BorderInfo.Server.Platform.Database;
using BorderInfo.Server.Platform.News;

namespace BorderInfo.Server.Fleet.Watch;

/// <summary>Births, farewells and wills. A birth is told to the slices below in its transaction and answered with a signed pulse.</summary>
internal sealed partial class HearState(Heard heard, StandingBoard board, KeepStanding keep, NewsDesk news, BorderInfoDb db, SendPulse pulse, ILogger<HearState> log) : IUplink
{
    public string Word => "state";

    public async Task Take(SiteId site, ReadOnlyMemory<byte> payload, CancellationToken stop)
    {
        if (heard.Read(site, Word, payload, ContractJson.Wire.SiteState, Tidy.Of) is not { } state)
            return;
        var verdict = StandingRules.Hear(board.Memory(site), state, DateTimeOffset.UnixEpoch).Verdict;
        if (verdict == StateVerdict.PassedOver)
        {
            Log.PassedOver(log, site, state.State, state.Boot, state.Birth);
            return;
        }

        var after = await keep.Change(site, (known, now) =>
        {
            (known, verdict) = StandingRules.Hear(known, state, now);
            return known;
        }, stop, _ => verdict == StateVerdict.Born ? news.Tell(new SiteWasBorn(site, state), db, stop) : Task.CompletedTask);
        if (verdict == StateVerdict.Born)
            await pulse.To(after, stop);
    }

    private static partial class Log
    {
        [LoggerMessage(1403, LogLevel.Information, "{Site} sent {State} of boot {Boot}, birth {Birth}: late or doubled, passed over")]
        public static partial void PassedOver(ILogger log, SiteId site, Presence state, long boot, long birth);
    }
}
