namespace Worcr.Store;

/// <summary>How a live job ended. The row moves to the partition of the day of <see cref="FinishedAt"/> (days since 1970-01-01, UTC).</summary>
public sealed class JobOutcome
{
    /// <summary>The job.</summary>
    public required long Seq { get; init; }

    /// <summary>A final state.</summary>
    public required JobState State { get; init; }

    /// <summary>Leases given, the last one included.</summary>
    public required int Attempt { get; init; }

    /// <summary>Attempts that yielded.</summary>
    public required int Yields { get; init; }

    /// <summary>Explicit failures.</summary>
    public required int Fails { get; init; }

    /// <summary>Start of the last attempt, Unix milliseconds; 0: it never ran.</summary>
    public required long StartedAt { get; init; }

    /// <summary>End of the job, Unix milliseconds.</summary>
    public required long FinishedAt { get; init; }

    /// <summary>Name of the worker of the last attempt, or null.</summary>
    public string? Worker { get; init; }

    /// <summary>UTF-8 JSON, or null.</summary>
    public byte[]? Result { get; init; }

    /// <summary>The error that ended it, or null.</summary>
    public JobError? Error { get; init; }

    /// <summary>All ended attempts as one JSON array; null keeps what the row has.</summary>
    public byte[]? Attempts { get; init; }
}
