using System.Globalization;
using BorderInfo.Agent.Settings;

namespace BorderInfo.Agent.Service;

/// <summary>The words after the program's name: a command, its plain words, and <c>--name value</c> pairs.</summary>
public sealed class CommandLine
{
    private static readonly string[] Flags = ["--help", "--version", "--json"];

    private readonly Dictionary<string, string> options = new(StringComparer.Ordinal);

    private CommandLine()
    {
    }

    public List<string> Words { get; } = [];

    /// <exception cref="PlainTrouble">An option without its value, or one that no command knows.</exception>
    public static CommandLine Parse(string[] args, params string[] known)
    {
        var line = new CommandLine();
        for (var i = 0; i < args.Length; i++)
        {
            if (!args[i].StartsWith("--", StringComparison.Ordinal))
                line.Words.Add(args[i]);
            else if (Flags.Contains(args[i]))
                line.options[args[i]] = "";
            else if (!known.Contains(args[i]))
                throw Unknown(args[i]);
            else if (i + 1 == args.Length)
                throw Without(args[i]);
            else
                line.options[args[i]] = args[++i];
        }

        return line;
    }

    public bool Has(string option) => options.ContainsKey(option);

    public string? Value(string option) => options.GetValueOrDefault(option);

    /// <exception cref="PlainTrouble">It is not there.</exception>
    public string Needed(string option) => Value(option) ?? throw Without(option);

    /// <summary>An instant with its offset; without one it is UTC.</summary>
    /// <exception cref="PlainTrouble">It is not there or not an instant.</exception>
    public DateTimeOffset Instant(string option) =>
        DateTimeOffset.TryParse(Needed(option), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at)
            ? at
            : throw new PlainTrouble(
                $"{option} phải là thời điểm, ví dụ 2026-11-21T08:00:00+07:00.",
                $"{option} has to be an instant, for example 2026-11-21T08:00:00+07:00.");

    private static PlainTrouble Unknown(string option) => new(
        $"Không có tùy chọn {option}: hãy xem “borderinfo-agent --help”.",
        $"There is no option {option}: see “borderinfo-agent --help”.");

    private static PlainTrouble Without(string option) => new(
        $"Thiếu giá trị cho {option}: hãy xem “borderinfo-agent --help”.",
        $"{option} is missing or has no value: see “borderinfo-agent --help”.");
}
