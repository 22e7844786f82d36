namespace BorderInfo.Tests.Spine.Figures;

/// <summary>Looks at the left half of the LED wall every five milliseconds and keeps which known picture stood there from when to when.</summary>
internal sealed class Eye : IAsyncDisposable
{
    private const int Every = 10;

    private readonly CancellationTokenSource closed = new();
    private readonly Lock gate = new();
    private readonly List<Seen> story = [];
    private readonly Task looking;

    /// <param name="known">Name → R, G, B of 320 × 320 pixels.</param>
    public Eye(Screen screen, IReadOnlyDictionary<string, byte[]> known)
    {
        var thinned = known.ToDictionary(k => k.Key, k => Pixels.Thinned(k.Value, 320, Every));
        looking = Task.Run(() => Look(screen, thinned));
    }

    /// <param name="Picture">Null = none of the known ones: black, the safe screen, or half a change.</param>
    public sealed record Seen(string? Picture, DateTimeOffset From, DateTimeOffset Until)
    {
        public TimeSpan Length => Until - From;
    }

    public IReadOnlyList<Seen> Story
    {
        get
        {
            lock (gate)
                return [.. story];
        }
    }

    public string? Now => Story.LastOrDefault()?.Picture;

    /// <summary>Waits until a known picture has come on after an instant; returns how long after.</summary>
    public async Task<TimeSpan> Back(DateTimeOffset after)
    {
        Seen? back = null;
        await Eventually.True(() => (back = Story.FirstOrDefault(s => s.Picture is not null && s.From > after)) is not null, "a picture is back", 60, everyMs: 20);
        return back!.From - after;
    }

    /// <summary>How long no known picture stood there since an instant.</summary>
    public TimeSpan DarkSince(DateTimeOffset after) =>
        TimeSpan.FromTicks(Story.Where(s => s.Picture is null && s.Until > after).Sum(s => (s.Until - (s.From > after ? s.From : after)).Ticks));

    public async ValueTask DisposeAsync()
    {
        await closed.CancelAsync();
        await looking;
        closed.Dispose();
    }

    private async Task Look(Screen screen, Dictionary<string, byte[]> known)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
        while (!closed.IsCancellationRequested)
        {
            var now = screen.Region(0, 0, 320, 320, Every);
            Keep(known.FirstOrDefault(k => Pixels.Differ(k.Value, now) < 3).Key, DateTimeOffset.UtcNow);
            await timer.WaitForNextTickAsync();
        }
    }

    private void Keep(string? picture, DateTimeOffset at)
    {
        lock (gate)
        {
            if (story.Count > 0)
                story[^1] = story[^1] with { Until = at };
            if (story.Count == 0 || story[^1].Picture != picture)
                story.Add(new(picture, at, at));
        }
    }
}
