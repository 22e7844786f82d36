using BorderInfo.Contract;
using BorderInfo.Contract.Messages;
using Microsoft.Data.Sqlite;

namespace BorderInfo.Agent.Store;

/// <summary>A plan as it came, still sealed.</summary>
public sealed record StoredPlan(int Epoch, long Counter, PlanNumber Number, byte[] Sealed);

/// <summary>The plans: wanted (accepted, files still missing), active (on air), previous.</summary>
/// <remarks>A change of place, the version it stands for and the event that tells of it are one transaction.</remarks>
public sealed class Inbox(AgentDatabase database, Journal journal, HighWater highWater)
{
    public StoredPlan? Wanted => At("wanted");

    public StoredPlan? Active => At("active");

    public StoredPlan? Previous => At("previous");

    /// <summary>Newest version on the disk or ever accepted; (0, 0) = none.</summary>
    public (int Epoch, long Counter) Newest
    {
        get
        {
            var stored = NewestStored;
            var marks = highWater.Marks;
            return stored.CompareTo((marks.PlanEpoch, marks.PlanCounter)) > 0 ? stored : (marks.PlanEpoch, marks.PlanCounter);
        }
    }

    /// <summary>Newest version whose bytes we still have; older than <see cref="Newest"/> after a database was lost.</summary>
    public (int Epoch, long Counter) NewestStored => database.Read(c => c
        .All(r => (r.GetInt32(0), r.GetInt64(1)), "SELECT epoch, counter FROM plan ORDER BY epoch DESC, counter DESC LIMIT 1")
        .FirstOrDefault());

    /// <exception cref="StoreFault">The disk did not take it.</exception>
    public void KeepWanted(StoredPlan plan, SiteEvent received)
    {
        highWater.Raise(m => (plan.Epoch, plan.Counter).CompareTo((m.PlanEpoch, m.PlanCounter)) > 0
            ? m with { PlanEpoch = plan.Epoch, PlanCounter = plan.Counter }
            : m);
        journal.Tell(received, c => Put(c, "wanted", plan));
    }

    /// <summary>wanted → active → previous. Nothing happens without a wanted plan.</summary>
    /// <param name="forget">The plan that was active is not kept as previous one.</param>
    /// <param name="told">Written in the same transaction; null = there is nothing to tell yet.</param>
    /// <exception cref="StoreFault">The disk did not take it.</exception>
    public void Activate(SiteEvent? told, bool forget = false)
    {
        void Move(SqliteConnection c) => Shift(c, forget);
        if (told is null)
            database.Write(Move);
        else
            journal.Tell(told, Move);
    }

    private static void Shift(SqliteConnection c, bool forget)
    {
        if (c.One("SELECT 1 FROM plan WHERE place='wanted'") is null)
            return;
        c.Run("DELETE FROM plan WHERE place='previous'");
        c.Run(forget ? "DELETE FROM plan WHERE place='active'" : "UPDATE plan SET place='previous' WHERE place='active'");
        c.Run("UPDATE plan SET place='active' WHERE place='wanted'");
    }

    private StoredPlan? At(string place) => database.Read(c => c.All(Row, "SELECT epoch, counter, number, sealed FROM plan WHERE place=$1", place).FirstOrDefault());

    private static StoredPlan Row(SqliteDataReader r) => new(r.GetInt32(0), r.GetInt64(1), new PlanNumber(r.GetString(2)), r.GetFieldValue<byte[]>(3));

    private static void Put(SqliteConnection c, string place, StoredPlan plan) => c.Run(
        "INSERT OR REPLACE INTO plan(place, epoch, counter, number, sealed) VALUES($1, $2, $3, $4, $5)",
        place, plan.Epoch, plan.Counter, plan.Number.Value, plan.Sealed);
}
