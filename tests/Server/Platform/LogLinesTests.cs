using BorderInfo.Server.Platform.Startup;
using Serilog;

namespace BorderInfo.Tests.Server.Platform;

/// <summary>What a site or a person sends stands in the log as one line of ours and can forge no other.</summary>
public sealed class LogLinesTests
{
    [Theory]
    [InlineData("LS-0001\n08:00:00 INF Plan LS-0001/2026-0001 published by admin")]
    [InlineData("LS-0001\r\n08:00:00 INF forged")]
    [InlineData("LS-0001\u0085forged\u001b[2Kforged\0")]
    public void A_line_end_in_what_was_sent_begins_no_new_line(string sent)
    {
        var output = new StringWriter();
        using var log = Log(output);

        log.Warning("A message on a topic that is not ours: {Topic}", sent);

        var line = Assert.Single(output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.DoesNotContain(line.TrimEnd('\r', '\n'), char.IsControl);
        Assert.Contains("LS-0001·", line, StringComparison.Ordinal);
    }

    [Fact]
    public void An_exception_with_a_line_end_in_its_text_stays_set_in()
    {
        var output = new StringWriter();
        using var log = Log(output);

        log.Error(new InvalidOperationException("sent\n08:00:00 INF forged\r08:00:01 INF forged"), "Taking failed");

        var lines = output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.All(lines.Skip(1), l => Assert.StartsWith("    ", l, StringComparison.Ordinal));
        Assert.DoesNotContain(lines, l => l.TrimEnd('\r', '\n').Contains('\r', StringComparison.Ordinal));
    }

    private static Serilog.Core.Logger Log(TextWriter output) =>
        new LoggerConfiguration().WriteTo.Sink(new Lines(new OneLine("{Timestamp:HH:mm:ss} {Level:u3} {Message:lj}"), output)).CreateLogger();

    private sealed class Lines(OneLine format, TextWriter output) : Serilog.Core.ILogEventSink
    {
        public void Emit(Serilog.Events.LogEvent logEvent) => format.Format(logEvent, output);
    }
}
