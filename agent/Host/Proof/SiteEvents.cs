using BorderInfo.Agent.Store;
using BorderInfo.Agent.Time;
using BorderInfo.Contract;
using BorderInfo.Contract.Messages;

namespace BorderInfo.Agent.Proof;

/// <summary>Things worth telling once, through the durable queue and the outbox.</summary>
public sealed class SiteEvents(Journal journal, DurableQueue queue, SiteClock clock)
{
    public void Tell(SiteEventKind kind, PlanNumber? plan = null, OutputId? output = null, string? code = null, string? detail = null)
    {
        var told = Draft(kind, plan, output, code, detail);
        queue.Post(() => journal.Tell(told));
    }

    /// <summary>For an event that is written together with something else.</summary>
    public SiteEvent Draft(SiteEventKind kind, PlanNumber? plan = null, OutputId? output = null, string? code = null, string? detail = null) => new()
    {
        Seq = 0,
        Boot = journal.Boot,
        At = clock.Now,
        Clock = clock.Trust,
        Kind = kind,
        Plan = plan,
        Output = output,
        Code = code,
        Detail = detail is { Length: > 300 } ? detail[..300] : detail,
    };
}
