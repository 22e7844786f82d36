namespace BorderInfo.Tests.Server.Support;

/// <summary>A measurement: run by <c>deploy/bench</c> only, since it takes minutes and its result is a figure, not a verdict.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class BenchFactAttribute : FactAttribute
{
    public BenchFactAttribute() => Skip = Environment.GetEnvironmentVariable("BORDERINFO_BENCH") is null ? "a measurement, run by deploy/bench" : null;
}
