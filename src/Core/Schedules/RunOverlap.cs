namespace Worcr.Core.Schedules;

/// <summary>What happens when the time of a schedule comes and the job of its last time is not finished.</summary>
public enum RunOverlap
{
    /// <summary>A job is enqueued beside it.</summary>
    Allow,

    /// <summary>This time is passed over.</summary>
    Skip,
}
