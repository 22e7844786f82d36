using System.Security.Cryptography;
using BorderInfo.Contract;
using BorderInfo.Contract.Plans;

namespace BorderInfo.Agent.Store;

public enum Received
{
    /// <summary>On the shelf, hash right.</summary>
    Whole,

    /// <summary>Bytes are lacking; go on from <see cref="IncomingFile.Length"/>.</summary>
    TooShort,

    /// <summary>The bytes are not those of the plan; thrown away.</summary>
    Wrong,
}

/// <summary>A download in progress: hashed while it is written, taken up again where it ended, never one byte beyond the signed size.</summary>
public sealed class IncomingFile : IDisposable
{
    private readonly PlanFile file;
    private readonly string partial;
    private readonly string final;
    private readonly Action<PlanFile> arrived;
    private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly FileStream stream;

    internal IncomingFile(PlanFile file, string partial, string final, Action<PlanFile> arrived)
    {
        (this.file, this.partial, this.final, this.arrived) = (file, partial, final, arrived);
        stream = new FileStream(partial, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 64 * 1024);
        if (stream.Length > file.Size)
            stream.SetLength(0);
        HashWhatIsThere();
    }

    /// <summary>Bytes so far.</summary>
    public long Length => stream.Length;

    /// <summary>Back to the first byte, when the sender cannot go on in the middle.</summary>
    public void StartOver()
    {
        stream.SetLength(0);
        _ = hash.GetHashAndReset();
    }

    /// <summary>False when this would be more than the signed size; then nothing of it is written.</summary>
    public bool Take(ReadOnlySpan<byte> bytes)
    {
        if (stream.Length + bytes.Length > file.Size)
            return false;
        stream.Write(bytes);
        hash.AppendData(bytes);
        return true;
    }

    public Received Finish()
    {
        if (stream.Length < file.Size)
            return Received.TooShort;
        if (new MediaHash(Convert.ToHexStringLower(hash.GetHashAndReset())) != file.Hash)
        {
            stream.SetLength(0);
            return Received.Wrong;
        }

        stream.Flush(flushToDisk: true);
        stream.Dispose();
        Durable.Rename(partial, final);
        arrived(file);
        return Received.Whole;
    }

    /// <summary>What came so far stays for the next time.</summary>
    public void Dispose()
    {
        stream.Dispose();
        hash.Dispose();
    }

    private void HashWhatIsThere()
    {
        Span<byte> buffer = new byte[64 * 1024];
        stream.Position = 0;
        int read;
        while ((read = stream.Read(buffer)) > 0)
            hash.AppendData(buffer[..read]);
    }
}
