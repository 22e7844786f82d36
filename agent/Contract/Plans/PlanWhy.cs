namespace BorderInfo.Contract.Plans;

/// <summary>Pure island: the reason for what <see cref="PlanClock"/> says, from the same days, windows and queue. Data only; a page or a command puts words to it.</summary>
public static class PlanWhy
{
    public static WhyTold At(PlayPlan plan, OutputId output, DateTimeOffset instant) => At(new PlanClock(plan), output, instant);

    /// <summary>As above, with a clock that is ready.</summary>
    public static WhyTold At(PlanClock clock, OutputId output, DateTimeOffset instant)
    {
        var air = clock.At(output, instant);
        if (clock.ClockOf(output) is not { } of || instant < PlanClock.Earliest || instant >= PlanClock.Latest)
            return new(air, [new(WhyRule.Nothing, [])], []);
        return new WhyBook(clock.Plan, of, air, instant.UtcTicks).Tell();
    }
}
