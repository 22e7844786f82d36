using System.Globalization;
using BorderInfo.Contract.Plans;
using BorderInfo.Server.Platform.Pages;
using BorderInfo.Server.Scheduling.Public;

namespace BorderInfo.Server.Scheduling;

/// <summary>The editor's form as typed: texts that may be wrong, so that a refused form comes back as it was.</summary>
internal sealed class ScheduleDraft
{
    public long Id { get; set; }

    public int? Revision { get; set; }

    public string Name { get; set; } = "";

    public Tier Tier { get; set; } = Tier.Programme;

    public string Number { get; set; } = "500";

    public string From { get; set; } = "";

    public string To { get; set; } = "";

    public Weekdays Weekdays { get; set; } = Weekdays.All;

    public List<(string From, string To)> Windows { get; set; } = [("00:00", "00:00")];

    public string EveryMinutes { get; set; } = "";

    public List<ItemId> Items { get; set; } = [];

    public List<Target> Targets { get; set; } = [];

    public static ScheduleDraft Of(ScheduleView s, int revision) => new()
    {
        Id = s.Id,
        Revision = revision,
        Name = s.Name,
        Tier = s.Tier,
        Number = s.Number.ToString(CultureInfo.InvariantCulture),
        From = Iso(s.From),
        To = s.To is { } to ? Iso(to) : "",
        Weekdays = s.Weekdays,
        Windows = [.. s.Windows.Select(w => (Iso(w.From), Iso(w.To)))],
        EveryMinutes = s.EveryMinutes?.ToString(CultureInfo.InvariantCulture) ?? "",
        Items = [.. s.Items],
        Targets = [.. s.Targets],
    };

    public static ScheduleDraft Read(IFormCollection form)
    {
        var (starts, ends) = (form["windowFrom"], form["windowTo"]);
        return new()
        {
            Id = long.TryParse(form["id"], CultureInfo.InvariantCulture, out var id) ? id : 0,
            Revision = int.TryParse(form["revision"], CultureInfo.InvariantCulture, out var revision) ? revision : null,
            Name = form["name"].ToString(),
            Tier = Enum.TryParse<Tier>(form["tier"], out var tier) && Enum.IsDefined(tier) ? tier : Tier.Programme,
            Number = form["number"].ToString(),
            From = form["from"].ToString(),
            To = form["to"].ToString(),
            Weekdays = (Weekdays)form["weekday"].Sum(d => int.TryParse(d, CultureInfo.InvariantCulture, out var n) ? n : 0) & Weekdays.All,
            Windows = [.. Enumerable.Range(0, Math.Min(starts.Count, ends.Count)).Select(i => (starts[i] ?? "", ends[i] ?? ""))],
            EveryMinutes = form["everyMinutes"].ToString(),
            Items = [.. form["item"].Select(i => ItemId.TryParse(i, out var item) ? item : default).Where(i => i.Value is not null)],
            Targets = [.. form["target"].Select(ReadTarget).OfType<Target>()],
        };
    }

    /// <summary>The small buttons of the form: add, remove, move. An unknown one does nothing.</summary>
    public void Act(string act, IFormCollection form)
    {
        var (verb, at) = act.Split(':') is [var v, var n] && int.TryParse(n, NumberStyles.None, CultureInfo.InvariantCulture, out var i) ? (v, i) : (act, -1);
        switch (verb)
        {
            case "add-item" when ItemId.TryParse(form["newItem"], out var item) && !Items.Contains(item):
                Items.Add(item);
                break;
            case "remove-item" when at < Items.Count:
                Items.RemoveAt(at);
                break;
            case "item-up" when at > 0 && at < Items.Count:
                (Items[at - 1], Items[at]) = (Items[at], Items[at - 1]);
                break;
            case "add-target" when ReadTarget(form["newTarget"]) is { } target && !Targets.Contains(target):
                Targets.Add(target);
                break;
            case "remove-target" when at < Targets.Count:
                Targets.RemoveAt(at);
                break;
            case "add-window":
                Windows.Add(("", ""));
                break;
            case "remove-window" when at < Windows.Count:
                Windows.RemoveAt(at);
                break;
        }
    }

    /// <summary>The schedule that was typed. Refuses with the codes of <see cref="LocalTime.ReadDay"/>, <c>schedule.not-a-time</c>, <c>schedule.number-range</c>, <c>schedule.every-range</c>.</summary>
    public Outcome<ScheduleView> Typed()
    {
        if (!LocalTime.ReadDay(From).Is(out var from, out var why))
            return why with { Field = "from" };
        DateOnly? last = null;
        if (To.Trim().Length > 0)
        {
            if (!LocalTime.ReadDay(To).Is(out var to, out why))
                return why with { Field = "to" };
            last = to;
        }

        var windows = new List<TimeWindow>();
        foreach (var (start, end) in Windows.Where(w => w.From.Length + w.To.Length > 0))
        {
            if (!TimeOnly.TryParseExact(start, ["HH:mm", "H:mm"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var a) || !TimeOnly.TryParseExact(end, ["HH:mm", "H:mm"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var b))
                return new Refusal("schedule.not-a-time", $"{start}–{end}") { Field = "windows" };
            windows.Add(new(a, b));
        }

        if (!int.TryParse(Number, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            return new Refusal("schedule.number-range") { Field = "number" };
        int? every = null;
        if (EveryMinutes.Trim().Length > 0)
        {
            if (!int.TryParse(EveryMinutes, NumberStyles.None, CultureInfo.InvariantCulture, out var minutes))
                return new Refusal("schedule.every-range") { Field = "everyMinutes" };
            every = minutes;
        }

        return new ScheduleView(Id, Name, Tier, number, Items, Targets, from, last, Weekdays, windows, every, false, default);
    }

    public static string Text(Target t) => $"{t.Width}:{t.Key}";

    private static Target? ReadTarget(string? text)
    {
        var colon = text?.IndexOf(':', StringComparison.Ordinal) ?? -1;
        return colon > 0 && Enum.TryParse<TargetWidth>(text![..colon], out var width) && Enum.IsDefined(width) && text.Length > colon + 1 ? new(width, text[(colon + 1)..]) : null;
    }

    private static string Iso(DateOnly d) => d.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Iso(TimeOnly t) => t.ToString("HH:mm", CultureInfo.InvariantCulture);
}
