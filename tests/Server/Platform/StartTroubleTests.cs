using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using BorderInfo.Tests.Server.Support;

namespace BorderInfo.Tests.Server.Platform;

/// <summary>The real program, started where it cannot start: it ends with code 2 and one sentence in each language that says what to do.</summary>
public sealed class StartTroubleTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("borderinfo-start-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task A_database_that_is_none_is_to_be_restored()
    {
        await File.WriteAllTextAsync(Path.Combine(folder, "borderinfo.db"), new string('x', 8192));

        var said = await Start(folder);

        Assert.Equal([$"Không đọc được cơ sở dữ liệu {folder}/borderinfo.db. Hãy khôi phục từ bản sao lưu (deploy/README.md, mục Sao lưu).", $"The database {folder}/borderinfo.db cannot be read. Restore it from a backup (deploy/README.md, Backup)."], said);
        Assert.Equal(8192, new FileInfo(Path.Combine(folder, "borderinfo.db")).Length);
    }

    [Fact]
    public async Task A_database_that_may_not_be_opened_asks_for_the_right_to()
    {
        Directory.CreateDirectory(Path.Combine(folder, "borderinfo.db"));

        var said = await Start(folder);

        Assert.Contains("Hãy cấp quyền ghi", said[0], StringComparison.Ordinal);
        Assert.Contains("Give ", said[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_port_that_is_taken_is_named_with_its_option()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;

        var said = await Start(folder, "--port", $"{port}");

        Assert.Equal($"Port {port} on 127.0.0.1 is taken by another program or not allowed. Choose another with --port.", said[1]);
    }

    [Fact]
    public async Task A_deadline_that_no_calendar_has_is_asked_about()
    {
        var said = await Start(folder, "--reports:yearDue", "31/11");

        Assert.Equal("The day 31/11 of reports:yearDue is not in the calendar. Write day/month, for example 15/12, or “off” for no reminder.", said[1]);
    }

    [RootFact]
    public async Task A_full_disk_is_to_be_freed()
    {
        using var disk = new SmallDisk(1);
        disk.Fill();

        var said = await Start(disk.Folder);

        Assert.Equal([$"Đĩa chứa {disk.Folder} đã đầy. Hãy giải phóng dung lượng rồi khởi động lại.", $"The disk of {disk.Folder} is full. Free some space and start again."], said);
    }

    /// <returns>The lines on standard error.</returns>
    private static async Task<string[]> Start(string data, params string[] more)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(Program).Assembly.Location, "--data", data, .. more.Contains("--port") ? more : [.. more, "--broker", "off", "--port", "1"]]) { RedirectStandardError = true, RedirectStandardOutput = true };
        using var server = Process.Start(start)!;
        var output = server.StandardOutput.ReadToEndAsync();
        var said = server.StandardError.ReadToEndAsync();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        try
        {
            await server.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            server.Kill(entireProcessTree: true);
            Assert.Fail($"it started: {await output} {await said}");
        }

        Assert.True(server.ExitCode == 2, $"{server.ExitCode}: {await output} {await said}");
        return (await said).TrimEnd().Split('\n');
    }
}
