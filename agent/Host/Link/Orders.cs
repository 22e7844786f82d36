using System.Text.Json;
using System.Threading.Channels;
using BorderInfo.Agent.Enrol;
using BorderInfo.Agent.Loops;
using BorderInfo.Agent.Store;
using BorderInfo.Agent.Time;
using BorderInfo.Contract;
using BorderInfo.Contract.Messages;
using BorderInfo.Contract.Signing;

namespace BorderInfo.Agent.Link;

/// <summary>Signed commands: checked, carried out one after the other, answered.</summary>
/// <remarks>
/// Refuses with any <c>seal.…</c>, <c>command.malformed</c>, <c>command.wrong-site</c>, <c>command.expired</c>, <c>command.unknown-output</c>, <c>command.no-picture</c>, <c>command.busy</c>.
/// A command that was carried out since the start is answered again and not carried out again.
/// </remarks>
public sealed partial class Orders(
    SiteIdentity identity, SiteClock clock, AirLoop air, Shelf shelf, ShelfCheck check, Screens screens, RefusedCount refused, ILogger<Orders> log)
{
    private const int MostRemembered = 1000;

    private readonly Channel<byte[]> line = Channel.CreateBounded<byte[]>(32);
    private readonly Dictionary<string, Answer> answered = new(StringComparer.Ordinal);

    /// <summary>Sends an answer; set by the link.</summary>
    public Func<Answer, CancellationToken, Task> Reply { get; set; } = (_, _) => Task.CompletedTask;

    /// <summary>From the link; never blocks.</summary>
    public void Offer(byte[] sealedBytes)
    {
        if (!line.Writer.TryWrite(sealedBytes))
            refused.Add("command.busy");
    }

    public async Task Run(Action good, CancellationToken stop)
    {
        while (true)
        {
            good();
            using var look = CancellationTokenSource.CreateLinkedTokenSource(stop);
            look.CancelAfter(TimeSpan.FromSeconds(20));
            try
            {
                if (await line.Reader.WaitToReadAsync(look.Token) && line.Reader.TryRead(out var bytes))
                    await Handle(bytes, stop);
            }
            catch (OperationCanceledException) when (!stop.IsCancellationRequested)
            {
                continue;
            }
        }
    }

    internal Outcome<Command> Decide(byte[] sealedBytes, DateTimeOffset now)
    {
        if (!Sealing.Open(sealedBytes, SignedTypes.Command, identity.PlanKeys).Is(out var payload, out var why))
            return why;
        try
        {
            if (JsonSerializer.Deserialize(payload, ContractJson.Wire.Command) is not { } command)
                return new Refusal("command.malformed", "null");
            if (command.Site != identity.Site)
                return new Refusal("command.wrong-site", command.Site.Value);
            return command.NotAfter <= now ? new Refusal("command.expired", command.Id) : command;
        }
        catch (JsonException e)
        {
            return new Refusal("command.malformed", e.Message);
        }
    }

    private async Task Handle(byte[] bytes, CancellationToken stop)
    {
        if (!Decide(bytes, clock.Now).Is(out var command, out var why))
        {
            refused.Add(why.Code);
            Log.Refused(log, why);
            return;
        }

        clock.Signed(command.MadeAt);
        if (!answered.TryGetValue(command.Id, out var answer))
        {
            answer = await CarryOut(command, stop);
            if (answered.Count >= MostRemembered)
                answered.Clear();
            answered[command.Id] = answer;
            Log.CarriedOut(log, command.Id, command.Verb, command.Output, answer.Done, answer.Code);
        }

        await Reply(answer, stop);
    }

    private async Task<Answer> CarryOut(Command command, CancellationToken stop)
    {
        if (command.Verb == Verb.VerifyShelf)
            return VerifyShelf(command.Id);
        if (air.Outputs.FirstOrDefault(o => o.Output.Id == command.Output) is not { } output)
            return new Answer { Id = command.Id, Done = false, Code = "command.unknown-output", Detail = command.Output?.Value };
        if (command.Verb == Verb.RestartPlayer)
        {
            output.RestartPlayer();
            return new Answer { Id = command.Id, Done = true };
        }

        return await screens.Send(output, stop)
            ? new Answer { Id = command.Id, Done = true }
            : new Answer { Id = command.Id, Done = false, Code = "command.no-picture", Detail = output.Output.Id.Value };
    }

    private Answer VerifyShelf(string id)
    {
        shelf.Distrust();
        var files = air.Plan?.Files ?? [];
        foreach (var file in files)
            check.Ask(file, urgent: false);
        return new Answer { Id = id, Done = true, Detail = $"{files.Count} files to hash" };
    }

    private static partial class Log
    {
        [LoggerMessage(4421, LogLevel.Warning, "A command was refused: {Why}")]
        public static partial void Refused(ILogger log, Refusal why);

        [LoggerMessage(4422, LogLevel.Information, "Command {Id} {Verb} {Output}: done {Done} {Code}")]
        public static partial void CarriedOut(ILogger log, string id, Verb verb, OutputId? output, bool done, string? code);
    }
}
