using Worcr.Simulation.Server;
using Worcr.Simulation.World;

namespace Worcr.Simulation.Checks;

/// <summary>Every stored change of a state is one that the lifecycle knows, and attempts only grow.</summary>
internal sealed class LifecycleCheck(SimulatedWorld world) : Check(world, "only legal transitions")
{
    public override void Applying(PendingCommit commit)
    {
        var flush = commit.Work.Flush;
        var now = new Dictionary<long, (JobState State, int Attempt)>();
        foreach (var job in flush.Inserts)
        {
            if (flush.Revivals.Contains(job.Seq)) Move(job.Seq, Ledger.Finished(job.Seq)!.Outcome!.State, job.State, 0, 0);
            else Demand(Lifecycle.IsStart(job.State), $"job {Local(job.Seq)} starts as {job.State}");
            now[job.Seq] = (job.State, job.Attempt);
        }

        foreach (var job in flush.Updates)
        {
            var (state, attempt) = Was(now, job.Seq);
            Demand(job.Attempt >= attempt, $"job {Local(job.Seq)} goes back from attempt {attempt} to {job.Attempt}");
            Move(job.Seq, state, job.State, attempt, job.Attempt);
            now[job.Seq] = (job.State, job.Attempt);
        }

        foreach (var outcome in flush.Outcomes)
        {
            var (state, attempt) = Was(now, outcome.Seq);
            Demand(outcome.Attempt >= attempt, $"job {Local(outcome.Seq)} ends with attempt {outcome.Attempt} after {attempt}");
            Move(outcome.Seq, state, outcome.State, attempt, outcome.Attempt);
        }
    }

    private (JobState State, int Attempt) Was(Dictionary<long, (JobState State, int Attempt)> now, long seq) =>
        now.TryGetValue(seq, out var was) ? was : (Store.Live[seq].State, Store.Live[seq].Attempt);

    /// <summary>A job whose attempts have grown ran in between; several changes of one flush may be written as one.</summary>
    private void Move(long seq, JobState from, JobState to, int attemptBefore, int attempt)
    {
        if (from == to && (attempt > attemptBefore || !from.IsFinal())) return;
        JobState[] first = attempt > attemptBefore ? [JobState.Running, JobState.Ready, from] : from.IsWaiting() ? [from, JobState.Ready] : [from];
        Demand(first.Any(s => Lifecycle.IsLegal(s, to)), $"job {Local(seq)} goes from {from} to {to}");
    }
}
