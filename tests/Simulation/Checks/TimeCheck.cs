using Worcr.Simulation.Server;
using Worcr.Simulation.World;

namespace Worcr.Simulation.Checks;

/// <summary>No job starts before its time or after its expiry.</summary>
internal sealed class TimeCheck(SimulatedWorld world) : Check(world, "no job starts before its time or after its expiry")
{
    /// <summary>How late a job may become ready where nothing goes wrong.</summary>
    private const long SlackMs = 400;

    public override void Applying(PendingCommit commit)
    {
        foreach (var job in commit.Work.Flush.Inserts.Where(j => j.DueAt == 0))
        {
            if (commit.Work.Flush.Revivals.Contains(job.Seq) || commit.Work.Flush.Outcomes.Exists(o => o.Seq == job.Seq && o.State == JobState.Discarded)) continue;
            Demand(Ledger.SpecOf(job).DueAt <= job.ReadyAt, $"job {Local(job.Seq)} is ready at once although it is due {Ledger.SpecOf(job).DueAt - job.ReadyAt} ms later");
        }

        foreach (var job in commit.Work.Flush.Updates.Where(j => j.DueAt == 0))
        {
            if (!Store.Live.TryGetValue(job.Seq, out var stored) || stored.DueAt is 0 or Job.WaitsForJobs || Ledger.Of(job.Seq).IsHurried) continue;
            Demand(job.ReadyAt >= stored.DueAt, $"job {Local(job.Seq)} became ready {stored.DueAt - job.ReadyAt} ms before its time");
            Demand(!World.Scenario.IsFaultless || job.ReadyAt <= stored.DueAt + SlackMs, $"job {Local(job.Seq)} became ready {job.ReadyAt - stored.DueAt} ms after its time");
        }
    }

    public override void Told(LeasedJob job, JobRecord record)
    {
        if (!Store.Live.TryGetValue(job.Lease.Seq, out var row) || row.Attempt >= job.Attempt) return;
        var started = record.Leases[job.Attempt].StartedAt;
        Demand(row.DueAt == 0, $"job {Local(row.Seq)} runs while it waits for its time");
        Demand(row.ExpiresAt == 0 || started < row.ExpiresAt, $"job {Local(row.Seq)} started {started - row.ExpiresAt} ms after its expiry");
    }
}
