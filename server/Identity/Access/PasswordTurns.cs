using System.Collections.Concurrent;

namespace BorderInfo.Server.Identity;

/// <summary>Passwords of one account are looked at one after the other, each knowing what became of the one before: sent at once, no more are tried than sent in a row.</summary>
/// <remarks>
/// Who comes at the same time waits; nobody is refused for that, so a crowd at the door locks an account out no sooner than its five failures do.
/// In memory: one server writes the database. Grows with the accounts that were ever tried since the start, never with names that are nobody's.
/// Whoever holds the database's write lock must not wait here.
/// </remarks>
internal sealed class PasswordTurns
{
    private readonly ConcurrentDictionary<long, SemaphoreSlim> accounts = [];

    /// <summary>Waits for the turn; disposing gives it to the next.</summary>
    public async Task<IDisposable> Take(long userId, CancellationToken stop)
    {
        var turn = accounts.GetOrAdd(userId, _ => new(1, 1));
        await turn.WaitAsync(stop);
        return new Held(turn);
    }

    private sealed class Held(SemaphoreSlim turn) : IDisposable
    {
        public void Dispose() => turn.Release();
    }
}
