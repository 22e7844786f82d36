namespace BorderInfo.Tests.Pages;

/// <summary>Measures instead of testing: run by <c>deploy/bench slow</c>, which sets <c>BORDERINFO_BENCH=1</c>, and skipped otherwise.</summary>
public sealed class BenchFactAttribute : FactAttribute
{
    public BenchFactAttribute() => Skip = Environment.GetEnvironmentVariable("BORDERINFO_BENCH") is null ? "a measurement: deploy/bench runs it" : null;
}
