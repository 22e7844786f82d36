namespace BorderInfo.Contract.Plans;

/// <summary>What an output is for by windows, validity and rank alone, from <c>From</c> to the next scene's; whether it is on at once is another matter (<see cref="ScreenDay"/>).</summary>
/// <param name="Edge">False for the first scene of a day that merely goes on from the day before.</param>
/// <param name="Rank">Place in <see cref="OutputPlan.Ranks"/>; −1 = nothing is due.</param>
/// <param name="Anchor">When its rotation began: the last instant at which a member came or went.</param>
/// <param name="Round">The members; null = nothing is due.</param>
/// <param name="Stages">Where an entry of it has a pace: this rank and those below that fill what it leaves, down to the first without one, below a slot all. Null = nobody needs it.</param>
internal readonly record struct Scene(long From, bool Edge, int Rank, long Anchor, Round? Round, Stage[]? Stages)
{
    public Tier Tier => Round?.Tier ?? Tier.SafeScreen;
}

/// <summary>A rank with something to show, and since when it rotates.</summary>
internal sealed record Stage(int Rank, long Anchor, Round Round);
