using BorderInfo.Contract.Plans;
using Microsoft.Extensions.Logging;

namespace BorderInfo.Agent.Play;

/// <summary>Makes mpv players from the technician's settings. Ends, once, the players that an agent before us left running.</summary>
public sealed partial class MpvPlayerMaker : IPlayerMaker
{
    private readonly PlaySettings settings;
    private readonly ShelfDoor shelf;
    private readonly TimeProvider clock;
    private readonly ILogger<MpvPlayer> log;

    /// <param name="shelfFolder">Only files in this folder are ever played.</param>
    /// <exception cref="IOException">The run folder cannot be made.</exception>
    public MpvPlayerMaker(PlaySettings settings, string shelfFolder, TimeProvider clock, ILogger<MpvPlayer> log)
    {
        (this.settings, shelf, this.clock, this.log) = (settings, new(shelfFolder), clock, log);
        MakePrivate(settings.RunFolder);
        if (Orphans.Reap(settings.RunFolder) is var ended and > 0)
            Log.OrphansEnded(log, ended);
    }

    public IPlayer Make(PlanOutput output, string clusterName, Action<PlayerNews> news) => Lacks(output) is { } why
        ? new AbsentPlayer(output.Id, why, output.Kind != OutputKind.Speaker && !settings.Displays.ContainsKey(output.Screen), news, clock)
        : new MpvPlayer(output, clusterName, news, settings, shelf, clock, log);

    private string? Lacks(PlanOutput output)
    {
        if (output.Kind == OutputKind.Speaker)
            return settings.AudioDevices.ContainsKey(output.Screen) ? null : $"no audio device {output.Screen} in the settings";
        if (output.WidthPx <= 0 || output.HeightPx <= 0)
            return "the output has no size";
        return settings.Displays.ContainsKey(output.Screen) ? null : $"no screen {output.Screen} in the settings";
    }

    private static void MakePrivate(string folder)
    {
        const UnixFileMode OnlyUs = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        if (OperatingSystem.IsWindows())
            throw new PlatformNotSupportedException("the players of the site agent need Linux");
        Directory.CreateDirectory(folder, OnlyUs);
        File.SetUnixFileMode(folder, OnlyUs);
    }

    private static partial class Log
    {
        [LoggerMessage(4601, LogLevel.Warning, "{Count} players of an agent before this one were still running and have been ended")]
        public static partial void OrphansEnded(ILogger log, int count);
    }
}
