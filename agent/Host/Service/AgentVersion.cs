namespace BorderInfo.Agent.Service;

/// <summary>The program's version, <c>major.minor.patch</c>.</summary>
public static class AgentVersion
{
    public static string Text { get; } = typeof(AgentVersion).Assembly.GetName().Version?.ToString(3) ?? "0.0.0";
}
