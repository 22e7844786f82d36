using BorderInfo.Server.Platform;
using BorderInfo.Tests.Server.Support;

namespace BorderInfo.Tests.Server.Platform;

public sealed class DataFolderTests : IDisposable
{
    private const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private readonly string root = Directory.CreateTempSubdirectory("borderinfo-test-").FullName;

    [Fact]
    public void The_data_folder_and_everything_in_it_is_closed_to_everybody_but_the_owner_also_when_it_was_open_before()
    {
        if (OperatingSystem.IsWindows())
            return;
        File.SetUnixFileMode(root, Owner | UnixFileMode.GroupRead | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);
        Directory.CreateDirectory(Path.Combine(root, "keys"), Owner | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);
        var data = new DataFolder(root);

        data.Open();
        string[] parts = [data.Content, data.Keys, data.Broker, data.Logs, data.Work, data.Screens];

        Assert.All([root, .. parts], p => Assert.Equal(Owner, File.GetUnixFileMode(p)));
    }

    [Fact]
    public async Task A_started_server_leaves_nothing_of_its_own_readable_to_others()
    {
        if (OperatingSystem.IsWindows())
            return;
        using var server = new ServerUnderTest();

        await server.CreateClient().GetAsync("/");

        Assert.Equal(Owner, File.GetUnixFileMode(server.Folder));
        Assert.All(Directory.GetFiles(Path.Combine(server.Folder, "keys"), "*.key"), k => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(k)));
    }

    public void Dispose() => Directory.Delete(root, recursive: true);
}
