namespace BorderInfo.Tests.Agent.Support;

/// <summary>Waits for what other threads do, with a deadline that is only met when the code is broken.</summary>
public static class Eventually
{
    public static async Task True(Func<bool> condition, string what, int seconds = 20)
    {
        var deadline = Environment.TickCount64 + (seconds * 1000L);
        while (!condition())
        {
            Assert.True(Environment.TickCount64 < deadline, $"never came true: {what}");
            await Task.Delay(5);
        }
    }
}
