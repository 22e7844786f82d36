using BorderInfo.Agent.Settings;

namespace BorderInfo.Tests.Agent.Store;

public sealed class DataFolderTests
{
    [Fact]
    public void The_data_folder_is_closed_to_everybody_but_the_owner_also_when_it_was_open_before()
    {
        if (OperatingSystem.IsWindows())
            return;
        const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        var root = Directory.CreateTempSubdirectory("bi-agent-").FullName;
        File.SetUnixFileMode(root, Owner | UnixFileMode.GroupRead | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);

        var folder = new DataFolder(root).Make();

        Assert.Equal((Owner, Owner), (File.GetUnixFileMode(root), File.GetUnixFileMode(folder.Shelf)));
        Directory.Delete(root, recursive: true);
    }
}
