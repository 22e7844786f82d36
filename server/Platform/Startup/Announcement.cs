using BorderInfo.Server.Platform.Languages;
using BorderInfo.Server.Platform.Machine;

namespace BorderInfo.Server.Platform.Startup;

/// <summary>One line that the start prints for the person who started it, such as a one-time sign-in link. Added by slices before the address is printed.</summary>
/// <param name="Vietnamese">What it is for.</param>
/// <param name="English">The same in English.</param>
/// <param name="Path">Path on this server, for example <c>/vao/…</c>.</param>
public sealed record StartLink(string Vietnamese, string English, string Path);

/// <summary>A slice that has links to announce or samples to lay out. Called once, in order, after the database is ready and before the doors open.</summary>
public interface IAtStart
{
    /// <summary>Smaller comes first; slices use their place in the house: Identity 20, Geo 30 … Reports 100.</summary>
    int Order { get; }

    /// <param name="sample">True when the sample set is wanted.</param>
    Task<IReadOnlyList<StartLink>> AtStart(IServiceProvider services, bool sample, CancellationToken stop);
}

/// <summary>Runs everything that wants to happen at the start and tells the operator.</summary>
public static class Announcement
{
    public static async Task<IReadOnlyList<StartLink>> RunStart(this IServiceProvider services, bool sample, CancellationToken stop = default)
    {
        var links = new List<StartLink>();
        foreach (var step in services.GetServices<IAtStart>().OrderBy(s => s.Order))
        {
            using var scope = services.CreateScope();
            links.AddRange(await step.AtStart(scope.ServiceProvider, sample, stop));
        }

        return links;
    }

    /// <summary>The address, the links, and each missing program as one sentence in both languages.</summary>
    public static void Print(string address, IReadOnlyList<StartLink> links, Texts texts)
    {
        Console.WriteLine();
        Console.WriteLine($"  BorderInfo: {address}");
        foreach (var link in links)
            Console.WriteLine($"  {link.Vietnamese} / {link.English}:\n    {address}{link.Path}");
        if (links.Count == 0)
            Console.WriteLine("  Đăng nhập bằng tài khoản đã có / sign in with an account you have");
        foreach (var missing in Programs.Missing().Select(p => new Refusal($"note.program.{p.Name}", p.Package)))
            Console.WriteLine($"  ! {texts.Of("vi", missing)}\n    {texts.Of("en", missing)}");
        Console.WriteLine("  Ctrl-C để dừng / to stop");
        Console.WriteLine();
    }
}
