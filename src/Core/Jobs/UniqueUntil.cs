namespace Worcr.Core.Jobs;

/// <summary>What ends a uniqueness lock. The numbers are stored.</summary>
public enum UniqueUntil : byte
{
    /// <summary>The job is in a final state.</summary>
    Finished = 0,

    /// <summary>The job's first attempt starts.</summary>
    Started = 1,

    /// <summary>Only its time: <see cref="UniquePolicy.ForMs"/>.</summary>
    Expired = 2,
}
