using Worcr.Grains.Jobs;

namespace Worcr.Grains;

/// <summary>How jobs go back to the waiting when an attempt has not finished them.</summary>
public sealed partial class Dispatcher
{
    /// <summary>Back to the waiting: at its old place in the lane, at once or after a delay.</summary>
    private void Return(JobGrain grain, long delayMs, string outcome, JobError? error)
    {
        var demotes = EndWatch(grain, outcome == Outcomes.Yield);
        var row = EndAttempt(grain, delayMs, outcome, error);
        row.ReadyAt = _now + delayMs;
        if (delayMs == 0 || (grain.Lane.IsOrdered && !grain.Row.Options.Retry.StepsAside)) ReturnReady(grain, row);
        else ReturnLater(grain, row, JobState.Retry, row.ReadyAt);
        if (demotes) Demote(grain);
        Refresh(grain.Strand.Lane);
    }

    /// <summary>Back to the waiting for other jobs: out of its lane, also out of an order, in which its children may stand.</summary>
    private void ReturnWaiting(JobGrain grain, JobError? error)
    {
        var demotes = EndWatch(grain, yielded: true);
        var row = EndAttempt(grain, 0, Outcomes.Yield, error);
        ReturnLater(grain, row, JobState.Scheduled, Job.WaitsForJobs);
        if (demotes) Demote(grain);
        Refresh(grain.Strand.Lane);
    }

    private Job EndAttempt(JobGrain grain, long delayMs, string outcome, JobError? error)
    {
        EndLease(grain);
        EmitReturned(grain, delayMs, outcome);
        var row = grain.Row.Copy();
        row.Attempts = AttemptHistory.Append(row.Attempts, grain, outcome, error, _now);
        row.Attempt = grain.Attempt;
        row.Yields += outcome == Outcomes.Yield ? 1 : 0;
        row.Fails += outcome == Outcomes.Fail ? 1 : 0;
        row.Checkpoints = grain.Checkpoints;
        row.Progress = grain.Progress;
        grain.IsInterrupted = false;
        return row;
    }

    private void ReturnReady(JobGrain grain, Job row)
    {
        row.State = JobState.Ready;
        grain.Move(JobState.Ready);
        Store(grain, row);
        Admit(grain.Strand, row, grain);
    }

    private void ReturnLater(JobGrain grain, Job row, JobState state, long dueAt)
    {
        row.State = state;
        row.DueAt = dueAt;
        grain.Move(state);
        LeftStrand(grain.Strand, row.Seq);
        Store(grain, row);
        Count(grain.Strand, -1);
        CountWaiting(state, +1);
        if (KeepAlarm(row.AlarmAt)) AddAlarm(grain);
        else Leave(grain);
    }
}
