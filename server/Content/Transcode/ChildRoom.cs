using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace BorderInfo.Server.Content.Transcode;

/// <summary>
/// The only folder of ours that a child without root can reach: it is the child's working folder, so nothing above it need be open to the child.
/// Inputs are linked in (copied where they cannot be, or are not for everybody to read); the output is a file that the server made, owns the name of and
/// takes back when the room is closed, so that a child cannot put a link to something else in its place.
/// </summary>
internal sealed partial class ChildRoom : IDisposable
{
    /// <summary>A user and a group without a name and without files.</summary>
    public const uint User = 65533;

    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private readonly string? output;

    private ChildRoom(string folder, string? output, IReadOnlyList<string> arguments) => (Folder, this.output, Arguments) = (folder, output, arguments);

    public string Folder { get; }

    /// <summary>Those of the call, with the names that files have in here.</summary>
    public IReadOnlyList<string> Arguments { get; }

    /// <exception cref="IOException">The disk did not take it.</exception>
    [UnsupportedOSPlatform("windows")]
    public static ChildRoom For(ChildCall call, string within)
    {
        var folder = Path.Combine(within, Name(""));
        Directory.CreateDirectory(folder, OwnerOnly | UnixFileMode.UserExecute);
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var path in call.Reads.Distinct().Where(File.Exists))
            BringIn(path, Path.Combine(folder, names[path] = Name(path)));
        if (call.Writes is { } output)
        {
            names[output] = Name(output);
            File.WriteAllBytes(output, []);
            Give(output, User);
            if (Link(output, Path.Combine(folder, names[output])) != 0)
                throw new IOException($"{output} cannot be linked into {folder}");
        }

        Give(folder, User);
        return new(folder, call.Writes, [.. call.Arguments.Select(a => names.GetValueOrDefault(a, a))]);
    }

    public void Dispose()
    {
        if (output is not null && !OperatingSystem.IsWindows())
        {
            Give(output, 0);
            File.SetUnixFileMode(output, OwnerOnly | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
        }

        Directory.Delete(Folder, recursive: true);
    }

    [UnsupportedOSPlatform("windows")]
    private static void BringIn(string path, string name)
    {
        if (File.GetUnixFileMode(path).HasFlag(UnixFileMode.OtherRead) && Link(path, name) == 0)
            return;
        File.Copy(path, name);
        Give(name, User);
    }

    /// <summary>Nothing of the name but its ending.</summary>
    private static string Name(string path) => Guid.NewGuid().ToString("N") + Path.GetExtension(path);

    private static void Give(string path, uint user)
    {
        if (ChangeOwner(path, user, user) != 0)
            throw new IOException($"the owner of {path} cannot be changed");
    }

    [LibraryImport("libc", EntryPoint = "link", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Link(string path, string name);

    [LibraryImport("libc", EntryPoint = "chown", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int ChangeOwner(string path, uint user, uint group);
}
