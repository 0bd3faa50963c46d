namespace Worcr.Grains;

/// <summary>A job as it is now, lease included. <see cref="Job"/> is a snapshot: nobody changes it any more.</summary>
/// <param name="Job">Fields and live state.</param>
/// <param name="StartedAt">Start of the current or last attempt, Unix milliseconds; 0: none.</param>
/// <param name="Worker">Worker of the current or last attempt, or null.</param>
/// <param name="Outcome">How it ended, or null while it lives.</param>
/// <param name="ResultExpired">The result's time to live is over: <see cref="JobOutcome.Result"/> is not shown any more.</param>
public sealed record JobView(Job Job, long StartedAt, string? Worker, JobOutcome? Outcome, bool ResultExpired)
{
    /// <summary>How its children stand, or null: it has none, or has ended with all of them.</summary>
    public ChildCounts? Children { get; init; }

    /// <summary>Whether nobody should hear of the job any more: it was cancelled, discarded, or its time to live is over, also when it had finished before.</summary>
    public bool IsOver(long now) =>
        Job.State is JobState.Cancelled or JobState.Discarded or JobState.Expired || (Job.ExpiresAt > 0 && Job.ExpiresAt <= now);
}
