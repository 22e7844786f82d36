using Serilog.Events;
using Serilog.Formatting;
using Serilog.Formatting.Display;

namespace BorderInfo.Server.Platform.Startup;

/// <summary>Writes each event on one line: what a site or a person sent cannot forge a line of its own. A stack trace of ours follows on lines of its own, each set in.</summary>
internal sealed class OneLine(string template) : ITextFormatter
{
    private readonly MessageTemplateTextFormatter line = new(template, System.Globalization.CultureInfo.InvariantCulture);

    public void Format(LogEvent logEvent, TextWriter output)
    {
        using var text = new StringWriter();
        line.Format(logEvent, text);
        output.WriteLine(Tame(text.ToString()));
        if (logEvent.Exception is { } trouble)
            output.WriteLine("    " + string.Join("\n    ", trouble.ToString().Split('\n').Select(Tame)));
    }

    private static string Tame(string text) => string.Concat(text.Select(c => char.IsControl(c) ? '\u00b7' : c));
}
