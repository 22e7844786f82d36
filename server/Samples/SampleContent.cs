using System.Globalization;
using BorderInfo.Contract.Plans;
using BorderInfo.Server.Approval;
using BorderInfo.Server.Content;
using BorderInfo.Server.Content.Items;
using BorderInfo.Server.Content.Public;
using BorderInfo.Server.Content.Uploads;
using BorderInfo.Server.Fleet.Public;
using BorderInfo.Server.Identity;
using BorderInfo.Server.Identity.Public;
using BorderInfo.Server.Platform.Database;
using BorderInfo.Server.Platform.Pages;
using BorderInfo.Server.Publishing;
using BorderInfo.Server.Scheduling;
using BorderInfo.Server.Scheduling.Offers;
using BorderInfo.Server.Scheduling.Public;
using Microsoft.EntityFrameworkCore;

namespace BorderInfo.Server.Samples;

/// <summary>Lays out the sample content once, by the same use cases as the pages: an editor writes and submits, an approver approves, the editor schedules and publishes.</summary>
internal sealed partial class SampleContent(IServiceScopeFactory scopes, IHostApplicationLifetime life, ILogger<SampleContent> log) : BackgroundService
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "content", "samples");

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var started = new TaskCompletionSource();
        using var registration = life.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(stoppingToken);
        try
        {
            await LayOut(SampleSet.Load(Folder), stoppingToken);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            Log.Failed(log, e);
        }
    }

    private async Task LayOut(SampleSet set, CancellationToken stop)
    {
        if (await Within(s => s.GetRequiredService<IItems>().Newest(stop)) is { Count: > 0 })
            return;
        var editor = await ActorOf(SampleUsers.Editor, stop);
        var approver = await ActorOf(SampleUsers.Approver, stop);
        var made = new Dictionary<string, ItemId>();
        foreach (var item in set.Items)
            made[item.Key] = await Write(editor, item, stop);
        foreach (var id in made.Values)
            await Approve(approver, id, stop);
        var schedules = new List<long>();
        foreach (var schedule in set.Schedules)
            schedules.Add(await Schedule(editor, schedule, made, stop));
        await Offer(editor, made.Values.First(), stop);
        var done = await Within(s => s.GetRequiredService<PublishPlan>().Handle(new(editor, schedules), stop));
        Log.LaidOut(log, made.Count, Must(done).Plans.Count);
    }

    private async Task<ItemId> Write(Actor editor, SampleItem sample, CancellationToken stop)
    {
        var now = await Within(s => Task.FromResult(s.GetRequiredService<TimeProvider>().GetUtcNow()));
        var fields = new ItemFields(sample.Title, sample.Theme, BulletinClass.Normal, 1, now.AddMinutes(-1), now.AddDays(364), "", [.. (sample.Texts ?? new Dictionary<string, string>()).Select(t => new TextField(t.Key, t.Value, t.Value.Length < 60))]);
        var id = Must(await Within(s => s.GetRequiredService<CreateItem>().Handle(new(editor, sample.Province, fields), stop))).Id;
        if ((sample.Image ?? sample.Video) is { } file)
            await Upload(editor, id, file, stop);
        foreach (var language in sample.Speech ?? [])
            Must(await Within(s => s.GetRequiredService<SetRendition>().Speak(editor, id, language, stop)));
        Must(await Within(s => s.GetRequiredService<SubmitItem>().Handle(editor, id, stop)));
        return id;
    }

    private async Task Upload(Actor editor, ItemId id, string file, CancellationToken stop)
    {
        await using var bytes = File.OpenRead(Path.Combine(Folder, "media", file));
        var upload = Must(await Within(s => s.GetRequiredService<TakeUpload>().Handle(new(editor, id, "zxx", file, bytes.Length), bytes, stop))).Upload;
        for (UploadState state; (state = await Within(s => s.GetRequiredService<BorderInfoDb>().Set<UploadRow>().Where(u => u.Id == upload).Select(u => u.State).SingleAsync(stop))) != UploadState.Done;)
        {
            if (state == UploadState.Refused)
                throw new InvalidOperationException($"sample file {file} was refused");
            await Task.Delay(200, stop);
        }
    }

    /// <summary>Waits until the files are ready, as an approver would.</summary>
    private async Task Approve(Actor approver, ItemId id, CancellationToken stop)
    {
        for (var turn = 0; ; turn++)
        {
            var newest = (await Within(s => s.GetRequiredService<IItems>().Versions(id, stop)))[0];
            var outcome = await Within(s => s.GetRequiredService<ApproveItem>().Handle(new(approver, id, newest.Version, Heard: true, ItemFingerprint.Of(newest)), stop));
            if (outcome.Is(out _, out var why))
                return;
            if (why.Code != "approval.parts-not-ready" || turn > 600)
                throw new InvalidOperationException($"sample item {id} was not approved: {why}");
            await Task.Delay(500, stop);
        }
    }

    private async Task<long> Schedule(Actor editor, SampleSchedule sample, Dictionary<string, ItemId> made, CancellationToken stop)
    {
        var clusters = await Within(s => Task.FromResult(s.GetRequiredService<IClusters>()));
        var cluster = clusters.BySite(SiteId.Parse(sample.Site)) ?? throw new InvalidOperationException($"no sample site {sample.Site}");
        var targets = cluster.Outputs
            .Where(o => (o.Kind == OutputKind.Speaker) == (sample.Kind == OutputKind.Speaker))
            .Select(o => new Target(TargetWidth.Device, string.Create(CultureInfo.InvariantCulture, $"{cluster.Id}/{o.Id}")));
        var today = LocalTime.Day(await Within(s => Task.FromResult(s.GetRequiredService<TimeProvider>().GetUtcNow())));
        var wanted = new ScheduleView(0, sample.Name, Tier.Programme, sample.Number, [.. sample.Items.Select(k => made[k])], [.. targets], today, null, Weekdays.All, [.. sample.Windows.Select(Window)], sample.EveryMinutes, false, default);
        return Must(await Within(s => s.GetRequiredService<SaveSchedule>().Handle(new(editor, wanted), stop))).Id;
    }

    /// <summary>A bulletin offered to the communes of the sample, for them to answer.</summary>
    private async Task Offer(Actor editor, ItemId item, CancellationToken stop)
    {
        var now = await Within(s => Task.FromResult(s.GetRequiredService<TimeProvider>().GetUtcNow()));
        var clusters = await Within(s => Task.FromResult(s.GetRequiredService<IClusters>().All.Where(c => c.Site is not null).ToArray()));
        var name = await Within(s => Task.FromResult(s.GetRequiredService<Platform.Languages.Texts>().In("vi", "offer.sample")));
        var wanted = new ScheduleView(0, name, Tier.Programme, 500, [item], [.. clusters.Select(c => new Target(TargetWidth.Commune, c.CommuneCode)).Distinct()], LocalTime.Day(now), null, Weekdays.All, [new(new(17, 0), new(17, 30))], null, false, default);
        var draft = Must(await Within(s => s.GetRequiredService<SaveSchedule>().Handle(new(editor, wanted), stop)));
        Must(await Within(s => s.GetRequiredService<MakeOffer>().Handle(new(editor, draft.Id, now.AddDays(14), ""), stop)));
    }

    private static TimeWindow Window(string text)
    {
        var ends = text.Split('-');
        return new(TimeOnly.Parse(ends[0], CultureInfo.InvariantCulture), TimeOnly.Parse(ends[1], CultureInfo.InvariantCulture));
    }

    private async Task<Actor> ActorOf(string userName, CancellationToken stop)
    {
        var user = await Within(s => s.GetRequiredService<BorderInfoDb>().Set<User>().Include(u => u.Roles).SingleAsync(u => u.UserName == userName, stop));
        return new(user.Id, userName, user.DisplayName, user.Roles.Select(r => r.Role).ToHashSet(), AreaScope.All);
    }

    private async Task<T> Within<T>(Func<IServiceProvider, Task<T>> work)
    {
        using var scope = scopes.CreateScope();
        return await work(scope.ServiceProvider);
    }

    private static T Must<T>(Outcome<T> outcome) => outcome.Is(out var done, out var why) ? done : throw new InvalidOperationException($"sample set: {why}");

    private static partial class Log
    {
        [LoggerMessage(2101, LogLevel.Information, "Sample set laid out: {Items} items, {Plans} plans")]
        public static partial void LaidOut(ILogger log, int items, int plans);

        [LoggerMessage(2102, LogLevel.Error, "The sample set could not be laid out")]
        public static partial void Failed(ILogger log, Exception e);
    }
}
