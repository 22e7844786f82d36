namespace BorderInfo.Agent.Settings;

/// <summary>Every file of one site PC, below one folder.</summary>
public sealed class DataFolder(string root)
{
    public string Root { get; } = Path.GetFullPath(root);

    /// <summary>Written by the technician, see <see cref="AgentSettings"/>.</summary>
    public string Settings => Path.Combine(Root, "agent.json");

    /// <summary>Written by <c>enrol</c>: site, certificate, authority, plan keys, brokers, server.</summary>
    public string Identity => Path.Combine(Root, "identity.json");

    /// <summary>The site's private key, mode 0600, as enrolment made it; a renewal makes another file, named in <see cref="Identity"/>.</summary>
    public string Key => Path.Combine(Root, "site.key.pem");

    /// <summary>The key that belongs to a renewed certificate.</summary>
    public string RenewedKey(string name) => Path.Combine(Root, name);

    public string Database => Path.Combine(Root, "agent.db");

    /// <summary>Numbers that are never used again, kept outside the database.</summary>
    public string HighWater => Path.Combine(Root, "highwater.json");

    /// <summary>Disk space held back for the journal.</summary>
    public string Reserve => Path.Combine(Root, "reserve.bin");

    public string Shelf => Path.Combine(Root, "shelf");

    /// <exception cref="PlainTrouble">The folder cannot be made.</exception>
    public DataFolder Make()
    {
        try
        {
            Private(Root);
            Private(Shelf);
            return this;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new PlainTrouble(
                $"Không tạo được thư mục dữ liệu {Root}: hãy chọn thư mục khác bằng --data hoặc cấp quyền ghi cho tài khoản đang chạy.",
                $"The data folder {Root} cannot be made: choose another one with --data or give this account the right to write there.",
                e);
        }
    }

    /// <summary>Made where it is missing, and closed to everybody but the owner: keys, plans and media are nobody else's.</summary>
    private static void Private(string path)
    {
        const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(path);
        else if (Directory.CreateDirectory(path, Owner).UnixFileMode != Owner)
            File.SetUnixFileMode(path, Owner);
    }
}
