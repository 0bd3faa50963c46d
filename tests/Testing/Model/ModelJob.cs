namespace Worcr.Testing.Model;

/// <summary>Copies: the model shares no job with its callers.</summary>
internal static class ModelJob
{
    public static Job Copy(Job job, byte[]? args) => Copy(job, job, args);

    /// <summary>A stored job with the mutable columns of <paramref name="now"/>.</summary>
    public static Job Copy(Job stored, Job now, byte[]? args) => new()
    {
        Seq = stored.Seq,
        Id = stored.Id,
        HasClientId = stored.HasClientId,
        LaneId = now.LaneId,
        Shape = now.Shape,
        Priority = stored.Priority,
        CreatedAt = stored.CreatedAt,
        ReadyAt = now.ReadyAt,
        DueAt = now.DueAt,
        ExpiresAt = now.ExpiresAt,
        Args = args,
        Options = stored.Options,
        State = now.State,
        Attempt = now.Attempt,
        Yields = now.Yields,
        Fails = now.Fails,
        Checkpoints = now.Checkpoints,
        Progress = now.Progress,
        Attempts = now.Attempts,
    };

    /// <summary>Without arguments that are longer than this.</summary>
    public static Job Inline(Job job, int maxArgs) => Copy(job, job.Args?.Length <= maxArgs ? job.Args : null);

    /// <summary>The history's row of a job.</summary>
    public static StoredJob Finish(Job job, JobOutcome outcome)
    {
        var final = Copy(job, job.Args);
        final.State = outcome.State;
        (final.Attempt, final.Yields, final.Fails) = (outcome.Attempt, outcome.Yields, outcome.Fails);
        final.Attempts = outcome.Attempts ?? job.Attempts;
        var kept = new JobOutcome
        {
            Seq = outcome.Seq,
            State = outcome.State,
            Attempt = outcome.Attempt,
            Yields = outcome.Yields,
            Fails = outcome.Fails,
            StartedAt = outcome.StartedAt,
            FinishedAt = outcome.FinishedAt,
            Worker = outcome.Worker,
            Result = outcome.Result,
            Error = outcome.Error,
            Attempts = final.Attempts,
        };
        return new StoredJob(final, kept);
    }
}
