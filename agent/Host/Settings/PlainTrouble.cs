namespace BorderInfo.Agent.Settings;

/// <summary>Something the person at the machine has to put right: one plain sentence that says what to do, in both languages. The program ends with exit code 2.</summary>
public sealed class PlainTrouble(string vietnamese, string english, Exception? inner = null) : Exception(english, inner)
{
    public string Vietnamese { get; } = vietnamese;

    public string English { get; } = english;
}
