namespace Worcr.Client;

/// <summary>Jobs that belong together, with what is enqueued when they have ended. Each of the callbacks comes once, whatever crashes.</summary>
public sealed record NewBatch
{
    /// <summary>An id of the producer's own: making the batch again changes nothing. Default: the client makes one.</summary>
    public Guid? Id { get; init; }

    /// <summary>For people. Default: none.</summary>
    public string? Name { get; init; }

    /// <summary>
    /// The jobs, at most 10,000, without ids and unique keys; with <see cref="NewJob.Named"/> and <see cref="NewJob.After"/> they wait for each other (then at most 1,000).
    /// Default: none.
    /// </summary>
    public IReadOnlyList<NewJob> Jobs { get; init; } = [];

    /// <summary>Whether more jobs may join it (<see cref="JobRequestOptions.Batch"/>) until it is closed. Default: false.</summary>
    public bool IsOpen { get; init; }

    /// <summary>The job that is enqueued when all have succeeded. Default: none.</summary>
    public NewJob? OnSuccess { get; init; }

    /// <summary>The job that is enqueued when the first one has ended otherwise. Default: none.</summary>
    public NewJob? OnFailure { get; init; }

    /// <summary>The job that is enqueued when all have ended, whatever came of them. Default: none.</summary>
    public NewJob? OnComplete { get; init; }
}
