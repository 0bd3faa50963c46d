using System.Diagnostics.CodeAnalysis;
using Worcr.Core.Fairness;
using Worcr.Grains.Jobs;

namespace Worcr.Grains;

/// <summary>
/// The start: lanes with their counts, and the leases that were open. Jobs come through the windows. The first flush folds the journal
/// that was found: it may speak of jobs that were never written, whose numbers are given out again.
/// </summary>
public sealed partial class Dispatcher
{
    /// <summary>Leases from before the start, by worker, until that worker registers.</summary>
    private readonly Dictionary<string, List<JobGrain>> _unclaimed = new(StringComparer.Ordinal);

    /// <summary>All numbers go on where they were.</summary>
    [MemberNotNull(nameof(_work))]
    private void GoOn(NamespaceState state)
    {
        _lastSeq = state.LastSeq;
        _lastLaneId = state.LastLaneId;
        _lastTaken = _committed = state.LastFlush;
        _lastFold = state.LastFlush - _options.FoldFlushes;
        _work = NewWork();
    }

    private void Recover(NamespaceState state)
    {
        RecoverResources(state.Resources);
        _lastSession = _ownership.Epoch << SessionBits;
        var lanes = state.Lanes.ToDictionary(l => l.LaneId);
        foreach (var count in state.Strands)
        {
            if (RecoverWaiting(count)) continue;
            var record = lanes[count.LaneId];
            var lane = _lanes.TryGetValue(record.Shape, out var known) ? known : AddLane(record.LaneId, record.Shape);
            var strand = lane.StrandOf(count.Priority, _ownership.FirstId - 1);
            strand.Stored += count.Count;
            CountReady(lane, count.Count);
            MarkDirty(strand);
        }

        _emptied.UnionWith(state.EmptiedStrands.Select(e => (e.LaneId, e.Priority)));

        foreach (var open in state.OpenLeases) Recover(open);
        RecoverLimits(state);
        foreach (var lane in _lanes.Values) Refresh(lane);
    }

    /// <summary>An open lease: its worker may come back and claim it within the grace time; a poller's lives as long as it was given.</summary>
    private void Recover(OpenLease open)
    {
        var (lease, job) = open;
        if (_jobs.TryGetValue(job.Seq, out var grain))
        {
            if (lease.Attempt < grain.Attempt) return;
        }
        else if (job.State != JobState.Ready)
        {
            // Its job was to become ready in an earlier flush that was never written: nobody was told of this lease.
            return;
        }
        else
        {
            var lane = LaneOf(job.Shape, job.LaneId);
            grain = new JobGrain(job, lane.StrandOf(job.Priority, _ownership.FirstId - 1));
            Enter(grain);
            grain.Move(JobState.Running);
            EnterLease(grain);
            FairScheduler.Resumed(lane.TenantGrain);
            foreach (var bucket in grain.Permits = lane.Buckets)
            {
                if (!bucket.IsRate) bucket.Permits.Take(_now, 1);
            }
        }

        Resume(grain, lease);
    }

    private void Resume(JobGrain grain, LeaseEntry lease)
    {
        grain.Attempt = lease.Attempt;
        grain.Nonce = lease.Nonce;
        grain.StartedAt = lease.StartedAt;
        grain.Worker = lease.Worker;
        grain.IsPolled = lease.IsPolled;
        grain.DeadlineAt = lease.DeadlineAt;
        WatchFromNow(grain);
        if (lease.IsPolled) NoteGoingOn(grain);
        else NoteUnclaimed(grain);
        if (lease.IsPolled) SetLeaseTimer(grain);
        else _timers.Set(grain, Math.Min(lease.DeadlineAt, _now + _options.GraceMs));
    }

    private void NoteUnclaimed(JobGrain grain)
    {
        if (!_unclaimed.TryGetValue(grain.Worker!, out var grains)) _unclaimed.Add(grain.Worker!, grains = []);
        grains.Add(grain);
    }
}
