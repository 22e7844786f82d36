using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Microsoft.Data.Sqlite;

namespace BorderInfo.Server.Platform.Startup;

/// <summary>Why the server cannot start, as one sentence in both languages that says what to do. Ends the process with code 2.</summary>
public sealed class CannotStart(string vietnamese, string english, Exception? inner = null) : Exception($"{vietnamese}\n{english}", inner)
{
    public const int ExitCode = 2;

    /// <summary>What an exception of the start means to the operator; null = a bug, to be shown whole.</summary>
    public static CannotStart? From(Exception e, DataFolder data) => e switch
    {
        CannotStart known => known,
        SqliteException { SqliteErrorCode: 11 or 26 } => new(
            $"Không đọc được cơ sở dữ liệu {data.Database}. Hãy khôi phục từ bản sao lưu (deploy/README.md, mục Sao lưu).",
            $"The database {data.Database} cannot be read. Restore it from a backup (deploy/README.md, Backup).", e),
        SqliteException { SqliteErrorCode: 13 } or IOException { HResult: 28 } => new(
            $"Đĩa chứa {data.Root} đã đầy. Hãy giải phóng dung lượng rồi khởi động lại.",
            $"The disk of {data.Root} is full. Free some space and start again.", e),
        SqliteException { SqliteErrorCode: 8 or 14 } or UnauthorizedAccessException => new(
            $"Không ghi được vào {data.Root}. Hãy cấp quyền ghi cho tài khoản {Environment.UserName} hoặc chọn --data khác.",
            $"{data.Root} cannot be written. Give {Environment.UserName} the right to write there or choose another --data.", e),
        _ => null,
    };

    /// <summary>Throws when an address is taken, before anything is started.</summary>
    public static void NeedsPort(string address, int port, string option)
    {
        if (port is < 1 or > 65535)
            throw new CannotStart($"Cổng {port} không hợp lệ (1–65535). Hãy sửa --{option}.", $"Port {port} is not valid (1–65535). Correct --{option}.");
        try
        {
            using var probe = new TcpListener(IPAddress.Parse(address), port);
            probe.Start();
        }
        catch (SocketException e)
        {
            var number = port.ToString(CultureInfo.InvariantCulture);
            throw new CannotStart(
                $"Cổng {number} trên {address} đang bị chương trình khác dùng hoặc không được phép mở. Hãy chọn cổng khác bằng --{option}.",
                $"Port {number} on {address} is taken by another program or not allowed. Choose another with --{option}.", e);
        }
    }
}
