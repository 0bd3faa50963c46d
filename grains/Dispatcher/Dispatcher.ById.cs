using Worcr.Core.Retry;
using Worcr.Grains.Jobs;

namespace Worcr.Grains;

/// <summary>What protocols without leases do to a job: finish it by its id, and remove it.</summary>
public sealed partial class Dispatcher
{
    private static readonly Refusal HasFinished = new(RefusalKind.IllegalTransition, "The job has finished.");

    private void FinishById(Envelope envelope, FinishJobRequest request)
    {
        if (Find(request.Id) is { } grain)
        {
            Answer(envelope, FinishLive(grain, request));
            return;
        }

        FindCold(
            request.Id,
            found: stored => Answer(envelope, FinishStored(stored, request)),
            again: () => FinishById(envelope, request),
            unknown: () => Answer(envelope, new ControlReply(null, Unknown)));
    }

    private ControlReply FinishLive(JobGrain grain, FinishJobRequest request)
    {
        if (IsPast(grain.Row))
        {
            TellToStop(grain, "expired");
            Finish(grain, JobState.Expired, null, null);
            return new ControlReply(null, Unknown);
        }

        if (grain.IsRunning) NoteRunTime(grain, -1);
        TellToStop(grain, "finished");
        if (request.Error is null)
        {
            Finish(grain, JobState.Succeeded, request.Result, null);
            return new ControlReply(JobState.Succeeded);
        }

        CountFailure(grain.Lane);
        var decision = AfterFail(grain.Row, grain.Attempt, request.Error);
        if (grain.IsRunning) FailRunning(grain, request, decision);
        else FailWaiting(grain, request, decision);
        return new ControlReply(decision.Next == JobState.Dead ? JobState.Dead : grain.State);
    }

    private void FailRunning(JobGrain grain, FinishJobRequest request, RetryDecision decision)
    {
        if (decision.Next == JobState.Dead) Finish(grain, JobState.Dead, request.Result, request.Error, Outcomes.Fail);
        else Continue(grain, decision, Outcomes.Fail, request.Error);
    }

    /// <summary>It keeps its place: nothing was tried, so there is nothing to wait for.</summary>
    private void FailWaiting(JobGrain grain, FinishJobRequest request, RetryDecision decision)
    {
        var row = grain.Row.Copy();
        row.Fails++;
        Store(grain, row);
        if (decision.Next == JobState.Dead) Finish(grain, JobState.Dead, request.Result, request.Error);
    }

    private ControlReply FinishStored(StoredJob stored, FinishJobRequest request)
    {
        if (View(stored).IsOver(_now))
        {
            if (stored.Outcome is null) FinishCold(stored.Job, JobState.Expired);
            return new ControlReply(null, Unknown);
        }

        if (stored.Outcome is not null) return new ControlReply(stored.Job.State, HasFinished);
        if (request.Error is null)
        {
            FinishCold(stored.Job, JobState.Succeeded, result: request.Result);
            return new ControlReply(JobState.Succeeded);
        }

        return FailStored(stored.Job, request.Error, request.Result);
    }

    private ControlReply FailStored(Job job, JobError error, byte[]? result)
    {
        var strand = StrandOf(LaneOf(job.Shape, job.LaneId), job.Priority);
        CountFailure(strand.Lane);
        var decision = AfterFail(job, job.Attempt, error);
        var row = job.Copy();
        row.Fails++;
        if (decision.Next == JobState.Dead)
        {
            FinishCold(row, JobState.Dead, error, result);
            return new ControlReply(JobState.Dead);
        }

        StoreRow(row);
        Settle(row, strand, strand);
        return new ControlReply(row.State);
    }

    /// <summary>As a worker's failure, but a policy without a delay has none.</summary>
    private RetryDecision AfterFail(Job row, int attempt, JobError error)
    {
        var policy = row.Options.Retry;
        var decision = RetryRules.AfterFail(policy, attempt - row.Yields, row.Fails + 1, error, _chance.NextDouble());
        return decision.Next == JobState.Retry && policy.BaseMs == 0 ? RetryDecision.Now : decision;
    }

    private void Remove(Envelope envelope, RemoveJobRequest request)
    {
        if (Find(request.Id) is { } grain)
        {
            ForgetEnded(envelope, request, RemoveLive(grain, request.When));
            return;
        }

        FindCold(
            request.Id,
            found: stored => RemoveStored(envelope, request, stored),
            again: () => Remove(envelope, request),
            unknown: () => Answer(envelope, new ControlReply(null, Unknown)));
    }

    private void RemoveStored(Envelope envelope, RemoveJobRequest request, StoredJob stored)
    {
        var reply = RemoveStored(stored, request.When);
        if (reply.Refusal is null && stored.Outcome is not null) Forget(envelope, stored, reply);
        else ForgetEnded(envelope, request, reply);
    }

    /// <summary>The job has just ended: as soon as that is durable, it is forgotten.</summary>
    private void ForgetEnded(Envelope envelope, RemoveJobRequest request, ControlReply reply)
    {
        if (reply.Refusal is not null)
        {
            Answer(envelope, reply);
            return;
        }

        FindCold(
            request.Id,
            found: stored => Forget(envelope, stored, reply),
            again: () => ForgetEnded(envelope, request, reply),
            unknown: () => Answer(envelope, reply));
    }

    private void Forget(Envelope envelope, StoredJob stored, ControlReply reply)
    {
        if (stored.Outcome is not null)
        {
            Touch(stored.Job.Seq);
            _work.Flush.Revivals.Add(stored.Job.Seq);
        }

        Answer(envelope, reply);
    }

    private ControlReply RemoveLive(JobGrain grain, RemoveWhen when)
    {
        var state = grain.State;
        if (RefusalOf(when, state, IsPast(grain.Row)) is { } refusal) return new ControlReply(state, refusal);
        TellToStop(grain, "removed");
        Finish(grain, IsPast(grain.Row) ? JobState.Expired : JobState.Cancelled, null, null);
        return new ControlReply(state);
    }

    private ControlReply RemoveStored(StoredJob stored, RemoveWhen when)
    {
        var job = stored.Job;
        if (RefusalOf(when, job.State, View(stored).IsOver(_now)) is { } refusal) return new ControlReply(job.State, refusal);
        if (stored.Outcome is null) FinishCold(job, IsPast(job) ? JobState.Expired : JobState.Cancelled);
        return new ControlReply(job.State);
    }

    private static Refusal? RefusalOf(RemoveWhen when, JobState state, bool isOver) => when switch
    {
        RemoveWhen.Over => isOver ? null : HasFinished,
        _ when isOver => Unknown,
        RemoveWhen.Waiting when !state.IsWaiting() => new Refusal(RefusalKind.IllegalTransition, "The job does not wait."),
        _ => null,
    };

    private bool IsPast(Job row) => row.ExpiresAt > 0 && row.ExpiresAt <= _now;

    private void TellToStop(JobGrain grain, string why)
    {
        if (grain is { IsRunning: true, Session: { } session }) Tell(session, new SessionMessage.Cancel(grain.Lease, why));
    }

    /// <summary>Finds a job that is not in memory; <paramref name="again"/> when it came into memory or was changed meanwhile.</summary>
    private void FindCold(Guid id, Action<StoredJob> found, Action again, Action unknown)
    {
        var find = new FindJob(_ownership, id);
        ReadCold((store, cancel) => store.FindAsync(find, cancel), stored =>
        {
            if (stored is null) unknown();
            else if (_jobs.ContainsKey(stored.Job.Seq) || WasTouched(stored.Job.Seq)) again();
            else found(stored);
        });
    }
}
