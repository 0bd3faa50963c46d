namespace Worcr.Core.Jobs;

/// <summary>What happens to a job whose unique key is taken. The numbers are stored.</summary>
public enum UniqueConflict : byte
{
    /// <summary>The producer gets the id of the job that holds the key.</summary>
    Return = 0,

    /// <summary>The enqueue is refused.</summary>
    Reject = 1,

    /// <summary>The job that holds the key is cancelled if it has not started, and the new one takes the key.</summary>
    Replace = 2,
}
