using System.Text.Json;
using BorderInfo.Agent.Service;
using BorderInfo.Agent.Settings;
using BorderInfo.Contract;
using BorderInfo.Contract.Plans;

namespace BorderInfo.Tests.Agent.Service;

public sealed class CommandTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 21, 1, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task The_timeline_of_a_plan_file_is_gapless_and_why_names_the_entry()
    {
        using var folder = new TestFolder();
        using var plans = new SamplePlan(Start);
        var file = Path.Combine(folder.Data.Root, "plan.json");
        File.WriteAllBytes(file, JsonSerializer.SerializeToUtf8Bytes(plans.Rotation(1, 20, 1, 2), ContractJson.Wire.PlayPlan));

        var timeline = await Run("plan", "timeline", file, "--output", "LCD-1", "--from", "2026-11-21T08:00:00+07:00", "--to", "2026-11-21T08:01:00+07:00", "--json");
        var why = await Run("plan", "why", file, "--output", "LCD-1", "--at", "2026-11-21T08:00:05+07:00");

        var rows = JsonSerializer.Deserialize(timeline.Said, AgentJson.Default.IReadOnlyListTimelineRow)!;
        Assert.Equal(Start, rows[0].From);
        Assert.Equal(Start.AddMinutes(1), rows[^1].Until);
        Assert.All(rows.Zip(rows.Skip(1)), p => Assert.Equal(p.First.Until, p.Second.From));
        Assert.Contains("[L-1]", why.Said, StringComparison.Ordinal);
        Assert.Contains("on air", why.Said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Why_says_in_both_languages_that_an_item_is_outside_its_times_and_when_the_next_begins()
    {
        using var folder = new TestFolder();
        using var plans = new SamplePlan(Start);
        var notice = plans.Item(1, SamplePlan.Screen, 10) with { Times = [new(Start.AddHours(6.5), Start.AddHours(8.5))] };
        var file = Path.Combine(folder.Data.Root, "plan.json");
        File.WriteAllBytes(file, JsonSerializer.SerializeToUtf8Bytes(plans.Plan(1, [notice], [plans.Entry("L-1", Tier.Programme, SamplePlan.Screen, 1)]) with { Level = 5 }, ContractJson.Wire.PlayPlan));

        var (before, over) = (await Why("2026-11-21T08:00:00+07:00"), await Why("2026-11-21T20:00:00+07:00"));

        Assert.Contains("T-1: ngoài khung giờ của tin, bài / outside its times ↻ 2026-11-21 14:30:00", before.Said, StringComparison.Ordinal);
        Assert.Contains("T-1: ngoài khung giờ của tin, bài / outside its times" + Environment.NewLine, over.Said, StringComparison.Ordinal);

        Task<(int, string Said, string)> Why(string at) => Run("plan", "why", file, "--output", "LCD-1", "--at", at);
    }

    [Theory]
    [InlineData("status", "chưa đăng ký")]
    [InlineData("nothing", "Không có lệnh")]
    [InlineData("--wrong", "Không có tùy chọn")]
    [InlineData("enrol", "Thiếu giá trị cho --server")]
    public async Task Trouble_is_one_sentence_a_language_and_exit_code_2(string command, string said)
    {
        using var folder = new TestFolder();

        var (code, _, errors) = command.StartsWith("--", StringComparison.Ordinal) ? await Run(command) : await Run(command, "--data", folder.Data.Root);

        Assert.Equal(2, code);
        Assert.Contains(said, errors, StringComparison.Ordinal);
        Assert.Equal(2, errors.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
    }

    [Theory]
    [InlineData("""{"healthSeconds": 4}""", "healthSeconds")]
    [InlineData("""{"vo": "magic"}""", "vo")]
    [InlineData("""{"screens": {"0": ":0"}}""", "screens")]
    [InlineData("""{"audio": {"1": ""}}""", "audio")]
    [InlineData("""{"helthSeconds": 30}""", "helthSeconds")]
    [InlineData("""{"vo": "x11", "vo": "gpu"}""", "vo")]
    [InlineData("not json", "JSON")]
    public void A_bad_setting_is_told_by_name(string json, string named)
    {
        using var folder = new TestFolder();
        File.WriteAllText(folder.Data.Settings, json);

        var trouble = Assert.Throws<PlainTrouble>(() => AgentSettings.Load(folder.Data));

        Assert.Contains(named, trouble.Vietnamese, StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_settings_file_does_not_name_has_its_default()
    {
        using var folder = new TestFolder();
        File.WriteAllText(folder.Data.Settings, """{"screens": {"1": ":101"}}""");

        var settings = AgentSettings.Load(folder.Data);

        Assert.Equal((":101", 30, "gpu", 64), (settings.Screens["1"], settings.HealthSeconds, settings.Vo, settings.ReserveMb));
    }

    private static async Task<(int Code, string Said, string Errors)> Run(params string[] args)
    {
        var (said, errors) = (new StringWriter(), new StringWriter());
        return (await Commands.Run(args, said, errors), said.ToString(), errors.ToString());
    }
}
