using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Loader;

namespace BorderInfo.Server.Platform.Database;

/// <summary>
/// Lets Microsoft.Data.Sqlite 10 run over SQLitePCLRaw 2.0.6 and the system's SQLite.
/// </summary>
/// <remarks>
/// The package feed this is built from has no SQLitePCLRaw 2.1, and the SQLite bundled with 2.0.6 (3.35) is too old for EF Core's JSON queries.
/// This file and NU1605 in Directory.Build.props can go when 2.1 can be restored.
/// </remarks>
internal static class SqliteNative
{
#pragma warning disable CA2255 // must run before the first SQLite type is touched, wherever that is
    [ModuleInitializer]
#pragma warning restore CA2255
    internal static void Prepare()
    {
        AssemblyLoadContext.Default.Resolving += WithoutVersion;
        if (AssemblyLoadContext.GetLoadContext(typeof(SqliteNative).Assembly) is { } own && own != AssemblyLoadContext.Default)
            own.Resolving += WithoutVersion;
        var provider = Assembly.Load(new AssemblyName("SQLitePCLRaw.provider.e_sqlite3"));
        NativeLibrary.SetDllImportResolver(provider, (name, _, _) =>
            name == "e_sqlite3" && NativeLibrary.TryLoad(OperatingSystem.IsWindows() ? "winsqlite3.dll" : "libsqlite3.so.0", out var handle) ? handle : 0);
    }

    private static Assembly? WithoutVersion(AssemblyLoadContext context, AssemblyName name) =>
        name.Version is not null && name.Name!.StartsWith("SQLitePCLRaw", StringComparison.Ordinal)
            ? context.LoadFromAssemblyName(new AssemblyName(name.Name))
            : null;
}
