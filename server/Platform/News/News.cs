using BorderInfo.Server.Platform.Database;

namespace BorderInfo.Server.Platform.News;

/// <summary>A slice further down that wants to know. Called inside the transaction of the change: what it writes stands or falls with it.</summary>
public interface IHear<in TNews>
{
    Task Hear(TNews news, BorderInfoDb db, CancellationToken stop);
}

/// <summary>Carries an event from the slice that owns it to the slices below that listen.</summary>
public sealed class NewsDesk(IServiceProvider services)
{
    public async Task Tell<TNews>(TNews news, BorderInfoDb db, CancellationToken stop)
    {
        foreach (var listener in services.GetServices<IHear<TNews>>())
            await listener.Hear(news, db, stop);
    }
}
