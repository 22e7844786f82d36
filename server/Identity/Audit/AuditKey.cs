using System.Security.Cryptography;

namespace BorderInfo.Server.Identity;

/// <summary>The key of the audit chain: 32 random bytes in <c>keys/audit.key</c>, made once.</summary>
internal sealed class AuditKey
{
    public AuditKey(DataFolder data)
    {
        var file = Path.Combine(data.Keys, "audit.key");
        if (!File.Exists(file))
            Make(file);
        Bytes = File.ReadAllBytes(file);
    }

    public byte[] Bytes { get; }

    private static void Make(string file)
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var stream = new FileStream(file + ".new", options))
        {
            stream.Write(RandomNumberGenerator.GetBytes(32));
            stream.Flush(flushToDisk: true);
        }

        File.Move(file + ".new", file);
    }
}
