using BorderInfo.Agent.Enrol;
using BorderInfo.Agent.Plans;
using BorderInfo.Agent.Settings;
using BorderInfo.Agent.Store;
using BorderInfo.Contract;
using BorderInfo.Contract.Messages;
using BorderInfo.Contract.Plans;
using Microsoft.Data.Sqlite;

namespace BorderInfo.Agent.Service;

/// <summary>Answer of <c>status</c>: what is on the disk. Asks nobody, starts nothing, changes nothing; may be asked while the agent runs.</summary>
public sealed record AgentStatus
{
    public required string Version { get; set; }

    public required string Site { get; set; }

    public required string Server { get; set; }

    public required DateTimeOffset CertificateUntil { get; set; }

    public long Boot { get; set; }

    public string? ActivePlan { get; set; }

    public string? WantedPlan { get; set; }

    public string? PreviousPlan { get; set; }

    /// <summary>Files of the active plan that are not on the shelf.</summary>
    public int FilesMissing { get; set; }

    public long LastPlaySeq { get; set; }

    public long LastEventSeq { get; set; }

    public long AcknowledgedPlaySeq { get; set; }

    public long AcknowledgedEventSeq { get; set; }

    public int OnAirNow { get; set; }

    public DateTimeOffset ClockFloor { get; set; }

    public long DiskFreeBytes { get; set; }

    /// <exception cref="PlainTrouble">Not enrolled, or the database cannot be read.</exception>
    public static AgentStatus Of(DataFolder folder)
    {
        var identity = SiteIdentity.Load(folder);
        var marks = new HighWater(folder).Marks;
        var status = new AgentStatus
        {
            Version = AgentVersion.Text,
            Site = identity.Site.Value,
            Server = identity.Server.ToString(),
            CertificateUntil = identity.Certificate.NotAfter.ToUniversalTime(),
            Boot = marks.Boot,
            ClockFloor = marks.Floor,
            DiskFreeBytes = Reserve.FreeBytesOf(folder.Root),
        };
        if (File.Exists(folder.Database))
            status.ReadDatabase(folder, identity);
        return status;
    }

    /// <summary>The active plan of a data folder, its seal checked.</summary>
    /// <exception cref="PlainTrouble">There is none.</exception>
    public static PlayPlan PlanOf(DataFolder folder)
    {
        var identity = SiteIdentity.Load(folder);
        var none = new PlainTrouble(
            $"Trong {folder.Root} chưa có kế hoạch phát: hãy chờ máy chủ gửi kế hoạch đầu tiên.",
            $"There is no plan in {folder.Root} yet: wait for the server to send the first one.");
        if (!File.Exists(folder.Database))
            throw none;
        using var connection = Open(folder);
        var sealedBytes = connection.One("SELECT sealed FROM plan WHERE place='active'") as byte[] ?? throw none;
        return AcceptPlan.Unseal(sealedBytes, identity.PlanKeys).Is(out var plan, out _) ? plan : throw none;
    }

    private void ReadDatabase(DataFolder folder, SiteIdentity identity)
    {
        try
        {
            using var connection = Open(folder);
            long Number(string sql) => (long?)connection.One(sql) ?? 0;
            string? Plan(string place) => (string?)connection.One("SELECT number FROM plan WHERE place=$1", place);
            (ActivePlan, WantedPlan, PreviousPlan) = (Plan("active"), Plan("wanted"), Plan("previous"));
            (AcknowledgedPlaySeq, AcknowledgedEventSeq) = (Number("SELECT value FROM mark WHERE name='acknowledged-play'"), Number("SELECT value FROM mark WHERE name='acknowledged-event'"));
            (LastPlaySeq, LastEventSeq) = (Math.Max(AcknowledgedPlaySeq, Number("SELECT max(seq) FROM play")), Math.Max(AcknowledgedEventSeq, Number("SELECT max(seq) FROM event")));
            OnAirNow = (int)Number("SELECT count(*) FROM airing");
            if (connection.One("SELECT sealed FROM plan WHERE place='active'") is byte[] bytes && AcceptPlan.Unseal(bytes, identity.PlanKeys).Is(out var plan, out _))
                FilesMissing = plan.Files.Count(f => new Shelf(folder, 0).Look(f) == OnShelf.Missing);
        }
        catch (SqliteException e)
        {
            throw new PlainTrouble(
                $"Không đọc được cơ sở dữ liệu {folder.Database}: hãy khởi động lại chương trình để tự tạo lại ({e.Message}).",
                $"The database {folder.Database} cannot be read: start the agent again, it will begin a new one ({e.Message}).",
                e);
        }
    }

    private static SqliteConnection Open(DataFolder folder)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = folder.Database, Mode = SqliteOpenMode.ReadOnly, ForeignKeys = true, Pooling = false }.ToString());
        connection.Open();
        return connection;
    }
}
