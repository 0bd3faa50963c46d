using Worcr.Core.Retry;
using Worcr.Grains.Jobs;

namespace Worcr.Grains;

/// <summary>Jobs finished by their id: for protocols whose workers do not prove that they hold a lease.</summary>
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
