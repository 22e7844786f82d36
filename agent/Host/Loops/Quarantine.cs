using BorderInfo.Contract;

namespace BorderInfo.Agent.Loops;

/// <summary>Files that an output could not play three times: left out until the agent is started anew. Safe for many threads.</summary>
public sealed class Quarantine
{
    public const int Chances = 3;

    private readonly Lock gate = new();
    private readonly Dictionary<(OutputId, MediaHash), int> failures = [];

    public bool Holds(OutputId output, MediaHash file)
    {
        lock (gate)
            return failures.GetValueOrDefault((output, file)) >= Chances;
    }

    public int FailuresOf(OutputId output, MediaHash file)
    {
        lock (gate)
            return failures.GetValueOrDefault((output, file));
    }

    /// <summary>True when this failure was the one too many.</summary>
    public bool Failed(OutputId output, MediaHash file)
    {
        lock (gate)
            return (failures[(output, file)] = failures.GetValueOrDefault((output, file)) + 1) == Chances;
    }

    /// <summary>It played to its end, so earlier failures were somebody else's.</summary>
    public void Played(OutputId output, MediaHash file)
    {
        lock (gate)
        {
            if (failures.GetValueOrDefault((output, file)) < Chances)
                failures.Remove((output, file));
        }
    }

    public IReadOnlyList<(OutputId Output, MediaHash File)> All
    {
        get
        {
            lock (gate)
                return [.. failures.Where(f => f.Value >= Chances).Select(f => f.Key)];
        }
    }
}
