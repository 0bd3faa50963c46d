namespace Worcr.Core.Jobs;

/// <summary>What of a new job its producer has said.</summary>
[Flags]
public enum JobGiven
{
    /// <summary>Nothing of these.</summary>
    None = 0,

    /// <summary>The time-out.</summary>
    Timeout = 1,

    /// <summary>The retry policy.</summary>
    Retry = 2,

    /// <summary>The objective.</summary>
    Slo = 4,

    /// <summary>The weight.</summary>
    Weight = 8,

    /// <summary>The queue label.</summary>
    Queue = 16,

    /// <summary>The priority.</summary>
    Priority = 32,

    /// <summary>The time to live of the result.</summary>
    ResultTtl = 64,

    /// <summary>The tags.</summary>
    Tags = 128,
}
