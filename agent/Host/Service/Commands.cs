using System.Text.Json;
using BorderInfo.Agent.Enrol;
using BorderInfo.Agent.Settings;
using BorderInfo.Agent.Store;
using BorderInfo.Contract;
using BorderInfo.Contract.Plans;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Console;

namespace BorderInfo.Agent.Service;

/// <summary>The program's commands. Exit codes: 0 done, 1 a bug, 2 something the person at the machine has to put right.</summary>
public static class Commands
{
    public const string Help =
        """
        borderinfo-agent – chương trình phát tại điểm / site agent

          run [--data DIR]          phát theo kế hoạch, gửi nhật ký / play the plan, send the journal (mặc định / default)
          enrol --server https://HOST:PORT --site LS-0001 --code XXXX-XXXX-XXXX-XXXX --fingerprint SHA256 [--data DIR]
                                    đăng ký máy này với máy chủ / enrol this machine with the server
          status [--data DIR]       trạng thái dạng JSON, không dùng mạng / state as JSON, without network
          plan timeline FILE|--data DIR --output O --from T --to T [--json]
                                    lịch phát theo kế hoạch / what the plan says over a time
          plan why FILE|--data DIR --output O --at T [--json]
                                    vì sao nội dung này đang phát, vì sao lịch khác không / what is on air at T, why, and why not the others
          --help  --version

        DIR mặc định / default: /var/lib/borderinfo-agent
        T: 2026-11-21T08:00:00+07:00
        """;

    public const string DefaultData = "/var/lib/borderinfo-agent";

    public static async Task<int> Run(string[] args, TextWriter output, TextWriter errors)
    {
        try
        {
            var line = CommandLine.Parse(args, "--data", "--server", "--site", "--code", "--fingerprint", "--output", "--from", "--to", "--at");
            if (line.Has("--version"))
                return Say(output, AgentVersion.Text);
            if (line.Has("--help"))
                return Say(output, Help);
            return line.Words switch
            {
                [] or ["run"] => await Run(Folder(line)),
                ["enrol"] => await Enrol(line, output),
                ["status"] => Say(output, JsonSerializer.Serialize(AgentStatus.Of(Folder(line)), AgentJson.Default.AgentStatus)),
                ["plan", "timeline", ..] => Timeline(line, output),
                ["plan", "why", ..] => Why(line, output),
                _ => throw new PlainTrouble(
                    $"Không có lệnh “{string.Join(' ', line.Words)}”: hãy xem “borderinfo-agent --help”.",
                    $"There is no command “{string.Join(' ', line.Words)}”: see “borderinfo-agent --help”."),
            };
        }
        catch (PlainTrouble trouble)
        {
            await errors.WriteLineAsync(trouble.Vietnamese);
            await errors.WriteLineAsync(trouble.English);
            return 2;
        }
    }

    private static async Task<int> Run(DataFolder folder)
    {
        folder.Make();
        var settings = AgentSettings.Load(folder);
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Logging.SetMinimumLevel(Enum.Parse<LogLevel>(settings.LogLevel));
        builder.Logging.AddSimpleConsole(o =>
        {
            o.TimestampFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z' ";
            o.UseUtcTimestamp = true;
            o.SingleLine = true;
            o.ColorBehavior = LoggerColorBehavior.Disabled;
        });
        builder.Services.AddSingleton(s => new AgentHost(folder, settings, new AgentWorld(), s.GetRequiredService<ILoggerFactory>()));
        builder.Services.AddHostedService<AgentService>();
        using var host = builder.Build();
        await host.RunAsync();
        return 0;
    }

    private static async Task<int> Enrol(CommandLine line, TextWriter output)
    {
        var folder = Folder(line).Make();
        if (!Uri.TryCreate(line.Needed("--server"), UriKind.Absolute, out var server) || server.Scheme != "https")
            throw new PlainTrouble("--server phải có dạng https://TÊN-MÁY:CỔNG.", "--server has to look like https://HOST:PORT.");
        if (!SiteId.TryParse(line.Needed("--site"), out var site))
            throw new PlainTrouble("--site phải có dạng LS-0001.", "--site has to look like LS-0001.");
        var ask = new EnrolSite.Ask(server, site, line.Needed("--code"), line.Needed("--fingerprint"), AgentVersion.Text);
        var identity = await new EnrolSite(folder, new HighWater(folder)).Handle(ask, CancellationToken.None);
        return Say(output, $"Đã đăng ký {identity.Site} với {identity.Server}. / {identity.Site} is enrolled with {identity.Server}.");
    }

    private static int Timeline(CommandLine line, TextWriter output)
    {
        var plan = PlanOf(line);
        var rows = PlanPages.Timeline(plan, OutputOf(line, plan), line.Instant("--from"), line.Instant("--to"));
        return line.Has("--json")
            ? Say(output, JsonSerializer.Serialize(rows, AgentJson.Default.IReadOnlyListTimelineRow))
            : Say(output, string.Join(Environment.NewLine, rows.Select(r => PlanPages.Line(r, plan))));
    }

    private static int Why(CommandLine line, TextWriter output)
    {
        var plan = PlanOf(line);
        var why = PlanPages.Why(plan, OutputOf(line, plan), line.Instant("--at"));
        return Say(output, line.Has("--json") ? JsonSerializer.Serialize(why, AgentJson.Default.WhyPage) : string.Join(Environment.NewLine, PlanPages.Lines(why, plan)));
    }

    private static PlayPlan PlanOf(CommandLine line) => line.Words.Count > 2 ? PlanPages.Read(line.Words[2]) : AgentStatus.PlanOf(Folder(line));

    private static OutputId OutputOf(CommandLine line, PlayPlan plan) =>
        OutputId.TryParse(line.Needed("--output"), out var id) && plan.Outputs.Any(o => o.Id == id)
            ? id
            : throw new PlainTrouble(
                $"Kế hoạch không có đầu ra {line.Needed("--output")}: hãy chọn một trong {string.Join(", ", plan.Outputs.Select(o => o.Id))}.",
                $"The plan has no output {line.Needed("--output")}: choose one of {string.Join(", ", plan.Outputs.Select(o => o.Id))}.");

    private static DataFolder Folder(CommandLine line) => new(line.Value("--data") ?? DefaultData);

    private static int Say(TextWriter output, string text)
    {
        output.WriteLine(text);
        return 0;
    }
}
