namespace Worcr.Core.Jobs;

/// <summary>Which fields of a job its producer gave, of those for which its type may have a default.</summary>
[Flags]
public enum JobGiven
{
    /// <summary>None of them.</summary>
    None = 0,

    /// <summary><see cref="JobOptions.TimeoutMs"/></summary>
    Timeout = 1,

    /// <summary><see cref="JobOptions.Retry"/></summary>
    Retry = 2,

    /// <summary><see cref="LaneShape.SloMs"/></summary>
    Slo = 4,

    /// <summary><see cref="LaneShape.Weight"/></summary>
    Weight = 8,

    /// <summary><see cref="LaneShape.Queue"/></summary>
    Queue = 16,

    /// <summary><see cref="Job.Priority"/></summary>
    Priority = 32,

    /// <summary><see cref="JobOptions.ResultTtlMs"/></summary>
    ResultTtl = 64,

    /// <summary><see cref="LaneShape.Tags"/>; an empty list is given, too.</summary>
    Tags = 128,
}
