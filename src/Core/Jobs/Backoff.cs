namespace Worcr.Core.Jobs;

/// <summary>How the delay before the next attempt grows with the number of failures. The numbers are stored.</summary>
public enum Backoff : byte
{
    /// <summary>base x 2^(n-1)</summary>
    Exponential = 0,

    /// <summary>base x n</summary>
    Linear = 1,

    /// <summary>base</summary>
    Fixed = 2,
}
