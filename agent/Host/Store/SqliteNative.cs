using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Loader;

namespace BorderInfo.Agent.Store;

/// <summary>
/// Joins Microsoft.Data.Sqlite 10 with SQLitePCLRaw 2.0.6 and with the operating system's SQLite.
/// Can go when SQLitePCLRaw 2.1.13 or newer can be restored: then remove this file, NU1605 and NETSDK1206 from <c>Directory.Build.props</c> and the version in <c>Directory.Packages.props</c>.
/// </summary>
/// <remarks>
/// Microsoft.Data.Sqlite 10.0.14 asks for SQLitePCLRaw.core 2.1; of the 77 members it names 2.0.6 lacks one, <c>sqlite3_load_extension</c>, which the agent does not use.
/// The bundled native library is 3.35 and no longer mended; Debian's <c>libsqlite3.so.0</c> is. Debian's is built without foreign keys by default, so the connection string asks for them.
/// </remarks>
internal static class SqliteNative
{
#pragma warning disable CA2255 // Has to run before the first use of SQLite by anybody in this assembly.
    [ModuleInitializer]
    internal static void Join()
#pragma warning restore CA2255
    {
        AssemblyLoadContext.Default.Resolving += WithoutVersion;
        if (AssemblyLoadContext.GetLoadContext(typeof(SqliteNative).Assembly) is { } own && own != AssemblyLoadContext.Default)
            own.Resolving += WithoutVersion;
        try
        {
            NativeLibrary.SetDllImportResolver(
                Assembly.Load(new AssemblyName("SQLitePCLRaw.provider.e_sqlite3")),
                (name, _, _) => name == "e_sqlite3" && NativeLibrary.TryLoad(OperatingSystem.IsWindows() ? "winsqlite3.dll" : "libsqlite3.so.0", out var handle) ? handle : 0);
        }
        catch (InvalidOperationException)
        {
            // Joined already, the same way: the server is in this process too (tests/Spine).
        }
    }

    /// <summary>Asked again without a version, so that it ends.</summary>
    private static Assembly? WithoutVersion(AssemblyLoadContext context, AssemblyName name) =>
        name.Version is not null && name.Name!.StartsWith("SQLitePCLRaw", StringComparison.Ordinal)
            ? context.LoadFromAssemblyName(new AssemblyName(name.Name))
            : null;
}
