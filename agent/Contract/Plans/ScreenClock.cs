namespace BorderInfo.Contract.Plans;

/// <summary>A screen or LED region: the best-ranked entries that are due rotate without a gap; nothing due means the safe screen.</summary>
internal sealed class ScreenClock(PlanOutput output, IReadOnlyList<DueEntry> entries, LocalDays days) : OutputClock(output)
{
    private readonly DueEntry[][] ranks = [.. entries.GroupBy(e => e.Rank).Select(g => g.ToArray())];

    /// <summary>The scene asked for last: most questions are about the same one.</summary>
    private volatile Scene? last;

    public override OnAir At(DateTimeOffset utc)
    {
        var scene = SceneAt(utc);
        if (scene.Round.Count == 0)
            return Nothing(Because.NothingDue, scene.Until);
        var (member, from, until) = scene.TurnAt(utc);
        return Playing(member.Due, member.Slot, Began(scene, from), Ends(scene, until));
    }

    /// <summary>The start of the turn, or the instant in it at which a better rank gave the screen back.</summary>
    private DateTimeOffset Began(Scene scene, DateTimeOffset from)
    {
        while (from < scene.From)
        {
            var earlier = Look(scene.From.AddTicks(-1));
            if (!scene.Continues(earlier))
                return scene.From;
            scene = earlier;
        }

        return from;
    }

    private DateTimeOffset Ends(Scene scene, DateTimeOffset until)
    {
        while (until > scene.Until)
        {
            var later = Look(scene.Until);
            if (!scene.Continues(later))
                return scene.Until;
            scene = later;
        }

        return until;
    }

    private Scene SceneAt(DateTimeOffset utc)
    {
        if (last is not { } scene || !scene.Holds(utc))
            last = scene = Look(utc);
        return scene;
    }

    /// <summary>Asks rank after rank until one has something to show; those below the winner are not asked.</summary>
    private Scene Look(DateTimeOffset utc)
    {
        var edges = new Edges(utc, days.DayOf(utc));
        foreach (var rank in ranks)
        {
            edges.Anchor = DateTimeOffset.MinValue;
            var round = new List<(DueEntry, Slot)>();
            foreach (var due in rank)
            {
                foreach (var slot in due.Slots)
                {
                    if (edges.Pass(due, slot))
                        round.Add((due, slot));
                }
            }

            if (round.Count > 0)
                return new(edges.Before, edges.After, edges.Anchor, round);
        }

        return new(edges.Before, edges.After, DateTimeOffset.MinValue, []);
    }

    /// <summary>Gathers the nearest changes before and after an instant while slots pass by.</summary>
    private sealed class Edges(DateTimeOffset utc, DateOnly day)
    {
        private DateTimeOffset? before;

        /// <summary>The last change at or before the instant; the instant itself when none is near.</summary>
        public DateTimeOffset Before => before ?? utc;

        public DateTimeOffset After { get; private set; } = DateTimeOffset.MaxValue;

        /// <summary>The last coming or going in the rank.</summary>
        public DateTimeOffset Anchor { get; set; }

        /// <summary>True when the slot is live at the instant.</summary>
        public bool Pass(DueEntry due, Slot slot)
        {
            var opened = DateTimeOffset.MinValue;
            var closed = DateTimeOffset.MinValue;
            var next = DateTimeOffset.MaxValue;
            var live = false;
            foreach (var window in due.WindowsNear(day))
            {
                var (from, to) = window.Within(slot.Item.ValidFrom, slot.Item.ValidUntil);
                if (to <= from)
                    continue;
                if (from > utc)
                {
                    next = Min(next, from);
                    continue;
                }

                opened = Max(opened, from);
                if (to > utc)
                {
                    live = true;
                    next = Min(next, to);
                }
                else
                {
                    closed = Max(closed, to);
                }
            }

            if (next == DateTimeOffset.MaxValue)
                next = due.NextOpening(slot, utc);
            Note(Max(opened, closed), next, live ? opened : closed);
            return live;
        }

        private void Note(DateTimeOffset previous, DateTimeOffset next, DateTimeOffset moved)
        {
            if (previous > DateTimeOffset.MinValue)
                before = before is { } b ? Max(b, previous) : previous;
            After = Min(After, next);
            Anchor = Max(Anchor, moved);
        }

        private static DateTimeOffset Min(DateTimeOffset a, DateTimeOffset b) => a < b ? a : b;

        private static DateTimeOffset Max(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;
    }
}
