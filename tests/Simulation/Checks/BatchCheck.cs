using Worcr.Simulation.Server;
using Worcr.Simulation.World;

namespace Worcr.Simulation.Checks;

/// <summary>Each callback of a batch is enqueued once and only when its condition holds; a job that waits for others starts when they have succeeded.</summary>
internal sealed class BatchCheck(SimulatedWorld world) : Check(world, "batches call back once, and when they should")
{
    private readonly Dictionary<Guid, HashSet<long>> _members = [];
    private readonly HashSet<Guid> _failed = [];
    private readonly HashSet<(Guid Batch, string Callback)> _fired = [];

    public override void Applied(PendingCommit commit)
    {
        var flush = commit.Work.Flush;
        foreach (var job in flush.Inserts.Where(j => j.Options is { Batch: not null, Parent: null } && !flush.Revivals.Contains(j.Seq))) Joined(job);
        foreach (var outcome in flush.Outcomes) Ended(outcome);
        foreach (var job in flush.Inserts.Where(j => !flush.Revivals.Contains(j.Seq)))
        {
            if (Ledger.SpecOf(job).Template?.Split(':') is ["batch", var id, var callback]) Fired(Guid.Parse(id), callback);
        }
    }

    public override void Ended()
    {
        foreach (var id in _members.Keys)
        {
            Demand(_fired.Contains((id, "complete")), $"batch {id} has ended and did not say so");
            Demand(_failed.Contains(id) ? _fired.Contains((id, "failure")) : _fired.Contains((id, "success")), $"batch {id} did not say how it ended");
        }
    }

    private void Joined(Job job)
    {
        if (_members.TryAdd(job.Options.Batch!.Value, [])) World.Coverage.Count("batch made");
        _members[job.Options.Batch.Value].Add(job.Seq);
        if (job.DueAt == Job.WaitsForJobs) World.Coverage.Count("job waited for others");
    }

    private void Ended(JobOutcome outcome)
    {
        if (outcome.Error?.Code == "dependency") World.Coverage.Count("job cancelled with those before it");
        if (outcome.State == JobState.Succeeded || _members.FirstOrDefault(m => m.Value.Contains(outcome.Seq)) is not { Value: not null } batch) return;
        _failed.Add(batch.Key);
    }

    private void Fired(Guid id, string callback)
    {
        World.Coverage.Count("batch " + callback);
        Demand(_fired.Add((id, callback)), $"batch {id} calls back twice: {callback}");
        if (callback == "failure") Demand(_failed.Contains(id), $"batch {id} says that a job failed, and none did");
        if (callback != "failure") Demand(_members[id].All(m => IsOver(m, callback == "success")), $"batch {id} says {callback} too early");
    }

    private bool IsOver(long seq, bool hasSucceeded) =>
        Ledger.Of(seq).IsRevived || (Ledger.Finished(seq) is { Outcome: { } outcome } && (!hasSucceeded || outcome.State == JobState.Succeeded));
}
