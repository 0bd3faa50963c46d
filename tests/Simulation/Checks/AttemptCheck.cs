using Worcr.Simulation.Server;
using Worcr.Simulation.World;

namespace Worcr.Simulation.Checks;

/// <summary>Retry policies hold: never more leases than attempts (yields not counted), never another one after the last fail, dead only when they are spent.</summary>
internal sealed class AttemptCheck(SimulatedWorld world) : Check(world, "retry policies hold")
{
    public override void Told(LeasedJob job, JobRecord record)
    {
        if (!Store.Live.TryGetValue(job.Lease.Seq, out var row) || row.Attempt >= job.Attempt) return;
        var policy = row.Options.Retry;
        var counted = job.Attempt - row.Yields;
        Demand(policy.MaxAttempts == 0 || counted <= policy.MaxAttempts, $"job {Local(row.Seq)} gets attempt {counted} of {policy.MaxAttempts}");
        Demand(policy.MaxFails == 0 || row.Fails < policy.MaxFails, $"job {Local(row.Seq)} runs after {row.Fails} fails of {policy.MaxFails}");
    }

    public override void Applied(PendingCommit commit)
    {
        foreach (var outcome in commit.Work.Flush.Outcomes.Where(o => o.State == JobState.Dead))
        {
            var policy = Ledger.Of(outcome.Seq).Spec.Job.Options.Retry;
            var isSpent = outcome.Error is { Final: true }
                || (policy.MaxAttempts > 0 && outcome.Attempt - outcome.Yields >= policy.MaxAttempts)
                || (policy.MaxFails > 0 && outcome.Fails >= policy.MaxFails);
            Demand(isSpent, $"job {Local(outcome.Seq)} died with {outcome.Attempt} attempts, {outcome.Yields} yields, {outcome.Fails} fails");
        }
    }
}
