using System.Security.Cryptography;
using BorderInfo.Contract.Messages;
using BorderInfo.Contract.Signing;
using BorderInfo.Server.Messaging.Public;

namespace BorderInfo.Server.Messaging.Certificates;

/// <summary>The server's online key in <c>keys/plan.key</c>, made at first start.</summary>
internal sealed class PlanSigner : ISigner, IDisposable
{
    private readonly ECDsa key = ECDsa.Create();
    private readonly Lock turn = new();

    public PlanSigner(DataFolder data)
    {
        var file = Path.Combine(data.Keys, "plan.key");
        if (!File.Exists(file))
        {
            using var made = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            PrivateFile.Write(file, made.ExportPkcs8PrivateKeyPem());
        }

        key.ImportFromPem(File.ReadAllText(file));
        Keys = [Sealing.PublicPart(key)];
    }

    public IReadOnlyList<TrustedKey> Keys { get; }

    public byte[] Seal(string type, byte[] payload)
    {
        lock (turn)
            return Sealing.Seal(type, payload, key);
    }

    public void Dispose() => key.Dispose();
}
