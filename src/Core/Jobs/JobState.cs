namespace Worcr.Core.Jobs;

/// <summary>The states of a job. The numbers are stored: never renumber.</summary>
public enum JobState : byte
{
    /// <summary>Waits for its time.</summary>
    Scheduled = 0,

    /// <summary>May be given to a worker.</summary>
    Ready = 1,

    /// <summary>A live lease exists.</summary>
    Running = 2,

    /// <summary>Failed and waits for its next attempt.</summary>
    Retry = 3,

    /// <summary>Completed; final.</summary>
    Succeeded = 4,

    /// <summary>Out of attempts or fails; final until somebody retries it.</summary>
    Dead = 5,

    /// <summary>Cancelled by somebody; final.</summary>
    Cancelled = 6,

    /// <summary>Its time to live ended before it finished; final.</summary>
    Expired = 7,

    /// <summary>Thrown away by a rule or a bulk action; final.</summary>
    Discarded = 8,
}
