using Microsoft.Extensions.Hosting;

namespace BorderInfo.Agent.Service;

/// <summary>Runs the agent inside the generic host, which turns SIGTERM and Ctrl+C into a stop.</summary>
internal sealed class AgentService(AgentHost agent) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => agent.Run(stoppingToken);
}
