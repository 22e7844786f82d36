using System.Threading.Channels;
using BorderInfo.Agent.Enrol;
using BorderInfo.Agent.Link;
using BorderInfo.Agent.Plans;
using BorderInfo.Agent.Proof;
using BorderInfo.Agent.Store;
using BorderInfo.Agent.Time;
using BorderInfo.Contract;
using BorderInfo.Contract.Messages;
using BorderInfo.Contract.Plans;

namespace BorderInfo.Agent.Loops;

/// <summary>
/// What must be on the disk: accepts plans, fetches their files, switches when everything is there. A power cut anywhere is taken up again from the inbox and the shelf.
/// </summary>
public sealed partial class PlanLoop(
    SiteIdentity identity, Inbox inbox, Shelf shelf, Fetcher fetcher, AirLoop air, SiteEvents events, SiteClock clock, RefusedCount refused, ILogger<PlanLoop> log)
{
    private readonly Channel<byte[]> offers = Channel.CreateBounded<byte[]>(new BoundedChannelOptions(32) { FullMode = BoundedChannelFullMode.DropOldest });
    private readonly HashSet<string> toldRefusals = new(StringComparer.Ordinal);
    private readonly Alarm alarm = new(clock.Time);
    private PlayPlan? active;
    private PlayPlan? wanted;
    private PlayPlan? previous;
    private bool owesOnDisk;

    /// <summary>Last refusal that stands: no newer plan was accepted since. Null = none.</summary>
    public (string Code, PlanNumber? Number, DateTimeOffset At)? Refusal { get; private set; }

    /// <summary>Version on air; (0, 0) = none.</summary>
    public (int Epoch, long Counter) OnAirVersion => active is { } a ? (a.Epoch, a.Counter) : default;

    /// <summary>A plan as it came from the network; from any thread, never blocks.</summary>
    public void Offer(byte[] sealedBytes)
    {
        offers.Writer.TryWrite(sealedBytes);
        alarm.Ring();
    }

    public void LineIsUp()
    {
        lineIsUp = true;
        alarm.Ring();
    }

    private volatile bool lineIsUp;

    public async Task Run(Action good, CancellationToken stop)
    {
        shelf.Changed += alarm.Ring;
        fetcher.Ended += alarm.Ring;
        try
        {
            await TakeUp(stop);
            while (true)
            {
                var sleep = await Turn(stop);
                good();
                await alarm.Wait(sleep, stop);
            }
        }
        finally
        {
            shelf.Changed -= alarm.Ring;
            fetcher.Ended -= alarm.Ring;
            await fetcher.DisposeAsync();
        }
    }

    /// <summary>
    /// At the start: the last good plan goes on air before anybody is asked, unless one that waits has withdrawn something from it; a plan whose seal is no longer good is not shown, the one before it is.
    /// </summary>
    private async Task TakeUp(CancellationToken stop)
    {
        active = Opened(inbox.Active);
        previous = Opened(inbox.Previous);
        wanted = Opened(inbox.Wanted);
        active ??= previous;
        if (active is null)
            return;
        if (await SwitchIfReady(stop))
            return;
        owesOnDisk = Missing(active).Any();
        await air.Adopt(active, stop);
    }

    private async Task<TimeSpan> Turn(CancellationToken stop)
    {
        if (!AcceptAll())
            return TimeSpan.FromSeconds(5);
        await SwitchIfReady(stop);
        if (lineIsUp)
        {
            lineIsUp = false;
            fetcher.LineIsUp();
        }

        var target = wanted ?? active;
        if (target is null)
            return TimeSpan.FromSeconds(20);
        var missing = Missing(wanted).Concat(Missing(active)).Distinct().ToArray();
        if (owesOnDisk && active is not null && !Missing(active).Any())
            TellOnDisk(active);
        return await fetcher.Step(missing, target.Number, stop);
    }

    /// <summary>False when the disk did not take a plan; it is tried again.</summary>
    private bool AcceptAll()
    {
        while (offers.Reader.TryRead(out var offer))
        {
            try
            {
                Accept(offer);
            }
            catch (StoreFault e)
            {
                Log.NotKept(log, e.Message);
                offers.Writer.TryWrite(offer);
                return false;
            }
        }

        return true;
    }

    private void Accept(byte[] offer)
    {
        var stored = inbox.NewestStored;
        var here = new AcceptPlan.Here(identity.Site, identity.PlanKeys, inbox.Newest, stored);
        if (AcceptPlan.Decide(offer, here, out var number).Is(out var done, out var why))
        {
            clock.Signed(done.Plan.MadeAt);
            inbox.KeepWanted(done.Stored, events.Draft(SiteEventKind.PlanReceived, done.Plan.Number));
            (wanted, Refusal) = (done.Plan, null);
            Log.Accepted(log, done.Plan.Number, done.Plan.Files.Count, Missing(done.Plan).Count());
        }
        else if (!IsTheSameAgain(offer))
        {
            Refuse(offer, number, why);
        }
    }

    /// <summary>Retained messages come again at every connection.</summary>
    private bool IsTheSameAgain(byte[] offer) =>
        inbox.Wanted?.Sealed.AsSpan().SequenceEqual(offer) == true || inbox.Active?.Sealed.AsSpan().SequenceEqual(offer) == true;

    private void Refuse(byte[] offer, PlanNumber? number, Refusal why)
    {
        refused.Add(why.Code);
        Log.Refused(log, number, why);
        if (why.Code != "plan.older")
            Refusal = (why.Code, number, clock.Now);
        if (toldRefusals.Count < 1000 && toldRefusals.Add($"{number?.Value ?? MediaHash.Of(offer).Value}"))
            events.Tell(SiteEventKind.PlanRefused, number, code: why.Code, detail: why.ToString());
    }

    /// <summary>True when the wanted plan is on air now.</summary>
    private async Task<bool> SwitchIfReady(CancellationToken stop)
    {
        if (wanted is null)
            return false;
        var verdict = SwitchRule.Decide(wanted, active, h => Has(wanted, h), clock.Now);
        if (verdict == SwitchRule.Verdict.NotYet)
            return false;
        var forget = active is not null && SwitchRule.TakesBackFrom(wanted, active);
        inbox.Activate(verdict == SwitchRule.Verdict.Complete ? events.Draft(SiteEventKind.PlanOnDisk, wanted.Number) : null, forget);
        owesOnDisk = verdict == SwitchRule.Verdict.Early;
        (previous, active, wanted) = (forget ? null : active, wanted, null);
        await air.Adopt(active, stop);
        events.Tell(SiteEventKind.PlanOnAir, active.Number);
        shelf.Keep(new[] { active, previous }.OfType<PlayPlan>().SelectMany(p => p.Files).Select(f => f.Hash).ToHashSet());
        return true;
    }

    private void TellOnDisk(PlayPlan plan)
    {
        owesOnDisk = false;
        events.Tell(SiteEventKind.PlanOnDisk, plan.Number);
    }

    private bool Has(PlayPlan plan, MediaHash hash) => plan.Files.FirstOrDefault(f => f.Hash == hash) is { } file && shelf.Look(file) != OnShelf.Missing;

    private IEnumerable<PlanFile> Missing(PlayPlan? plan) => plan is null ? [] : UsablePlan.FilesByUrgency(plan).Where(f => shelf.Look(f) == OnShelf.Missing);

    private PlayPlan? Opened(StoredPlan? stored)
    {
        if (stored is null)
            return null;
        if (AcceptPlan.Unseal(stored.Sealed, identity.PlanKeys).Is(out var plan, out var why))
        {
            clock.Signed(plan.MadeAt);
            return plan;
        }

        Log.StoredPlanBad(log, stored.Number, why);
        return null;
    }

    private static partial class Log
    {
        [LoggerMessage(4341, LogLevel.Information, "{Plan} accepted: {Files} files, {Missing} to fetch")]
        public static partial void Accepted(ILogger log, PlanNumber plan, int files, int missing);

        [LoggerMessage(4342, LogLevel.Warning, "{Plan} refused: {Why}; the plan on air goes on")]
        public static partial void Refused(ILogger log, PlanNumber? plan, Refusal why);

        [LoggerMessage(4344, LogLevel.Error, "A plan cannot be kept and is tried again: {Why}")]
        public static partial void NotKept(ILogger log, string why);

        [LoggerMessage(4343, LogLevel.Error, "{Plan} from our own disk is no longer good and is not shown: {Why}")]
        public static partial void StoredPlanBad(ILogger log, PlanNumber plan, Refusal why);
    }
}
