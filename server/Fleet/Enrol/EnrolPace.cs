namespace BorderInfo.Server.Fleet.Enrol;

/// <summary>At most 20 enrolment calls a minute from one address, so that the door cannot be used to keep the server busy.</summary>
internal sealed class EnrolPace(TimeProvider clock)
{
    public const int MostPerMinute = 20;
    private readonly Lock turn = new();
    private readonly Dictionary<string, int> calls = [];
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
}
