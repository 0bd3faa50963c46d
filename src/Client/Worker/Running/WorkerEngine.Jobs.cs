namespace Worcr.Client.Running;

internal sealed partial class WorkerEngine
{
    private ValueTask RunJob(JobContext job)
    {
        if (!job.TryMove(JobPhase.Queued, JobPhase.Running)) return default;
        var started = _time.GetTimestamp();
        ValueTask<ReadOnlyMemory<byte>> running;
        try
        {
            running = job.Invoker.InvokeAsync(job);
        }
        catch (Exception e)
        {
            Finish(job, JobEndings.Of(job, e, Microseconds(started)));
            return default;
        }

        if (!running.IsCompletedSuccessfully) return new ValueTask(FinishAsync(job, running, started));
        Finish(job, JobEndings.Of(running.Result, Microseconds(started)));
        return default;
    }

    private async Task FinishAsync(JobContext job, ValueTask<ReadOnlyMemory<byte>> running, long started)
    {
        JobReport report;
        try
        {
            var result = await running.ConfigureAwait(false);
            report = JobEndings.Of(result, Microseconds(started));
        }
        catch (Exception e)
        {
            report = JobEndings.Of(job, e, Microseconds(started));
        }

        Finish(job, report);
    }

    private void Finish(JobContext job, JobReport report)
    {
        job.Report = report;
        if (job.TryMove(JobPhase.Running, JobPhase.Finished)) _outbox.Add(job);
    }

    private void AskBack(JobContext job, StopReason reason)
    {
        job.Stop(reason);
        if (job.Phase != JobPhase.Queued) return;
        job.Report = new JobReport(JobOutcome.Yield, default, null, 0);
        if (job.TryMove(JobPhase.Queued, JobPhase.Finished)) _outbox.Add(job);
    }

    private void Drop(JobContext job, StopReason reason)
    {
        job.Phase = JobPhase.Gone;
        job.Stop(reason);
        if (_book.Remove(job)) AfterForgotten();
    }

    private void AfterForgotten()
    {
        if (_emptied is null && !_serverDrains) return;
        if (_book.Count > 0) return;
        _emptied?.TrySetResult();
        if (_serverDrains && _emptied is null && _ready.Task is { IsCompletedSuccessfully: true, Result: var link }) link.Break(); // it asked us to leave; when we drain ourselves, an orderly leave follows
    }

    private long Microseconds(long started) => (long)_time.GetElapsedTime(started).TotalMicroseconds;
}
