using Worcr.Grains.Jobs;

namespace Worcr.Grains;

/// <summary>What operators do to one job.</summary>
public sealed partial class Dispatcher
{
    internal static readonly Refusal Unknown = new(RefusalKind.NotFound, "There is no such job.");

    private void Control(Envelope envelope, ControlJobRequest request)
    {
        if (Find(request.Id) is { } grain)
        {
            Answer(envelope, ControlLive(grain, request.Action));
            return;
        }

        var find = new FindJob(_ownership, request.Id);
        ReadCold((store, cancel) => store.FindAsync(find, cancel), stored => ControlStored(envelope, request, stored));
    }

    private void ControlStored(Envelope envelope, ControlJobRequest request, StoredJob? stored)
    {
        if (stored is null) Answer(envelope, new ControlReply(null, Unknown));
        else if (_jobs.ContainsKey(stored.Job.Seq) || WasTouched(stored.Job.Seq)) Control(envelope, request);
        else Answer(envelope, ControlCold(stored, request.Action));
    }

    private JobGrain? Find(Guid id)
    {
        if (JobId.TryGetSeq(id, out var seq) && _jobs.TryGetValue(seq, out var grain) && grain.Row.Id == id) return grain;
        return _clientIds.GetValueOrDefault(id);
    }

    private ControlReply ControlLive(JobGrain grain, ControlAction action)
    {
        switch (action)
        {
            case ControlAction.Cancel:
                Cancel(grain);
                return new ControlReply(JobState.Cancelled);
            case ControlAction.Retry when grain.State is JobState.Retry or JobState.Scheduled || IsDeferred(grain):
                BecomeReadyNow(grain);
                return new ControlReply(grain.State);
            case ControlAction.Interrupt when grain.IsRunning:
                Interrupt(grain, "asked by an operator");
                return new ControlReply(JobState.Running);
            default:
                return Illegal(grain.State, action);
        }
    }

    private void Cancel(JobGrain grain)
    {
        if (grain is { IsRunning: true, Session: { } session }) Tell(session, new SessionMessage.Cancel(grain.Lease, "cancelled"));
        Finish(grain, JobState.Cancelled, null, null);
    }

    private void Interrupt(JobGrain grain, string reason)
    {
        grain.IsInterrupted = true;
        if (grain.Session is { } session) Tell(session, new SessionMessage.Interrupt(grain.Lease, reason));
    }

    /// <summary>An ordered job that failed keeps its place and waits there.</summary>
    private bool IsDeferred(JobGrain grain) => grain.State == JobState.Ready && grain.Row.ReadyAt > _now;

    private void BecomeReadyNow(JobGrain grain)
    {
        if (grain.State != JobState.Ready)
        {
            BecomeReady(grain);
            return;
        }

        var row = grain.Row.Copy();
        row.ReadyAt = _now;
        Store(grain, row);
        _timers.Clear(grain);
        if (row.ExpiresAt > 0) _timers.Set(grain, row.ExpiresAt);
        Refresh(grain.Lane);
    }

    private ControlReply ControlCold(StoredJob stored, ControlAction action)
    {
        var job = stored.Job;
        switch (action)
        {
            case ControlAction.Cancel when !job.State.IsFinal():
                FinishCold(job, JobState.Cancelled);
                return new ControlReply(JobState.Cancelled);
            case ControlAction.Retry when job.State.IsFinal():
                Revive(stored);
                return new ControlReply(JobState.Ready);
            case ControlAction.Retry when job.State is JobState.Retry or JobState.Scheduled:
                WakeCold(job);
                return new ControlReply(JobState.Ready);
            default:
                return Illegal(job.State, action);
        }
    }

    /// <summary>A waiting job that is only in the store becomes ready.</summary>
    private void WakeCold(Job job)
    {
        var grain = new JobGrain(job, StrandOf(LaneOf(job.Shape, job.LaneId), job.Priority));
        Enter(grain);
        BecomeReady(grain);
    }

    /// <summary>A finished job lives again, at its old place, with fresh attempts; its attempt numbers go on, so that old leases stay stale.</summary>
    private void Revive(StoredJob stored)
    {
        var finished = stored.Job;
        Lifecycle.Demand(finished.State, JobState.Ready);
        var lane = LaneOf(finished.Shape, finished.LaneId);
        var row = finished.Copy();
        row.State = JobState.Ready;
        row.Shape = lane.Shape;
        row.LaneId = lane.Id;
        row.DueAt = 0;
        row.ReadyAt = _now;
        row.ExpiresAt = 0;
        row.Yields = row.Attempt;
        row.Fails = 0;
        if (stored.Outcome is { } outcome) row.Attempts = AttemptHistory.Whole(row.Attempts, outcome);
        ReopenFamily(row);
        _work.Flush.Revivals.Add(row.Seq);
        _work.Flush.Inserts.Add(row);
        Touch(row.Seq);
        if (IsHeard(EventKind.JobEnqueued)) Emit(EventKind.JobEnqueued, row, ("state", Lower(row.State)), ("again", true));
        ReturnToBatch(finished);
        var strand = StrandOf(lane, row.Priority);
        Count(strand, +1);
        Admit(strand, row, null);
        Refresh(lane);
    }

    private static ControlReply Illegal(JobState state, ControlAction action) => new(
        null,
        new Refusal(RefusalKind.IllegalTransition, $"A job that is {state.ToString().ToLowerInvariant()} cannot be asked to {action.ToString().ToLowerInvariant()}."));
}
