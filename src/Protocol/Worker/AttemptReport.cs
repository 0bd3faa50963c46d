namespace Worcr.Protocol.Worker;

/// <summary>How an attempt ended.</summary>
public sealed record AttemptReport
{
    /// <summary>The lease.</summary>
    public required string Lease { get; init; }

    /// <summary><c>complete</c>, <c>fail</c> or <c>yield</c>.</summary>
    public required string Outcome { get; init; }

    /// <summary>The result of a completed job, at most 1 MiB.</summary>
    public RawJson? Result { get; init; }

    /// <summary>Why it failed.</summary>
    public AttemptError? Error { get; init; }

    /// <summary><c>children</c>: a yield lasts until the job's children have ended.</summary>
    public string? Until { get; init; }

    /// <summary>How long the handler ran, in milliseconds.</summary>
    public double? Ms { get; init; }
}
