using System.Text.Json;
using BorderInfo.Contract.Messages;
using BorderInfo.Contract.Signing;
using BorderInfo.Server.Fleet.Registry;
using BorderInfo.Server.Fleet.Watch;
using BorderInfo.Server.Identity.Public;
using BorderInfo.Server.Messaging.Public;
using BorderInfo.Server.Platform.Database;
using BorderInfo.Server.Platform.Live;

namespace BorderInfo.Server.Fleet.Commands;

/// <summary>A signed order to a site that is online: picture of the real output, player anew, shelf verified. Void after 60 s.</summary>
/// <remarks>
/// A picture may be asked for by everybody who sees the site, the rest by technicians and administrators.
/// Refuses with <c>fleet.no-such-site</c>, <c>fleet.not-allowed</c>, <c>fleet.no-such-output</c>, <c>fleet.output-wanted</c>, <c>fleet.site-not-online</c>, <c>fleet.link-down</c>.
/// </remarks>
internal sealed partial class CommandSite(BorderInfoDb db, Clusters clusters, StandingBoard board, ISigner signer, IDownlink downlink, IAuditTrail audit, LiveBoard live, TimeProvider clock, ILogger<CommandSite> log)
{
    public static readonly TimeSpan Lasts = TimeSpan.FromSeconds(60);

    public sealed record Ask(SiteId Site, Verb Verb, OutputId? Output);

    public sealed record Done(string Id, DateTimeOffset NotAfter);

    public async Task<Outcome<Done>> Handle(Ask ask, Actor actor, CancellationToken stop)
    {
        if (clusters.BySite(ask.Site) is not { } cluster || !cluster.Within(actor.Scope))
            return new Refusal("fleet.no-such-site", ask.Site.Value);
        if (ask.Verb != Verb.Screenshot && !RegisterDoor.MayEdit(actor))
            return RegisterDoor.NotAllowed;
        if (ask.Verb != Verb.VerifyShelf && ask.Output is null)
            return new Refusal("fleet.output-wanted");
        if (ask.Output is { } output && !cluster.Outputs.Any(o => o.Id == output))
            return new Refusal("fleet.no-such-output", output.Value);
        if (!board.Memory(ask.Site).Online)
            return new Refusal("fleet.site-not-online", ask.Site.Value);
        if (!downlink.Connected)
            return new Refusal("fleet.link-down");

        var command = await Keep(ask, actor, stop);
        var payload = JsonSerializer.SerializeToUtf8Bytes(command, ContractJson.Wire.Command);
        await downlink.SendNow(Topics.Commands(ask.Site), signer.Seal(SignedTypes.Command, payload), Lasts, stop);
        live.Tell($"site:{ask.Site}");
        Log.Sent(log, command.Id, ask.Verb, ask.Site, actor.UserName);
        return new Done(command.Id, command.NotAfter);
    }

    private async Task<Command> Keep(Ask ask, Actor actor, CancellationToken stop)
    {
        var now = clock.GetUtcNow();
        var command = new Command { Id = Guid.CreateVersion7(now).ToString("n"), Site = ask.Site, Verb = ask.Verb, Output = ask.Output, MadeAt = now, NotAfter = now + Lasts };
        db.Add(new SiteCommandRow { Id = command.Id, Site = ask.Site.Value, Verb = ask.Verb, Output = ask.Output?.Value, By = actor.DisplayName, MadeAt = now, NotAfter = command.NotAfter });
        audit.Note(db, actor, "site.command", ask.Site.Value, $"{ask.Verb} {ask.Output}".TrimEnd());
        await db.SaveChangesAsync(stop);
        return command;
    }

    private static partial class Log
    {
        [LoggerMessage(1420, LogLevel.Information, "Command {Id} {Verb} sent to {Site} by {User}")]
        public static partial void Sent(ILogger log, string id, Verb verb, SiteId site, string user);
    }
}
