namespace BorderInfo.Contract.Plans;

/// <summary>Stands beside the play and notes when each of those that rest by their share, cap, gap or slot may come again, or comes ahead of its time.</summary>
/// <remarks>Between two changes of the scene, the hour and its own plays an entry's rest depends on the clock alone; so it is looked at only there and where it told itself.</remarks>
internal sealed class Lookout(IEnumerable<DueEntry> resting, long after)
{
    private readonly Dictionary<DueEntry, long> looks = resting.ToDictionary(d => d, _ => after);
    private readonly Dictionary<DueEntry, long> found = [];
    private Scene scene;

    public IReadOnlyCollection<DueEntry> Resting => looks.Keys;

    public bool IsDone => looks.Count == 0;

    /// <summary>Null = not seen so far.</summary>
    public long? ComesAt(DueEntry due) => found.TryGetValue(due, out var at) ? at : null;

    /// <summary>All that happens before the instant has happened.</summary>
    public void Until(HourBook book, long at)
    {
        while (at > after && looks.Count > 0 && looks.MinBy(l => l.Value) is var (due, next) && next < at)
        {
            if (MayCome(book, due, next) is { } later)
                looks[due] = later;
            else
                Found(due, next);
        }
    }

    public void Enter(Scene next)
    {
        scene = next;
        foreach (var due in looks.Keys.ToArray())
            looks[due] = Math.Max(after, next.From);
    }

    /// <summary>The day is over; the next one may be days away.</summary>
    public void Leave()
    {
        scene = default;
    }

    public void Began(DueEntry due, long at)
    {
        if (at > after && looks.ContainsKey(due))
            Found(due, at);
    }

    private void Found(DueEntry due, long at)
    {
        looks.Remove(due);
        found[due] = at;
    }

    /// <summary>Null = it may at the instant; else when to look again.</summary>
    private long? MayCome(HourBook book, DueEntry due, long at)
    {
        if (scene.Stages is not { } stages)
            return scene.Round?.Has(due) == true ? null : long.MaxValue;
        return stages.FirstOrDefault(s => s.Round.Has(due)) is { } stage ? book.Rests(due, stages, stage, at)?.Until : long.MaxValue;
    }
}
