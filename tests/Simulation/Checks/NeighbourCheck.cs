using Worcr.Simulation.Server;
using Worcr.Simulation.World;

namespace Worcr.Simulation.Checks;

/// <summary>
/// Several namespaces lie in one database, with the same names for everything. What one writes, loads, is told or answers is its own; and the trouble of one is not that of another:
/// where nothing goes wrong the owner stays.
/// </summary>
internal sealed class NeighbourCheck(SimulatedWorld world) : Check(world, "nothing of one namespace is in another")
{
    private bool HasNeighbours => World.Installation.Worlds.Count > 1;

    public override void Loaded(NamespaceState state)
    {
        Own("loads", [.. state.Lanes.Select(l => l.LaneId), .. state.Strands.Concat(state.EmptiedStrands).Select(s => s.LaneId)]);
        Own("loads", [.. state.OpenLeases.SelectMany(l => new[] { l.Lease.Seq, l.Job.Seq, l.Job.LaneId }), .. state.Permits.Select(p => p.Seq).Where(s => s > 0)]);
        foreach (var rule in state.Resources) Demand(Store.Resources.Contains((rule.Kind, rule.Name)), $"'{World.Name}' loads {rule.Kind} '{rule.Name}', which it does not have");
        Demand(state.LastSeq - Store.FirstId >= -1 && Store.Live.Values.All(j => j.Seq <= state.LastSeq), $"'{World.Name}' goes on from job {Local(state.LastSeq)}");
    }

    public override void Applying(PendingCommit commit)
    {
        var flush = commit.Work.Flush;
        Demand(flush.Ownership.Name == World.Name, $"'{World.Name}' writes as '{flush.Ownership.Name}'");
        Own("writes", [.. flush.Lanes.Select(l => l.LaneId), .. flush.Revivals, .. flush.Notes.Select(n => n.Seq), .. flush.Outcomes.Select(o => o.Seq), .. flush.Leases.Select(l => l.Seq)]);
        Own("writes", [.. flush.Inserts.Concat(flush.Updates).SelectMany(j => new[] { j.Seq, j.LaneId }), .. flush.Strands.Select(s => s.LaneId), .. flush.Permits.Select(p => p.Seq).Where(s => s > 0)]);
        Own("writes", [.. flush.LocksTaken.Select(l => l.Seq), .. flush.LocksReleased.Select(l => l.Seq)]);
        if (flush.Fold is { } fold) Own("folds", [.. fold.OpenLeases.Select(l => l.Seq), .. fold.Counts.Select(c => c.LaneId), .. fold.Held.Select(h => h.Seq).Where(s => s > 0)]);
    }

    public override void Told(LeasedJob job, JobRecord record) => Own("is told", [job.Lease.Seq]);

    public override void Replied(SimulatedEnvelope call, object reply)
    {
        switch (call.Request, reply)
        {
            case (ReportRequest request, ReportReply answer):
                for (var i = 0; i < answer.Accepted.Count; i++) Refused(request.Reports[i].Lease, answer.Accepted[i]);
                break;
            case (NoteRequest request, NoteReply answer): Refused(request.Lease, answer.Accepted); break;
            case (AcquireRequest request, AcquireReply answer): Refused(request.Lease, answer.Accepted); break;
            case (GetJobRequest request, JobReply answer): Unknown(request.Id, answer.Job is not null); break;
            case (WaitJobRequest request, JobReply answer): Unknown(request.Id, answer.Job is not null); break;
            case (ControlJobRequest request, ControlReply answer): Unknown(request.Id, answer.State is not null); break;
            case (LogsRequest request, LogsReply answer): Unknown(request.Id, answer.Refusal is null); break;
            case (ExplainRequest.OfJob request, ExplainReply answer): Unknown(request.Id, answer.Job is not null); break;
            case (HeldLeaseRequest request, HeldLeaseReply answer): Unknown(request.Id, answer.Lease is not null); break;
            case (QueryJobsRequest, JobPageReply answer): Own("shows", [.. answer.Jobs.Select(j => j.Job.Seq)]); break;
        }
    }

    public override void Ended()
    {
        if (!HasNeighbours) return;
        World.Coverage.Count("neighbours compared");
        if (World.Scenario.IsFaultless) Demand(World.Cluster.Current!.Ownership.Epoch == 1, $"'{World.Name}', where nothing went wrong, had {World.Cluster.Current.Ownership.Epoch} owners");
    }

    private void Refused(LeaseToken lease, bool isAccepted)
    {
        if (Store.Owns(lease.Seq)) return;
        World.Coverage.Count("lease of a neighbour refused");
        Demand(!isAccepted, $"'{World.Name}' accepts the lease {lease} of another namespace");
    }

    /// <summary>An id that a producer gave may be known in both.</summary>
    private void Unknown(Guid id, bool isKnown)
    {
        if (Ledger.Find(id) is not null) return;
        if (HasNeighbours) World.Coverage.Count("id of a neighbour unknown");
        Demand(!isKnown, $"'{World.Name}' knows job {id}, which it never stored");
    }

    private void Own(string does, long[] ids)
    {
        foreach (var id in ids) Demand(Store.Owns(id), $"'{World.Name}' {does} {id >> Ownership.LocalBits}/{Local(id)}, which is of another namespace");
    }
}
