namespace BorderInfo.Tests.Deploy;

/// <summary>Every script of deploy/: its shell, its help, its refusals.</summary>
public sealed class ScriptTests
{
    private static readonly string[] Names = ["install-server", "install-agent", "upgrade", "backup", "restore"];

    public static TheoryData<string> Own => [.. Names];

    private static IEnumerable<string> Scripts =>
        Directory.EnumerateFiles(Path.Combine(Room.Root, "deploy"), "*", SearchOption.AllDirectories)
            .Where(f => f.EndsWith("lib.sh", StringComparison.Ordinal) || File.ReadLines(f).FirstOrDefault() == "#!/usr/bin/env bash");

    [Fact]
    public void Every_script_is_sound_shell_and_stops_at_its_first_error()
    {
        var offences = new List<string>();

        foreach (var script in Scripts)
        {
            if (Room.Run("bash", "-n", script) is { Code: not 0 } wrong)
                offences.Add(wrong.ToString());
            if (!script.EndsWith("lib.sh", StringComparison.Ordinal) && !File.ReadAllText(script).Contains("\nset -euo pipefail\n", StringComparison.Ordinal))
                offences.Add($"{script}: set -euo pipefail is missing");
        }

        Assert.Empty(offences);
        Assert.True(Scripts.Count() >= 10);
    }

    /// <summary>shellcheck is fetched when it is not there (<see cref="Room"/>); where it cannot be had, bash -n above has to do.</summary>
    [Fact]
    public void Shellcheck_finds_nothing()
    {
        const string program = "/usr/bin/shellcheck";
        // Curly quotes and empty assignments are meant; the libraries' variables are used elsewhere.
        var ended = File.Exists(program)
            ? Room.Run(program, ["-x", "-S", "warning", "-P", Room.Root, "-e", "SC1007,SC1111,SC2034", .. Scripts.Where(s => Names.Contains(Path.GetFileName(s)) || s.Contains("/systemd/", StringComparison.Ordinal))])
            : Room.Run("true");

        Assert.True(ended.Code == 0, ended.Output);
    }

    [Theory]
    [MemberData(nameof(Own))]
    public void Help_speaks_Vietnamese_first_then_English(string script)
    {
        var ended = Room.Deploy(script, "--help");

        ended.Done();
        Assert.StartsWith("deploy/" + script, ended.Output, StringComparison.Ordinal);
        Assert.Matches("[ăâđêôơư]", ended.Output.Split('\n')[2..4].First(l => l.Length > 0 && l[0] != ' '));
        Assert.Contains(" / ", ended.Output, StringComparison.Ordinal);
        Assert.Empty(ended.Errors);
    }

    [Theory]
    [MemberData(nameof(Own))]
    public void An_unknown_option_is_refused(string script)
    {
        var ended = Room.Deploy(script, "--surprise");

        ended.Refused("Không có tùy chọn --surprise", "There is no option --surprise");
    }

    [Fact]
    public void What_is_missing_or_out_of_range_is_refused_with_what_to_do()
    {
        using var room = new Room();

        Room.Deploy("install-server", "--prefix", room["p"]).Refused("--public-host TÊN", "--public-host NAME");
        Room.Deploy("install-server", "--prefix", room["p"], "--port", "70000").Refused("từ 1 đến 65532", "from 1 to 65532");
        Room.Deploy("install-server", "--prefix", room["p"], "--public-host", "a b").Refused("chọn tên khác", "choose another name");
        Room.Deploy("install-server", "--prefix", room["p"], "--public-host", "a", "--from", room["nowhere"]).Refused("không phải bản đã biên dịch", "is not a published build");
        Room.Deploy("install-server", "--port").Refused("Thiếu giá trị cho --port", "--port has no value");
        Room.Deploy("install-agent", "--prefix", room["p"], "--site", "LS-0001").Refused("đủ bốn mục", "needs all four");
        Room.Deploy("install-agent", "--prefix", room["p"], "--screens", "2").Refused("--heads phải có 2", "--heads needs 2");
        Room.Deploy("upgrade", "--prefix", room["p"]).Refused("deploy/upgrade server hoặc", "deploy/upgrade server or");
        Room.Deploy("upgrade", "server", "--prefix", room["p"]).Refused("deploy/install-server", "run deploy/install-server");
        Room.Deploy("backup", "--data", room["p"]).Refused("--to THƯ-MỤC", "--to DIR");
        Room.Deploy("backup", "--data", room["p"], "--to", room["b"]).Refused("Không có cơ sở dữ liệu", "There is no database");
        Room.Deploy("restore", "--from", room["b"]).Refused("không phải bản sao lưu trọn vẹn", "is not a whole backup");

        Assert.Empty(Directory.EnumerateFileSystemEntries(room.Folder));
    }
}
