using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace BorderInfo.Tests.Deploy;

/// <summary>Installation and upgrade below a prefix, with small stand-ins for the published programs.</summary>
public sealed class InstallTests : IDisposable
{
    private readonly Room room = new();

    private string Current(string kind) => new DirectoryInfo(room[$"p/opt/borderinfo/{kind}/current"]).ResolveLinkTarget(false)!.Name;

    public void Dispose() => room.Dispose();

    [Fact]
    public void The_server_is_laid_out_and_its_unit_is_sound()
    {
        InstallServer(8080).Done();

        var unit = File.ReadAllText(room["p/etc/systemd/system/borderinfo-server.service"]);
        Assert.DoesNotContain("@", unit.Split('\n').Where(l => l.Contains('=', StringComparison.Ordinal) && !l.StartsWith("SystemCallFilter", StringComparison.Ordinal)).Aggregate("", string.Concat), StringComparison.Ordinal);
        Assert.Contains("--data /var/lib/borderinfo", unit, StringComparison.Ordinal);
        Assert.Contains("publicHost=thongtin.example.vn", File.ReadAllText(room["p/etc/borderinfo/server.conf"]), StringComparison.Ordinal);
        Assert.StartsWith("0.1.0-", Current("server"), StringComparison.Ordinal);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(room["p/var/lib/borderinfo"]));
        UnitIsSound("borderinfo-server.service");
    }

    [Fact]
    public void A_second_installation_keeps_settings_and_version()
    {
        InstallServer(8080).Done();
        File.AppendAllText(room["p/etc/borderinfo/server.conf"], "agentPort=9443\n");
        var version = Current("server");

        Room.Deploy("install-server", "--prefix", room["p"], "--no-start").Done();

        Room.Deploy("install-server", "--prefix", room["p"], "--data", "/srv/elsewhere").Refused("hãy bỏ --data", "leave out --data");
        Assert.Equal(version, Current("server"));
        Assert.Contains("agentPort=9443", File.ReadAllText(room["p/etc/borderinfo/server.conf"]), StringComparison.Ordinal);
    }

    [Fact]
    public void The_agent_is_laid_out_with_its_display_and_enrolled()
    {
        var ended = Room.Deploy("install-agent", "--prefix", room["p"], "--from", AgentBuild("a", 0), "--screens", "2", "--heads", "HDMI-1,HDMI-2", "--speakers", "1",
            "--server", "https://s.example.vn:8081", "--site", "LS-0001", "--code", "AAAA-BBBB-CCCC-DDDD", "--fingerprint", "00ff");

        ended.Done();
        Assert.Contains("--site LS-0001 --code AAAA-BBBB-CCCC-DDDD --fingerprint 00ff", File.ReadAllText(room["p/var/lib/borderinfo-agent/identity.json"]), StringComparison.Ordinal);
        using var settings = System.Text.Json.JsonDocument.Parse(File.ReadAllText(room["p/var/lib/borderinfo-agent/agent.json"]));
        Assert.Equal(":0.1", settings.RootElement.GetProperty("screens").GetProperty("2").GetString());
        Assert.Contains("\"ZaphodHeads\" \"HDMI-2\"", File.ReadAllText(room["p/etc/X11/xorg.conf.d/20-borderinfo.conf"]), StringComparison.Ordinal);
        UnitIsSound("borderinfo-agent.service", "borderinfo-display.service");
    }

    [Fact]
    public async Task An_upgrade_goes_forward_goes_back_and_comes_back_alone_when_it_is_not_well()
    {
        using var door = new HealthDoor(() => !File.Exists(room["p/opt/borderinfo/server/current/broken"]));
        InstallServer(door.Port).Done();
        Room.Sql(room["p/var/lib/borderinfo/borderinfo.db"], "CREATE TABLE t(n)");
        var first = Current("server");
        var serving = door.Serve();

        Upgrade("--from", ServerBuild("2", "0.2.0")).Done();
        var second = Current("server");
        var broken = Upgrade("--from", ServerBuild("3", "0.3.0", broken: true));
        var afterBroken = Current("server");
        Upgrade("--back").Done();
        var back = Current("server");
        for (var n = 4; n < 8; n++)
            Upgrade("--from", ServerBuild($"{n}", $"0.{n}.0")).Done();
        var kept = Directory.EnumerateDirectories(room["p/opt/borderinfo/server"], "0.*").Count();
        door.Stop();
        await serving;

        Assert.StartsWith("0.2.0-", second, StringComparison.Ordinal);
        broken.Refused("đã quay về " + second, second + " runs again");
        Assert.Equal(second, afterBroken);
        Assert.Equal(first, back);
        Assert.StartsWith("0.7.0-", Current("server"), StringComparison.Ordinal);
        Assert.Equal(3, kept);
        Assert.NotEmpty(Directory.EnumerateFiles(room["backups"], "borderinfo.db", SearchOption.AllDirectories));
    }

    [Fact]
    public void An_agent_that_cannot_tell_its_state_is_replaced_by_the_one_before()
    {
        Room.Deploy("install-agent", "--prefix", room["p"], "--from", AgentBuild("a", 0), "--no-display").Done();
        room.Write("p/var/lib/borderinfo-agent/identity.json", "{}");
        var first = Current("agent");

        var ended = Room.Deploy("upgrade", "agent", "--prefix", room["p"], "--backup-to", room["backups"], "--patience", "1", "--from", AgentBuild("b", 1));

        ended.Refused("đã quay về " + first, first + " runs again");
        Assert.Equal(first, Current("agent"));
    }

    private Ended InstallServer(int port) => Room.Deploy(
        "install-server", "--prefix", room["p"], "--from", ServerBuild("1", "0.1.0"), "--public-host", "thongtin.example.vn", "--port", port.ToString(CultureInfo.InvariantCulture));

    private Ended Upgrade(params string[] more) => Room.Deploy("upgrade", ["server", "--prefix", room["p"], "--backup-to", room["backups"], "--patience", "2", .. more]);

    private string ServerBuild(string name, string version, bool broken = false)
    {
        room.Write($"{name}/borderinfo-server", "#!/bin/sh\n", executable: true);
        room.Write($"{name}/borderinfo-server.deps.json", $"{{\n  \"libraries\": {{\n    \"borderinfo-server/{version}\": {{}}\n  }}\n}}\n");
        if (broken)
            room.Write($"{name}/broken", "");
        return room[name];
    }

    private string AgentBuild(string name, int statusCode)
    {
        room.Write($"{name}/borderinfo-agent", $"""
            #!/usr/bin/env bash
            case $1 in
              --version) echo 0.1.0 ;;
              status) exit {statusCode} ;;
              enrol) echo "$@" >"{room["p/var/lib/borderinfo-agent/identity.json"]}" ;;
            esac
            """, executable: true);
        return room[name];
    }

    /// <summary>systemd itself reads the unit; the programs it starts are looked for below the prefix.</summary>
    private void UnitIsSound(params string[] names)
    {
        foreach (var name in names)
        {
            var copy = room.Write($"verify/{name}", File.ReadAllText(room[$"p/etc/systemd/system/{name}"])
                .Replace("/opt/borderinfo", room["p/opt/borderinfo"], StringComparison.Ordinal)
                .Replace("/var/lib/borderinfo", room["p/var/lib/borderinfo"], StringComparison.Ordinal)
                .Replace("/etc/borderinfo", room["p/etc/borderinfo"], StringComparison.Ordinal));

            var ended = Room.Run("systemd-analyze", "verify", "--man=no", "--recursive-errors=no", copy);

            Assert.True(ended.Code == 0 && !ended.Errors.Contains(name, StringComparison.Ordinal), ended.ToString());
        }
    }

    /// <summary>The server's /healthz as the script asks for it: 200 while the version behind "current" is well, else 503.</summary>
    private sealed class HealthDoor(Func<bool> well) : IDisposable
    {
        private readonly TcpListener door = Opened();

        public int Port => ((IPEndPoint)door.LocalEndpoint).Port;

        public async Task Serve()
        {
            try
            {
                while (true)
                {
                    using var client = await door.AcceptTcpClientAsync();
                    await using var stream = client.GetStream();
                    await stream.ReadAtLeastAsync(new byte[4096], 16, throwOnEndOfStream: false);
                    var status = well() ? "200 OK" : "503 Service Unavailable";
                    await stream.WriteAsync(System.Text.Encoding.ASCII.GetBytes($"HTTP/1.1 {status}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"));
                }
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException)
            {
                return;
            }
        }

        public void Stop() => door.Stop();

        public void Dispose() => door.Dispose();

        private static TcpListener Opened()
        {
            var listener = new TcpListener(IPAddress.Loopback, 0);
            listener.Start();
            return listener;
        }
    }
}
