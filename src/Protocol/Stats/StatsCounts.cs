namespace Worcr.Protocol;

/// <summary>Numbers of jobs: the first two are now, the others since the start.</summary>
/// <param name="Ready">Ready now.</param>
/// <param name="Running">Running now.</param>
/// <param name="Enqueued">Enqueued.</param>
/// <param name="Succeeded">Succeeded.</param>
/// <param name="Failed">Attempts that failed.</param>
/// <param name="Dead">Out of attempts.</param>
/// <param name="Dropped">Cancelled, expired or discarded.</param>
public sealed record StatsCounts(long Ready, long Running, long Enqueued, long Succeeded, long Failed, long Dead, long Dropped)
{
    /// <summary>Waiting for their time or for other jobs, now; of all jobs only.</summary>
    public long? Scheduled { get; init; }

    /// <summary>Waiting for their next attempt, now; of all jobs only.</summary>
    public long? Retry { get; init; }

    /// <summary>Turned away, discarded or put off because there was too much to do.</summary>
    public long Shed { get; init; }
}
