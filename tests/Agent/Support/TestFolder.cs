using BorderInfo.Agent.Settings;

namespace BorderInfo.Tests.Agent.Support;

/// <summary>A data folder that is deleted at the end.</summary>
public sealed class TestFolder : IDisposable
{
    public TestFolder() => Data = new DataFolder(Path.Combine(Path.GetTempPath(), $"bi-agent-{Guid.NewGuid():N}")).Make();

    public DataFolder Data { get; }

    public void Dispose()
    {
        if (Directory.Exists(Data.Root))
            Directory.Delete(Data.Root, recursive: true);
    }
}
