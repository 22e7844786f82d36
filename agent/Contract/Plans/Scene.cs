namespace BorderInfo.Contract.Plans;

/// <summary>What an output is for by windows, validity and rank alone, from <c>From</c> to the next scene's; whether it is on at once is another matter (<see cref="ScreenDay"/>).</summary>
/// <param name="Edge">False for the first scene of a day that merely goes on from the day before.</param>
/// <param name="Rank">Place in <see cref="OutputPlan.Ranks"/>; −1 = nothing is due.</param>
/// <param name="Anchor">When its rotation began: the last instant at which a member came or went.</param>
/// <param name="Round">The members; null = nothing is due.</param>
internal readonly record struct Scene(long From, bool Edge, int Rank, long Anchor, Round? Round)
{
    public Tier Tier => Round?.Tier ?? Tier.SafeScreen;
}
