using System.Collections.Concurrent;
using System.Net;
using BorderInfo.Server.Platform.Machine;

namespace BorderInfo.Server.Identity;

/// <summary>Counts failed sign-ins per network address: more than 20 in 15 minutes and the address waits. In memory: a restart forgets, an account's own lock does not.</summary>
/// <remarks>Wider than the limit of an account, since a whole office may stand behind one address. An IPv6 /64 is one address.</remarks>
internal sealed class FailuresByAddress(TimeProvider clock)
{
    public const int Most = 20;
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(15);
    private readonly ConcurrentDictionary<string, DateTimeOffset[]> failures = [];

    public bool MustWait(string address) => Recent(Counted(address)).Length >= Most;

    /// <summary>Counts a try before it is made, so that tries sent at once are no more than the limit. False = the address must wait.</summary>
    public bool Take(string address)
    {
        lock (failures)
        {
            if (MustWait(address))
                return false;
            Add(address);
            return true;
        }
    }

    /// <summary>The try that was taken was no failure.</summary>
    public void GiveBack(string address) => failures.AddOrUpdate(Counted(address), [], (_, old) => [.. old.SkipLast(1)]);

    public void Add(string address)
    {
        var now = clock.GetUtcNow();
        failures.AddOrUpdate(Counted(address), [now], (_, old) => [.. old.Where(at => at > now - Window), now]);
        if (failures.Count > 10_000)
            Forget();
    }

    private static string Counted(string address) => IPAddress.TryParse(address, out var parsed) ? CallerAddress.Counted(parsed) : address;

    private void Forget()
    {
        foreach (var address in failures.Keys.Where(a => Recent(a).Length == 0))
            failures.TryRemove(address, out _);
    }

    private DateTimeOffset[] Recent(string address) =>
        failures.TryGetValue(address, out var all) ? [.. all.Where(at => at > clock.GetUtcNow() - Window)] : [];
}
