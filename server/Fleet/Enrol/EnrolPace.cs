namespace BorderInfo.Server.Fleet.Enrol;

/// <summary>
/// How often one address may knock at the agents' door without a good certificate: 20 calls a minute, so that the door cannot be used to keep the server busy, and five wrong tries at one code.
/// </summary>
/// <remarks>In memory: a restart of the server forgets it; the hundred tries of all addresses together are in the database.</remarks>
internal sealed class EnrolPace(TimeProvider clock)
{
    public const int MostPerMinute = 20;
    private readonly Lock turn = new();
    private readonly Dictionary<string, int> calls = [];
    private readonly Dictionary<(string Address, long Code), int> misses = [];
    private long minute;

    public bool Admits(string address)
    {
        var now = clock.GetUtcNow().UtcTicks / TimeSpan.TicksPerMinute;
        lock (turn)
        {
            if (now != minute)
                calls.Clear();
            minute = now;
            return (calls[address] = calls.GetValueOrDefault(address) + 1) <= MostPerMinute;
        }
    }

    /// <summary>Wrong tries of the address at a code whose prefix it knew.</summary>
    public int Misses(string address, long code)
    {
        lock (turn)
            return misses.GetValueOrDefault((address, code));
    }

    /// <summary>No more than the code's own hundred tries are ever kept.</summary>
    public void Missed(string address, long code)
    {
        lock (turn)
            misses[(address, code)] = misses.GetValueOrDefault((address, code)) + 1;
    }
}
