namespace BorderInfo.Tests.Server.Support;

/// <summary>A clock that stands still until told; starts at a Monday morning in Việt Nam.</summary>
public sealed class FakeClock : TimeProvider
{
    private DateTimeOffset now = new(2026, 11, 23, 1, 0, 0, TimeSpan.Zero);

    public override DateTimeOffset GetUtcNow() => now;

    public void Advance(TimeSpan by) => now += by;

    public void Set(DateTimeOffset to) => now = to;
}
