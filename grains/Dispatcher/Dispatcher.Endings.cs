using Worcr.Core.Retry;
using Worcr.Grains.Jobs;
using Worcr.Grains.Lanes;

namespace Worcr.Grains;

/// <summary>How attempts and jobs end.</summary>
public sealed partial class Dispatcher
{
    /// <summary>The job is in a final state: it goes to the history.</summary>
    private void Finish(JobGrain grain, JobState state, byte[]? result, JobError? error, string? attemptOutcome = null)
    {
        var lane = grain.Lane;
        var attempts = attemptOutcome is null ? null : AttemptHistory.Append(grain.Row.Attempts, grain, attemptOutcome, error, _now);
        LeavePlace(grain);
        grain.Move(state);
        Operate(grain);
        var outcome = new JobOutcome
        {
            Seq = grain.Seq,
            State = state,
            Attempt = grain.Attempt,
            Yields = grain.Row.Yields,
            Fails = grain.Row.Fails + (attemptOutcome == Outcomes.Fail ? 1 : 0),
            StartedAt = grain.StartedAt,
            FinishedAt = _now,
            Worker = grain.Worker,
            Result = result,
            Error = error,
            Attempts = attempts,
        };
        Conclude(grain.Row, outcome, grain.Strand);
        Leave(grain);
        Refresh(lane);
        AnswerWaiters(grain, outcome);
    }

    /// <summary>The same for a job that is only in the store; its row is as a cold read showed it, and untouched since.</summary>
    private void FinishCold(Job row, JobState state, JobError? error = null, byte[]? result = null)
    {
        Lifecycle.Demand(row.State, state);
        var strand = StrandOf(LaneOf(row.Shape, row.LaneId), row.Priority);
        var outcome = new JobOutcome
        {
            Seq = row.Seq,
            State = state,
            Attempt = row.Attempt,
            Yields = row.Yields,
            Fails = row.Fails,
            StartedAt = 0,
            FinishedAt = _now,
            Result = result,
            Error = error,
        };
        Conclude(row, outcome, strand);
        Refresh(strand.Lane);
        AnswerWaitersByRead(row.Id);
    }

    private void Conclude(Job row, JobOutcome outcome, Strand strand)
    {
        Touch(row.Seq);
        _work.Flush.Outcomes.Add(outcome);
        if (row.DueAt == 0)
        {
            LeftStrand(strand, row.Seq);
            Count(strand, -1);
        }
        else
        {
            CountWaiting(row.State, -1);
        }

        if (row.Options.Unique is { Until: not UniqueUntil.Expired } unique) ReleaseLock(unique.Key, row.Seq);
        CountEnding(strand.Lane, outcome.State);
        EmitEnding(row, outcome);
        LeaveBatch(row, outcome.State);
        EndParent(row);
    }

    private void LeavePlace(JobGrain grain)
    {
        if (grain.State == JobState.Ready) LeaveWindow(grain);
        if (!grain.IsRunning) return;
        EndWatch(grain, yielded: false);
        EndLease(grain);
    }

    private void LeaveWindow(JobGrain grain)
    {
        grain.Strand.Window.Drop();
        TookFromWindow(grain);
    }

    /// <summary>The lease is over: the slot is free again.</summary>
    private void EndLease(JobGrain grain)
    {
        _timers.Clear(grain);
        _running.Remove(grain);
        grain.Strand.Leased--;
        grain.Lane.Leased--;
        if (grain.Lane.Order is { } order) order.Leased--;
        CorrectCharge(grain);
        EndAcquires(grain);
        ReturnPermits(grain);
        CountRunning(grain.Lane, -1);
        if (grain.Session is not { } session) return;
        session.Held.Remove(grain);
        grain.Session = null;
        session.StandInLine();
        CloseIfDone(session);
    }

    private void Failed(JobGrain grain, JobError error)
    {
        var attempts = grain.Attempt - grain.Row.Yields;
        NoteEnd(grain, error.Code, error.RetryAfterMs);
        var decision = RetryRules.AfterFail(grain.Row.Options.Retry, attempts, grain.Row.Fails + 1, error, _chance.NextDouble());
        CountFailure(grain.Lane);
        EmitFailed(grain, error);
        Continue(grain, decision, Outcomes.Fail, error);
    }

    /// <summary>The attempt ended without a word of its worker.</summary>
    private void Lost(JobGrain grain, string outcome, string message)
    {
        if (outcome == Outcomes.Timeout) NoteEnd(grain, outcome, 0);
        var decision = RetryRules.AfterLoss(grain.Row.Options.Retry, grain.Attempt - grain.Row.Yields);
        var error = new JobError(outcome, message);
        CountFailure(grain.Lane);
        EmitFailed(grain, error);
        Continue(grain, decision, outcome, error);
    }

    private void TimeOut(JobGrain grain)
    {
        if (_now < grain.DeadlineAt)
        {
            Lost(grain, Outcomes.Lost, "The worker did not come back after the restart.");
            return;
        }

        if (grain.Session is { } session) Tell(session, new SessionMessage.Cancel(grain.Lease, "timeout"));
        Lost(grain, Outcomes.Timeout, "The attempt took longer than its timeout.");
    }

    private void Continue(JobGrain grain, RetryDecision decision, string outcome, JobError? error)
    {
        if (decision.Next == JobState.Dead)
        {
            Finish(grain, JobState.Dead, null, error, outcome);
        }
        else if (grain.Row.ExpiresAt > 0 && grain.Row.ExpiresAt <= _now + decision.DelayMs)
        {
            Finish(grain, JobState.Expired, null, error, outcome);
        }
        else
        {
            Return(grain, decision.DelayMs, outcome, error);
        }
    }
}
