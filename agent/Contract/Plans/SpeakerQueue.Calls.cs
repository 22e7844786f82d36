namespace BorderInfo.Contract.Plans;

/// <summary>Who calls when, and what is asked about it.</summary>
internal sealed partial class SpeakerQueue
{
    /// <summary>Who waits at an instant of the next day.</summary>
    public IReadOnlyList<DueEntry> WaitingAt(DateOnly day, long utc)
    {
        Step(day, utc + 1, null);
        return [.. waiting.Select(w => plan.Entries[w])];
    }

    /// <summary>The entry's first call on the day after an instant that will not have waited in vain for an item: when there is one. Null = none.</summary>
    public long? CallAfter(DueEntry entry, DateOnly day, long utc)
    {
        CallsOf([entry], day, plan.Local.StartOf(day), plan.Local.StartOf(day.AddDays(1)));
        foreach (var call in calls)
        {
            if (call.At > utc && entry.AllowedFrom(call.At, call.Until) is { } at)
                return at;
        }

        return null;
    }

    /// <summary>When the quiet hours of an instant of the day end; null = there are none.</summary>
    public long? QuietUntil(DateOnly day, long utc)
    {
        QuietNear(day);
        var until = utc;
        for (var i = 0; i < quiet.Count; i++)
        {
            if (quiet[i].Holds(until))
                (until, i) = (quiet[i].To, -1);
        }

        return until > utc ? until : null;
    }

    /// <summary>True when at the start of the local day something from before may be under way.</summary>
    public static bool MayCarry(OutputPlan plan, DateOnly day)
    {
        var midnight = plan.Local.StartOf(day);
        var windows = new List<Stretch>();
        foreach (var due in plan.Entries)
        {
            if (!due.MayReachTomorrow)
                continue;
            for (var back = 1; back <= 2 + (int)(due.Length / TimeSpan.TicksPerDay); back++)
            {
                windows.Clear();
                CallWindows(due, day.AddDays(-back), windows);
                foreach (var window in windows)
                {
                    if (window.From < midnight && window.To + due.Length > midnight)
                        return true;
                }
            }
        }

        return false;
    }

    /// <summary>All calls of these on the local day, in order.</summary>
    private void CallsOf(DueEntry[] entries, DateOnly day, long start, long end)
    {
        calls.Clear();
        foreach (var due in entries)
        {
            windows.Clear();
            if (due.MayReachTomorrow)
                CallWindows(due, day.AddDays(-1), windows);
            CallWindows(due, day, windows);
            var step = due.Entry.EveryMinutes is { } minutes and > 0 ? minutes * TimeSpan.TicksPerMinute : Never;
            foreach (var window in windows)
            {
                var last = Math.Min(window.To, end);
                var at = window.From >= start ? window.From : window.From + ((start - window.From + step - 1) / step * step);
                for (; at < last; at += step)
                    calls.Add(new(at, window.To, due.Index));
            }
        }

        calls.Sort();
    }

    /// <summary>The entry's windows that start on the day, each from the first instant at which an item is valid.</summary>
    private static void CallWindows(DueEntry due, DateOnly day, List<Stretch> into)
    {
        var first = into.Count;
        due.WindowsOf(day, into);
        for (var i = into.Count - 1; i >= first; i--)
        {
            if (due.AllowedFrom(into[i].From, into[i].To) is { } from)
                into[i] = into[i] with { From = from };
            else
                into.RemoveAt(i);
        }
    }

    private void QuietNear(DateOnly day)
    {
        quiet.Clear();
        foreach (var window in plan.Output.QuietHours)
        {
            quiet.Add(plan.Local.Of(day.AddDays(-1), window));
            quiet.Add(plan.Local.Of(day, window));
        }

        foreach (var rule in plan.Output.QuietRules)
        {
            for (var d = day.AddDays(-1); rule.VolumePercent is null && d <= day; d = d.AddDays(1))
            {
                if (rule.StartsOn(d))
                    quiet.Add(plan.Local.Of(d, rule.Window));
            }
        }

        quiet.RemoveAll(q => q.IsEmpty);
    }

    private bool IsQuiet(long now)
    {
        foreach (var stretch in quiet)
        {
            if (stretch.Holds(now))
                return true;
        }

        return false;
    }
}
