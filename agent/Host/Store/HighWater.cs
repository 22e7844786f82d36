using System.Text.Json;
using BorderInfo.Agent.Settings;

namespace BorderInfo.Agent.Store;

/// <summary>Numbers up to which something may have been used. Reserved in blocks, so a lost database leaves a gap and never a double.</summary>
public sealed record HighWaterMarks
{
    public long Boot { get; set; }

    public long Play { get; set; }

    public long Event { get; set; }

    /// <summary>Newest plan ever accepted.</summary>
    public int PlanEpoch { get; set; }

    public long PlanCounter { get; set; }

    /// <summary>Newest trustworthy instant, UTC; see <c>Time/SiteClock.cs</c>.</summary>
    public DateTimeOffset Floor { get; set; }
}

/// <summary><c>highwater.json</c> beside the database. Every change is on the disk before the call returns.</summary>
public sealed class HighWater
{
    /// <summary>Sequence numbers reserved at a time.</summary>
    public const int Block = 1000;

    private readonly Lock gate = new();
    private readonly string path;
    private HighWaterMarks marks;

    public HighWater(DataFolder folder)
    {
        path = folder.HighWater;
        marks = Read(path);
    }

    public HighWaterMarks Marks
    {
        get
        {
            lock (gate)
                return marks;
        }
    }

    /// <exception cref="StoreFault">The disk does not take it; nothing is changed.</exception>
    public void Raise(Func<HighWaterMarks, HighWaterMarks> change)
    {
        lock (gate)
        {
            var next = change(marks);
            if (next == marks)
                return;
            Save(next);
            marks = next;
        }
    }

    /// <summary>As <see cref="Raise"/>, for what must not keep the site from playing: counts from now on, and is on the disk with the next mark that the disk takes.</summary>
    public void RaiseOrRemember(Func<HighWaterMarks, HighWaterMarks> change)
    {
        lock (gate)
        {
            marks = change(marks);
            try
            {
                Save(marks);
            }
            catch (StoreFault e)
            {
                Unsaved = e.Message;
            }
        }
    }

    /// <summary>Why the marks in memory are not on the disk; null = they are.</summary>
    public string? Unsaved { get; private set; }

    private void Save(HighWaterMarks next)
    {
        try
        {
            Durable.Write(path, JsonSerializer.SerializeToUtf8Bytes(next, AgentJson.Default.HighWaterMarks));
            Unsaved = null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StoreFault(e.Message, e);
        }
    }

    /// <summary>A missing or spoilt file counts as zero; the database then says how far we were.</summary>
    private static HighWaterMarks Read(string path)
    {
        try
        {
            return File.Exists(path) ? JsonSerializer.Deserialize(File.ReadAllBytes(path), AgentJson.Default.HighWaterMarks) ?? new() : new();
        }
        catch (Exception e) when (e is JsonException or IOException)
        {
            return new();
        }
    }
}
