using System.Globalization;
using BorderInfo.Contract.Calendars;
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

    public RepeatDraft Repeat { get; set; } = new();

    public PaceDraft Pace { get; set; } = new();

    public PlayOrder Order { get; set; }

    public string Seed { get; set; } = "0";

    /// <summary>How often each item comes in a round, in the order of <see cref="Items"/>; empty = once.</summary>
    public List<string> Weights { get; set; } = [];

    /// <summary>Order or weights are not the ordinary ones.</summary>
    public bool Weighs => Order != PlayOrder.Listed || Weights.Any(w => w.Trim() is not ("" or "1"));

    public static ScheduleDraft Of(ScheduleView s, int revision, HolidayTable holidays)
    {
        var draft = Of(s, revision);
        (draft.Repeat, draft.Weekdays) = RepeatDraft.Of(s, holidays);
        var days = ScheduleDays.Planned(s with { Days = s.Days is null ? null : s.Days with { Additions = [] } });
        (draft.From, draft.To) = (Iso(days.From), days.To is { } to ? Iso(to) : "");
        // A rule that names times begins with its own.
        if (s.Days?.Solar is { } solar && s.Windows is [var window] && solar.StartTime != window.From && ScheduleDays.SetOf(s.Days, holidays) is { HasStarts: true })
            draft.Windows = [(Iso(solar.StartTime), Iso(solar.StartTime.Add(window.Length)))];
        return draft;
    }

    /// <summary>Days and windows of another schedule; its name only where none was typed.</summary>
    public void Take(ScheduleView other, HolidayTable holidays)
    {
        var taken = Of(other, 0, holidays);
        (From, To, Weekdays, Windows, Repeat) = (taken.From, taken.To, taken.Weekdays, taken.Windows, taken.Repeat);
        Name = Name.Trim().Length == 0 ? taken.Name : Name;
    }

    private static ScheduleDraft Of(ScheduleView s, int revision) => new()
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
        Pace = PaceDraft.Of(s.Pace),
        Order = s.Order,
        Seed = s.Seed.ToString(CultureInfo.InvariantCulture),
        Weights = [.. s.Items.Select(i => (s.Weights.FirstOrDefault(w => w.Item == i)?.Weight ?? 1).ToString(CultureInfo.InvariantCulture))],
    };

    public static ScheduleDraft Read(IFormCollection form)
    {
        var (starts, ends) = (form["windowFrom"], form["windowTo"]);
        var weights = form["weight"];
        var items = form["item"].Select((text, i) => (Id: ItemId.TryParse(text, out var item) ? item : default, Weight: (i < weights.Count ? weights[i] : null) ?? "")).Where(i => i.Id.Value is not null).ToArray();
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
            Items = [.. items.Select(i => i.Id)],
            Weights = [.. items.Select(i => i.Weight)],
            Order = Enum.TryParse<PlayOrder>(form["order"], out var order) && Enum.IsDefined(order) ? order : PlayOrder.Listed,
            Seed = form["seed"].ToString(),
            Repeat = RepeatDraft.Read(form),
            Pace = PaceDraft.Read(form),
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
                Weights.Add("1");
                break;
            case "remove-item" when at < Items.Count:
                Items.RemoveAt(at);
                Weights.RemoveAt(at);
                break;
            case "item-up" when at > 0 && at < Items.Count:
                (Items[at - 1], Items[at]) = (Items[at], Items[at - 1]);
                (Weights[at - 1], Weights[at]) = (Weights[at], Weights[at - 1]);
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

    /// <summary>The schedule that was typed. Refuses with the codes of <see cref="LocalTime.ReadDay"/>, <c>schedule.not-a-time</c>, <c>schedule.number-range</c>, <c>schedule.every-range</c> and what <see cref="RepeatDraft"/> and <see cref="PaceDraft"/> can't read.</summary>
    public Outcome<ScheduleView> Typed(HolidayTable holidays)
    {
        if (!Plain().Is(out var plain, out var why) || !Weighed(plain).Is(out plain, out why) || !Pace.Typed().Is(out var pace, out why))
            return why;
        return Repeat.Typed(plain with { Pace = pace }, holidays);
    }

    /// <summary>The form's field that a refusal is about.</summary>
    public string? FieldOf(Refusal why) => PaceDraft.FieldOf(why) ?? Repeat.FieldOf(why);

    private Outcome<ScheduleView> Weighed(ScheduleView plain)
    {
        var weights = new List<ItemWeight>();
        for (var i = 0; i < Items.Count; i++)
        {
            if (!int.TryParse(Weights[i].Trim().Length == 0 ? "1" : Weights[i], NumberStyles.None, CultureInfo.InvariantCulture, out var weight))
                return new Refusal("schedule.weight-range", Weights[i], PlanLimits.Weight.ToString(CultureInfo.InvariantCulture), "1") { Field = "weights" };
            if (weight != 1 && weights.All(w => w.Item != Items[i]))
                weights.Add(new(Items[i], weight));
        }

        if (!int.TryParse(Seed.Trim().Length == 0 ? "0" : Seed, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var seed))
            return new Refusal("schedule.seed", Seed, "0") { Field = "seed" };
        return plain with { Order = Order, Seed = seed, Weights = weights };
    }

    private Outcome<ScheduleView> Plain()
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
