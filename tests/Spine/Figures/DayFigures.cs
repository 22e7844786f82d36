using BorderInfo.Tests.Spine.Day;

namespace BorderInfo.Tests.Spine.Figures;

/// <summary>A day of virtual time with the link cut; see <see cref="CutLink"/> for what is real in it.</summary>
public sealed class DayFigures
{
    [BenchFact]
    public async Task Day()
    {
        var sheet = new Sheet("link cut for a day of virtual time");
        var result = await CutLink.For(TimeSpan.FromDays(1));
        sheet.Count("changes on three outputs that were not as the plan says", result.Shown, result.Wrong.Count);
        sheet.Count("plays lost, doubled or unlike the plan in the server's records", result.Reported, result.Unlike.Count);
        sheet.Count("plays the report counts too many or too few", result.ToCount, Math.Abs(result.Counted - result.ToCount));
        sheet.Row("the day took, without its link", [result.Playing.TotalSeconds], "s");
        sheet.Row("everything reported after the link was back", [result.Reporting.TotalSeconds], "s");
        foreach (var line in result.Wrong.Concat(result.Unlike).Take(10))
            sheet.Say("   " + line);
        sheet.Say("   Real: server, database, broker, TLS, agent and its store. Virtual: the clock of both. Recorded: the players.");
        sheet.End();
    }
}
