namespace Worcr.Grains.Jobs;

/// <summary>A finished job as it is shown.</summary>
internal static class StoredView
{
    /// <summary>The view of a job that ended so.</summary>
    public static JobView Of(Job finished, JobOutcome outcome, long now)
    {
        var ttl = finished.Options.ResultTtlMs;
        var job = finished.Copy();
        job.Attempts = AttemptHistory.Whole(job.Attempts, outcome);
        return new JobView(job, outcome.StartedAt, outcome.Worker, outcome, ttl > 0 && outcome.FinishedAt + ttl <= now);
    }
}
