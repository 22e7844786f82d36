using System.Text.Json;
using BorderInfo.Agent.Store;
using BorderInfo.Contract;
using BorderInfo.Contract.Messages;
using BorderInfo.Contract.Signing;
using BorderInfo.Mqtt;
using Stream = BorderInfo.Contract.Messages.Stream;

namespace BorderInfo.Agent.Link;

/// <summary>What comes down: plans, commands, acknowledgements and pulses go to whom they concern; what cannot be read is counted and forgotten.</summary>
public sealed partial class Downlink(LinkParts parts, Outbox plays, Outbox events, ILogger<Downlink> log)
{
    private SiteId Site => parts.Identity.Site;

    /// <summary>Never throws, so that a bad message does not end the link.</summary>
    public ValueTask Hear(MqttMessage message)
    {
        var bytes = message.Payload.ToArray();
        if (message.Topic == Topics.Plan(Site))
        {
            if (bytes.Length > 0)
                parts.Plans.Offer(bytes);
        }
        else if (message.Topic == Topics.Commands(Site))
        {
            parts.Orders.Offer(bytes);
        }
        else if (message.Topic == Topics.Acks(Site))
        {
            HearAck(bytes);
        }
        else if (message.Topic == Topics.Pulse(Site))
        {
            HearPulse(bytes);
        }
        else
        {
            parts.Refused.Add("link.unknown-topic");
        }

        return ValueTask.CompletedTask;
    }

    private void HearAck(byte[] bytes)
    {
        try
        {
            if (JsonSerializer.Deserialize(bytes, ContractJson.Wire.StreamAck) is { } ack)
                (ack.Stream == Stream.Play ? plays : events).Acknowledged(ack);
        }
        catch (JsonException)
        {
            parts.Refused.Add("ack.malformed");
        }
        catch (StoreFault e)
        {
            Log.AckNotKept(log, e.Message);
        }
    }

    private void HearPulse(byte[] bytes)
    {
        if (!Sealing.Open(bytes, SignedTypes.Pulse, parts.Identity.PlanKeys).Is(out var payload, out var why))
        {
            parts.Refused.Add(why.Code);
            return;
        }

        try
        {
            if (JsonSerializer.Deserialize(payload, ContractJson.Wire.Pulse) is not { } pulse || pulse.Site != Site)
            {
                parts.Refused.Add("pulse.wrong-site");
                return;
            }

            var before = parts.Clock.Trust;
            if (parts.Clock.Hear(pulse) && before != ClockTrust.Confirmed)
                Log.ClockConfirmed(log, pulse.Utc);
            if ((pulse.PlanEpoch, pulse.PlanCounter).CompareTo(parts.Plans.OnAirVersion) > 0)
                Log.NewerPlanKnown(log, pulse.PlanEpoch, pulse.PlanCounter, parts.Plans.OnAirVersion);
        }
        catch (JsonException)
        {
            parts.Refused.Add("pulse.malformed");
        }
    }

    private static partial class Log
    {
        [LoggerMessage(4433, LogLevel.Error, "An acknowledgement cannot be kept, the rows will be sent again: {Why}")]
        public static partial void AckNotKept(ILogger log, string why);

        [LoggerMessage(4434, LogLevel.Information, "The clock is confirmed by the server's signed time {Utc}")]
        public static partial void ClockConfirmed(ILogger log, DateTimeOffset utc);

        [LoggerMessage(4435, LogLevel.Information, "The server knows plan version {Epoch}.{Counter}, on air is {OnAir}")]
        public static partial void NewerPlanKnown(ILogger log, int epoch, long counter, (int, long) onAir);
    }
}
